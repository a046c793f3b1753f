"""The patient says something to a doctor's note on the site, and the doctor reads it beside it."""

from records.services.consenting import Wish, give_grant
from records.services.describing import write_note
from records.vocabulary import Purpose, SegmentKind

NOTES = "/me/readings/of/doctor_description"


def test_the_patient_asks_to_correct_and_the_doctor_reads_it(site):
    cast = site.cast
    with site.database.begin(True) as unit:
        wish = Wish(frozenset(SegmentKind), Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=site.clock())
        write_note(unit, "Right arm.", record_id=cast.record.id, by=cast.chen, now=site.clock())
    amina = site.as_(cast.amina)
    page = amina.get(NOTES)
    (link,) = (one for one in page.links() if one.endswith("/comment"))
    assert amina.get(link).heading == "Your word to this note"
    amina.send("Save", words=" ", status=422)
    page = amina.send("Save", words="It was the left.", correction=True)
    assert page.has("Kept beside the note.")
    assert page.has("Patient asks to correct it")
    seen = site.as_(cast.chen).get(f"/p/{cast.record.id}")
    assert seen.has("Right arm.")
    assert seen.has("It was the left.")
    amina.get(link)
    assert amina.page.form("Save").fields["words"].strip() == "It was the left."
    assert not any(one.endswith("/comment") for one in site.as_(cast.bela).get(NOTES).links())
    assert site.as_(cast.bela).fetch(link).status_code == 404
