"""Files are what their reader may see, and nothing else is there to be asked for."""

import json
import re

from fhir.resources.R4B.bundle import Bundle

from records.cda import EmrRecord, read_document
from records.errors import NotPermitted
from records.services.viewing import open_record
from records.vocabulary import SegmentKind


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
    assert kinds[SegmentKind.PHYSICAL_SIGNS] == 30
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
    assert sum(one.entries for one in whole.segments()) == 2


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


def test_the_patient_sees_who_took_a_copy(site):
    site.as_(site.cast.chen).fetch(f"/p/{site.cast.record.id}/export/record.csv")
    assert site.as_(site.cast.amina).get("/me/access-log").has("took a copy")
