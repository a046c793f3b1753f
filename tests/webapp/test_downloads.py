"""Files are what their reader may see, and nothing else is there to be asked for."""

import json
import re

from fhir.resources.R4B.bundle import Bundle
from sqlalchemy import select

from records.cda import EmrRecord, read_document
from records.errors import NotPermitted
from records.observations import Channel, Quantity, pressure
from records.services.intake import Draft, file_observations
from records.services.viewing import open_record
from records.vocabulary import Code, SegmentKind
from storage.cloud.manifest import Entry
from storage.cloud.verifying import faults
from storage.rows.cloud import ObjectRow


def segments_of(site, who, kind):
    with site.database.begin(False) as unit:
        try:
            view = open_record(unit, site.cast.record.id, by=who, now=site.clock())
        except NotPermitted:
            return ()
    return view.of(kind)


def is_a_file(answer, ending):
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Amina" not in answer.headers["Content-Disposition"]


def test_the_patient_takes_the_record_along_in_each_form(site):
    amina = site.as_(site.cast.amina)
    page = amina.get("/me/export")
    assert page.heading == "Take the record along"
    for form in ("xml", "json", "csv"):
        assert f"/me/export/record.{form}" in page.links()
        is_a_file(amina.fetch(f"/me/export/record.{form}"), form)
    whole = EmrRecord.parse(amina.fetch("/me/export/record.xml").data)
    kinds = {one.kind: one.entries for one in whole.segments()}
    assert kinds[SegmentKind.PHYSICAL_SIGNS] == 60
    bundle = amina.fetch("/me/export/record.json").data
    assert len(Bundle.model_validate_json(bundle).entry) > 60
    table = amina.fetch("/me/export/record.csv").data.decode()
    assert table.startswith("\ufeff")
    assert "calm" in table


def test_a_doctor_takes_only_what_is_granted(site):
    chen = site.as_(site.cast.chen)
    page = chen.get(f"/p/{site.cast.record.id}")
    for form in ("xml", "json", "csv"):
        path = f"/p/{site.cast.record.id}/export/record.{form}"
        assert path in page.links()
        answer = chen.fetch(path)
        is_a_file(answer, form)
        assert b"calm" not in answer.data
        assert b"128" in answer.data
    bundle = json.loads(chen.fetch(f"/p/{site.cast.record.id}/export/record.json").data)
    consents = [one for one in bundle["entry"] if one["resource"]["resourceType"] == "Consent"]
    assert len(consents) == 1


def test_chosen_segments_alone_are_handed_out(site):
    chosen = segments_of(site, site.cast.chen, SegmentKind.PHYSICAL_SIGNS)[:2]
    asked = "&".join(f"segment={one.id}" for one in chosen)
    chen = site.as_(site.cast.chen)
    answer = chen.fetch(f"/p/{site.cast.record.id}/export/record.xml?{asked}")
    whole = EmrRecord.parse(answer.data)
    assert sum(one.entries for one in whole.segments()) == 4


def test_what_is_refused_looks_like_what_is_not_there(site):
    (mood,) = segments_of(site, site.cast.amina, SegmentKind.NON_PHYSICAL_SIGNS)
    record = site.cast.record.id
    chen, dara = site.as_(site.cast.chen), site.as_(site.cast.dara)
    for browser, path in (
        (chen, f"/p/{record}/export/record.xml?segment={mood.id}"),
        (chen, f"/p/{record}/export/record.xml?segment={'0' * 32}"),
        (chen, f"/p/{record}/export/record.exe"),
        (chen, f"/records/{mood.id}"),
        (chen, f"/records/{'0' * 32}"),
        (dara, f"/p/{record}/export/record.csv"),
    ):
        assert browser.fetch(path).status_code == 404, path
    pages = (chen.fetch(f"/records/{one}").data for one in (mood.id, "0" * 32))
    # The form's token tells the second it was made in, the page its own number.
    passing = rb'(?<=name="csrf_token" value=")[^"]+|[0-9a-f]{8,}'
    answers = {re.sub(passing, b"", page) for page in pages}
    assert len(answers) == 1


def test_one_segment_is_its_health_file(site):
    chen = site.as_(site.cast.chen)
    segment = segments_of(site, site.cast.chen, SegmentKind.PHYSICAL_SIGNS)[0]
    answer = chen.fetch(f"/records/{segment.id}")
    is_a_file(answer, "xml")
    read = read_document(answer.data)
    assert {str(one.code) for one in read.observations} == {"bp", "heart_rate"}


def test_a_health_file_comes_from_the_store_that_holds_it(site):
    amina, chen = site.as_(site.cast.amina), site.as_(site.cast.chen)
    segment = segments_of(site, site.cast.amina, SegmentKind.PHYSICAL_SIGNS)[0]
    cloud = site.worker.private
    (entry,) = (one for one in listed(site, segment.id) if one.version == segment.version)
    kept = cloud.open(site.cast.record, entry)
    assert amina.fetch(f"/records/{segment.id}").data == kept
    assert chen.fetch(f"/records/{segment.id}").data == kept, "nothing of it is hidden from him"
    container = site.cast.record.place.container
    cloud.store.remove(container, entry.name)
    composed = amina.fetch(f"/records/{segment.id}")
    assert composed.status_code == 200, "a cloud that lost it takes nothing from the patient"
    assert read_document(composed.data).observations == read_document(kept).observations
    cloud.store.put(container, entry.name, b"something else")
    assert amina.fetch(f"/records/{segment.id}").status_code == 200
    assert dict(faults(cloud)) == {entry.name: "altered"}


def test_a_health_file_hides_what_its_reader_may_not_see_although_the_store_has_it(site):
    told = Draft(
        Code.HEART_RATE, site.clock(), value=Quantity(71, "/min"), context="kept", private=True
    )
    shown = Draft(Code.BLOOD_PRESSURE, site.clock(), components=pressure(124, 80))
    with site.database.begin(True) as unit:
        file_observations(
            unit,
            [told, shown],
            record_id=site.cast.record.id,
            by=site.cast.amina,
            channel=Channel.FORM,
            now=site.clock(),
        )
    site.settle()
    segment = segments_of(site, site.cast.amina, SegmentKind.PHYSICAL_SIGNS)[0]
    seen = [
        site.as_(who).fetch(f"/records/{segment.id}").data
        for who in (site.cast.amina, site.cast.chen)
    ]
    assert [b'value="71"' in one for one in seen] == [True, False]
    assert [b'value="124"' in one for one in seen] == [True, True]


def listed(site, segment_id):
    found = select(ObjectRow).where(ObjectRow.ref == segment_id)
    with site.database.session(writing=False) as session:
        return [
            Entry(one.name, one.family, one.ref, one.version, one.digest, one.length)
            for one in session.scalars(found)
        ]


def test_the_patient_sees_who_took_a_copy(site):
    site.as_(site.cast.chen).fetch(f"/p/{site.cast.record.id}/export/record.csv")
    assert site.as_(site.cast.amina).get("/me/access-log").has("took a copy")
