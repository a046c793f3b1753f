"""All of a record in one file: complete, drawn while it is sent, and stopped by a withdrawal."""

import csv
import io
import json
import os
import zipfile
from datetime import timedelta

import pytest

from records.attachments import Cleaned, Media
from records.cda import EmrRecord
from records.errors import NotPermitted
from records.observations import Channel, Quantity
from records.people import Tie
from records.services.attaching import attach
from records.services.helping import end_care
from records.services.intake import Draft, file_observations
from records.services.taking import contents_of
from records.services.viewing import open_record
from records.tracking import AttachmentId, fresh
from records.vocabulary import Code


@pytest.fixture
def years(site):
    """Amina, who weighed herself three years ago too, and at whose record Dr Chen looked."""
    with site.database.begin(True) as unit:
        long_ago = site.clock().replace(year=site.clock().year - 3)
        told = Draft(Code.WEIGHT, long_ago, value=Quantity(64, "kg"))
        file_observations(
            unit, [told], record_id=site.cast.record.id, by=site.cast.amina,
            channel=Channel.FORM, now=site.clock(),
        )  # fmt: skip
        open_record(unit, site.cast.record.id, by=site.cast.chen, now=site.clock())
    return site


def taken(site, who, language="en", query=""):
    answer = site.as_(who, language).fetch(f"/me/export/all.zip{query}")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_the_file_holds_the_record_for_people_doctors_and_machines(years):
    amina = years.as_(years.cast.amina)
    page = amina.get("/me/export")
    assert "/me/export/all.zip" in page.links()
    whole = taken(years, years.cast.amina)
    assert whole.testzip() is None
    now, then = years.clock().year, years.clock().year - 3
    for year in (now, then):
        drawn = {f"record-{year}.xml", f"record-{year}.json", f"entries-{year}.csv"}
        assert drawn < set(whole.namelist())
    old = EmrRecord.parse(whole.read(f"record-{then}.xml"))
    assert sum(one.entries for one in old.segments()) == 1
    assert json.loads(whole.read(f"record-{now}.json"))["resourceType"] == "Bundle"
    rows = [whole.read(f"entries-{year}.csv").decode() for year in (now, then)]
    assert "64" in rows[1]
    assert "64" not in rows[0]


def test_who_looked_is_in_it_as_a_page_and_as_a_table(years):
    whole = taken(years, years.cast.amina)
    rows = list(csv.reader(io.StringIO(whole.read("who-looked.csv").decode("utf-8-sig"))))
    assert rows[0] == ["When", "Who", "What", "Why", "Where"]
    assert [row[1:4] for row in rows if row[1] == "Dr Chen"] == [
        ["Dr Chen", "looked at: Blood pressure and sugar", "you let them"]
    ]
    page = whole.read("who-looked.html").decode()
    assert "<td>Dr Chen</td>" in page


def test_the_page_says_what_is_in_it_and_roughly_how_large(years):
    clock, cast = years.clock, years.cast
    with years.database.begin(True) as unit:
        told = [
            Draft(Code.WEIGHT, clock() - timedelta(days=day), value=Quantity(60 + day % 9, "kg"))
            for day in range(50, 650)
        ]
        file_observations(
            unit, told, record_id=cast.record.id, by=cast.amina, channel=Channel.FORM, now=clock()
        )
        entry = unit.series.points(
            cast.record.id, Code.WEIGHT, clock() - timedelta(days=99), clock()
        )[0]
        photo = AttachmentId(fresh())
        unit.attachments.put(photo, Cleaned(Media.PICTURE, os.urandom(3_000_000)), cast.amina.id)
        attach(unit, photo, entry.observation, by=cast.amina, now=clock())
    page = years.as_(cast.amina).get("/me/export")
    assert page.has("and 1 photos, voice notes and files. About 3 MB.")
    assert page.has("It comes at once and is made while it comes")
    whole = len(years.as_(cast.amina).fetch("/me/export/all.zip").data)
    with years.database.begin(False) as unit:
        said = contents_of(unit, cast.record.id, by=cast.amina, now=clock())
    assert 0.9 < said.size / whole < 1.1
    without = said.size - 3_000_000, whole - 3_000_000
    assert 0.5 < without[0] / without[1] < 2, without


def test_a_helper_reads_no_number_of_what_is_there(years):
    bela = years.as_(years.cast.bela)
    page = bela.get(f"/me/export?for={years.cast.record.id}")
    assert page.has("It comes at once")
    assert not page.has("MB.")
    assert not page.has("entries and")
    with pytest.raises(NotPermitted), years.database.begin(False) as unit:
        contents_of(unit, years.cast.record.id, by=years.cast.bela, now=years.clock())


def test_a_helper_takes_what_may_be_seen_and_not_who_looked(years):
    names = taken(years, years.cast.bela, query=f"?for={years.cast.record.id}").namelist()
    assert any(one.endswith(".xml") for one in names)
    assert not any("looked" in one for one in names)


def test_a_withdrawal_stops_a_running_export(years):
    bela = years.as_(years.cast.bela)
    answer = bela.client.get("/me/export/all.zip", buffered=False)
    pieces = answer.iter_encoded()
    next(pieces)
    with years.database.begin(True) as unit:
        (tie,) = (
            one
            for one in unit.relationships.of_record(years.cast.record.id)
            if one.tie is Tie.CAREGIVER
        )
        end_care(unit, tie.id, record_id=tie.record, by=years.cast.amina, now=years.clock())
    got = b""
    with pytest.raises(NotPermitted):
        for piece in pieces:
            got += piece
    assert f"record-{years.clock().year - 3}".encode() not in got
    answer.close()
