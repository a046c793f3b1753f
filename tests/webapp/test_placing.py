"""The patient sees where the record lies, and keeps it out of the public cloud."""

from datetime import timedelta

from records.observations import Channel, Quantity
from records.services.intake import Draft, file_observations
from records.vocabulary import Code
from storage.cloud.misplaced import Policy
from storage.stores import open_store


def test_a_patient_sees_what_has_moved_and_has_it_brought_back(site, tmp_path):
    amina, cloud = site.as_(site.cast.amina), site.worker.private
    page = amina.get("/me/settings/place")
    assert page.has("All of the record lies in the clinic's own cloud.")
    cloud.overflow = open_store(f"file://{tmp_path}/overflow", {})
    told = Draft(Code.WEIGHT, site.clock(), value=Quantity(65, "kg"))
    with site.database.begin(True) as unit:
        file_observations(
            unit, [told], record_id=site.cast.record.id, by=site.cast.amina, channel=Channel.FORM,
            now=site.clock(),
        )  # fmt: skip
    site.settle()
    site.worker.moving.policy = Policy(after=timedelta(0))
    site.clock.pass_(days=2)
    assert site.worker.move(10) > 0
    page = amina.get("/me/settings/place")
    assert page.has("Some old notes on weight and daily life lie locked in the public cloud.")
    page = amina.send("Save", place="stay")
    assert page.has("Some old notes are coming back from the public cloud.")
    assert site.worker.move(10) > 0
    assert amina.get("/me/settings/place").has("It stays there.")
    assert amina.get("/me/settings").has("Where your record is kept")
