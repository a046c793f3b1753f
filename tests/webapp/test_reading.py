"""The record is read segment by segment: text whatever was said, and only what may be read."""

import pytest

from records.observations import Channel
from records.services.intake import Draft, file_observations
from records.services.viewing import open_record
from records.vocabulary import Code, SegmentKind

HOSTILE = "<script>alert(1)</script><img src=x onerror=y> ]]> &lt; javascript:z 头晕"


def the_segment(site, kind):
    with site.database.begin(False) as unit:
        view = open_record(unit, site.cast.record.id, by=site.cast.amina, now=site.clock())
    return view.of(kind)[0]


def test_the_list_leads_to_each_segment(site):
    amina = site.as_(site.cast.amina)
    page = amina.get("/me/record")
    assert page.has("32 segments")
    assert len(page.tree.xpath("//ul[@class='lines']/li")) == 32
    assert page.has("KB")
    segment = the_segment(site, SegmentKind.PHYSICAL_SIGNS)
    assert f"/me/record/{segment.id}" in page.links()
    opened = amina.get(f"/me/record/{segment.id}")
    assert opened.heading.startswith("Physical signs")
    for words in ("126/78 mmHg", "Blood pressure", "Amina", segment.id):
        assert opened.has(words), words


def test_a_clinician_reads_what_is_granted(site):
    chen = site.as_(site.cast.chen)
    record = site.cast.record.id
    page = chen.get(f"/p/{record}/record")
    assert page.has("30 segments")
    assert not page.has("Feelings")
    segment = the_segment(site, SegmentKind.PHYSICAL_SIGNS)
    assert chen.get(f"/p/{record}/record/{segment.id}").has("126/78 mmHg")


def test_what_may_not_be_read_is_not_there(site):
    record = site.cast.record.id
    mood = the_segment(site, SegmentKind.NON_PHYSICAL_SIGNS)
    sign = the_segment(site, SegmentKind.PHYSICAL_SIGNS)
    for who, path in (
        (site.cast.chen, f"/p/{record}/record/{mood.id}"),
        (site.cast.chen, f"/p/{'0' * 32}/record/{sign.id}"),
        (site.cast.chen, f"/p/{record}/record/{'0' * 32}"),
        (site.cast.dara, f"/p/{record}/record"),
        (site.cast.dara, f"/p/{record}/record/{sign.id}"),
    ):
        assert site.as_(who).fetch(path).status_code == 404, path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_words_stay_words(site, language):
    with site.database.begin(True) as unit:
        file_observations(
            unit,
            [Draft(Code.NOTE, site.clock(), value=HOSTILE)],
            record_id=site.cast.record.id,
            by=site.cast.amina,
            channel=Channel.CHAT,
            now=site.clock(),
        )
    segment = the_segment(site, SegmentKind.OTHER)
    amina = site.as_(site.cast.amina)
    if language == "zh":
        amina.get("/me/settings")
        amina.send("中文")
    answer = amina.fetch(f"/me/record/{segment.id}").get_data(as_text=True)
    assert "<script>alert" not in answer
    assert "<img src=x" not in answer
    assert "&lt;script&gt;alert(1)" in answer
    assert "头晕" in answer


def test_pages_of_the_list_that_are_not_there_are_empty(site):
    amina = site.as_(site.cast.amina)
    for wanted in ("9999", "0", "-1", "x", "٣", "9" * 30):
        amina.get(f"/me/record?page={wanted}")
