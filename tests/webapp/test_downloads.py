"""Files are what their reader may see, and nothing else is there to be asked for."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from fhir.resources.R4B.bundle import Bundle
from sqlalchemy import select

from records.cda import EmrRecord, read_document
from records.errors import NotPermitted
from records.observations import Channel, Quantity, pressure
from records.services import parting
from records.services.handing import Lies
from records.services.intake import Draft, file_observations
from records.services.viewing import open_record
from records.vocabulary import Code, SegmentKind
from storage.cloud.manifest import Entry
from storage.cloud.misplaced import Policy
from storage.cloud.moving import Moving
from storage.cloud.verifying import faults
from storage.rows.cloud import ObjectRow
from storage.stores import open_store
from tests.storage.cloud.test_erasing import Down


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
    chen.get(f"/p/{site.cast.record.id}")
    page = chen.follow("Take a copy")
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


def test_a_health_file_comes_from_the_store_that_holds_it(site):
    amina, chen = site.as_(site.cast.amina), site.as_(site.cast.chen)
    segment = segments_of(site, site.cast.amina, SegmentKind.PHYSICAL_SIGNS)[0]
    cloud = site.worker.private
    (entry,) = (one for one in listed(site, segment.id) if one.version == segment.version)
    kept = cloud.open(site.cast.record, entry)[-1]
    assert (answer := amina.fetch(f"/records/{segment.id}")).data == kept
    assert answer.headers["Kanglu-Place"] == Lies.PRIVATE
    assert chen.fetch(f"/records/{segment.id}").data == kept, "nothing of it is hidden from him"
    container = site.cast.record.place.container
    cloud.store.remove(container, entry.name)
    composed = amina.fetch(f"/records/{segment.id}")
    assert composed.status_code == 200, "a cloud that lost it takes nothing from the patient"
    assert composed.headers["Kanglu-Place"] == Lies.NOT_WHOLE
    assert read_document(composed.data).observations == read_document(kept).observations
    cloud.store.put(container, entry.name, b"something else")
    assert amina.fetch(f"/records/{segment.id}").status_code == 200
    assert dict(faults(cloud)) == {entry.name: "altered"}


def test_a_health_file_is_the_same_from_the_cloud_it_flowed_over_into(site, tmp_path):
    cloud = site.worker.private
    cloud.overflow = open_store(f"file://{tmp_path}/overflow", {})
    told = Draft(Code.WEIGHT, site.clock(), value=Quantity(65, "kg"))
    with site.database.begin(True) as unit:
        file_observations(
            unit, [told], record_id=site.cast.record.id, by=site.cast.amina, channel=Channel.FORM,
            now=site.clock(),
        )  # fmt: skip
    site.settle()
    segment = segments_of(site, site.cast.amina, SegmentKind.SIGNS)[-1]
    before = site.as_(site.cast.amina).fetch(f"/records/{segment.id}")
    site.worker.moving = Moving(cloud, Policy(after=timedelta(0)))
    assert site.worker.move(10) > 0
    answer = site.as_(site.cast.amina).fetch(f"/records/{segment.id}")
    assert (answer.data, answer.headers["Kanglu-Place"]) == (before.data, Lies.OVERFLOW)
    down = cloud.overflow = Down(cloud.overflow)
    down.down = True
    answer = site.as_(site.cast.amina).fetch(f"/records/{segment.id}")
    assert read_document(answer.data).observations == read_document(before.data).observations
    assert answer.headers["Kanglu-Place"] == Lies.OVERFLOW_DOWN


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
    answers = [
        site.as_(who).fetch(f"/records/{segment.id}") for who in (site.cast.amina, site.cast.chen)
    ]
    seen = [one.data for one in answers]
    (place,) = {one.headers["Kanglu-Place"] for one in answers}
    assert place == Lies.PRIVATE, "where it lies does not tell that something is hidden"
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


def told_in(content):
    """Return the years something is told of in a document."""
    return {one.when[:4] for one in EmrRecord.parse(content).entries()}


def tell_long_ago(site):
    """Let Amina have told something years ago, and a condition that lasts."""
    with site.database.begin(True) as unit:
        drafts = [
            Draft(Code.SYMPTOM, site.clock() - timedelta(days=days), value=f"dizzy {days}")
            for days in (2, 200, 800)
        ]
        drafts.append(Draft(Code.CONDITION, site.clock(), value="hypertension"))
        file_observations(
            unit,
            drafts,
            record_id=site.cast.record.id,
            by=site.cast.amina,
            channel=Channel.FORM,
            now=site.clock(),
        )


@pytest.mark.parametrize("form", ["xml", "json", "csv"])
def test_how_far_back_is_chosen_and_what_lasts_is_always_there(site, form):
    tell_long_ago(site)
    amina = site.as_(site.cast.amina)
    shown = []
    for choice in ("Last 90 days", "Last year", "Everything"):
        amina.get("/me/export")
        page = amina.follow(choice)
        (path,) = [one for one in page.links() if f"record.{form}" in one and "private" not in one]
        content = amina.fetch(path).data.decode()
        assert "hypertension" in content
        shown.append([f"dizzy {days}" in content for days in (2, 200, 800)])
    assert shown == [[True, False, False], [True, True, False], [True, True, True]]


def test_too_large_a_record_comes_as_a_document_a_year(site, monkeypatch):
    tell_long_ago(site)
    amina = site.as_(site.cast.amina)
    whole = amina.fetch("/me/export/record.xml")
    is_a_file(whole, "xml")
    monkeypatch.setattr(parting, "LARGEST", len(whole.data) - 1)
    answer = amina.fetch("/me/export/record.xml")
    is_a_file(answer, "zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        contents = {name: parts.read(name) for name in sorted(parts.namelist())}
    years = sorted(told_in(whole.data))
    assert [name[-8:-4] for name in contents] == years
    for year, content in zip(years, contents.values(), strict=True):
        assert b"hypertension" in content
        assert told_in(content) - {str(site.clock().year)} <= {year}
    numbers = [
        sum(f"dizzy {days}<".encode() in one for one in contents.values()) for days in (2, 200, 800)
    ]
    assert numbers == [1, 1, 1]


def numbers_in_a_document(content):
    """Return the upper and lower pressures a document tells."""
    found = EmrRecord.parse(content).walk("observation")
    values = [(one.find("{*}code").get("code"), one.find("{*}value")) for one in found]
    return sorted(float(v.get("value")) for code, v in values if code in ("8480-6", "8462-4"))


def numbers_in_a_bundle(content):
    """Return the same of a bundle."""
    parts = [
        part
        for entry in json.loads(content)["entry"]
        for part in entry["resource"].get("component", ())
    ]
    return sorted(float(one["valueQuantity"]["value"]) for one in parts)


def numbers_in_a_table(content):
    """Return the same of a table."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return sorted(float(n) for line in lines if line[2] == "Blood pressure" for n in line[3:5])


@pytest.mark.parametrize("days", ["", "?days=90", "?days=365"])
@pytest.mark.parametrize("who", ["amina", "chen"])
def test_each_form_tells_the_same_numbers(site, who, days):
    browser = site.as_(getattr(site.cast, who))
    place = "/me" if who == "amina" else f"/p/{site.cast.record.id}"
    told = [
        read(browser.fetch(f"{place}/export/record.{form}{days}").data)
        for form, read in (
            ("xml", numbers_in_a_document),
            ("json", numbers_in_a_bundle),
            ("csv", numbers_in_a_table),
        )
    ]
    assert told[0]
    assert told[0] == told[1] == told[2]


def test_the_patient_takes_what_is_granted_and_who_told_it(site):
    bundle = json.loads(site.as_(site.cast.amina).fetch("/me/export/record.json").data)
    kinds = {one["resource"]["resourceType"] for one in bundle["entry"]}
    assert {"Patient", "Observation", "Consent", "Provenance"} <= kinds
