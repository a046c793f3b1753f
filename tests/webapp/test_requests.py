"""Requests for leave on the site: asked, answered by the patient, and seen by both."""

from records.services.viewing import open_record
from records.vocabulary import SegmentKind

WHY = "To choose the dose."


def kinds_open(site, who):
    with site.database.begin(False) as unit:
        return open_record(unit, site.cast.record.id, by=who, now=site.clock()).kinds


def ask(site):
    chen = site.as_(site.cast.chen)
    place = f"/p/{site.cast.record.id}"
    assert f"{place}/ask" in chen.get(place).links()
    chen.get(f"{place}/ask")
    asked = chen.send("Ask", kinds=["signs", "health_status"], days="90", reason=WHY)
    assert asked.heading == "What I asked for"
    assert asked.has("waits for an answer")
    return chen


def test_a_patient_shares_what_stays_ticked(site):
    chen, amina = ask(site), site.as_(site.cast.amina)
    page = amina.get("/me/consents")
    assert page.has("Dr Chen asks for leave")
    (link,) = [one for one in page.links() if one.startswith("/me/requests/")]
    assert amina.get(link).has(WHY)
    amina.send("Share what is ticked", kinds=["signs"])
    assert kinds_open(site, site.cast.chen) == {SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS}
    assert chen.get("/asked").has("given")
    amina.get(link, 404)


def test_a_refusal_reads_not_given(site):
    chen, amina = ask(site), site.as_(site.cast.amina)
    link = next(x for x in amina.get("/me/consents").links() if x.startswith("/me/requests/"))
    amina.get(link)
    amina.send("Do not share")
    page = chen.get("/asked")
    assert page.has("not given")
    assert kinds_open(site, site.cast.chen) == {SegmentKind.PHYSICAL_SIGNS}


def test_a_third_party_asks_a_pseudonym_for_more_and_the_release_grows(site):
    rosa, amina = site.as_(site.cast.researcher), site.as_(site.cast.amina)
    page = rosa.get("/released")
    link = next(one for one in page.links() if one.endswith("/ask"))
    form = rosa.get(link)
    assert not form.tree.xpath("//input[@value='personal_information']")
    asked = rosa.send("Ask", kinds=["signs"], days="365", reason="A study of salt.")
    assert not asked.has("Amina")
    page = amina.get("/me/consents")
    assert page.has("Rosa asks for leave")
    amina.get(next(one for one in page.links() if one.startswith("/me/requests/")))
    amina.send("Share what is ticked")
    with site.database.begin(False) as unit:
        grants = unit.grants.of_organisation(site.cast.institute.id)
    assert [one.kinds for one in grants] == [{SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS}]
    assert grants[0].until is None


def test_what_is_missing_is_said_beside_its_field(site):
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/ask")
    page = chen.send("Ask", reason=" ", status=422)
    assert page.has("Please choose at least one kind.")
    assert page.has("Please say in a few words why.")
