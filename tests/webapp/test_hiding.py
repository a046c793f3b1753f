"""Hiding on the site: beside each entry, a day, a kind; from one or everyone; and back."""

from records.people import Person
from records.services.viewing import open_record
from records.vocabulary import Code, SegmentKind


def newest(site):
    """Return Amina's newest segment of physical signs and its first entry."""
    with site.database.begin(False) as unit:
        view = open_record(unit, site.cast.record.id, by=site.cast.amina, now=site.clock())
    segment = view.of(SegmentKind.PHYSICAL_SIGNS)[0]
    return segment, next(one for one in segment.standing if one.code is Code.BLOOD_PRESSURE)


def seen(site, who: Person) -> set[str]:
    with site.database.begin(False) as unit:
        view = open_record(unit, site.cast.record.id, by=who, now=site.clock())
    return {one.id for segment in view.segments for one in segment.standing}


def test_an_entry_is_hidden_from_one_and_shown_again(site):
    segment, entry = newest(site)
    amina, cast = site.as_(site.cast.amina), site.cast
    page = amina.get("/me/readings")
    link = f"/me/hidden/new?entry={entry.id}"
    assert link in page.links()
    asked = amina.get(link)
    assert asked.has("126/78 mmHg")
    page = amina.send("Hide it", whom=f"p:{cast.chen.id}", until="2026-12-24")
    assert page.heading == "What is hidden"
    assert page.has("Blood pressure: 126/78 mmHg")
    assert page.has("Dr Chen")
    assert page.has("24 Dec 2026")
    assert entry.id not in seen(site, cast.chen)
    assert entry.id in seen(site, cast.bela)
    assert "/me/hidden" in amina.get("/me/readings").links()
    document = site.as_(cast.chen).fetch(f"/records/{segment.id}").data
    assert b"126" not in document
    amina.get("/me/hidden")
    assert amina.send("Show again").has("Nothing is hidden")
    assert entry.id in seen(site, cast.chen)


def test_a_day_and_a_kind_are_hidden_from_everyone_but_the_patient(site):
    segment, _ = newest(site)
    amina, cast = site.as_(site.cast.amina), site.cast
    before = len(seen(site, cast.chen))
    assert f"/me/hidden/new?segment={segment.id}" in amina.get("/me/record").links()
    amina.get(f"/me/hidden/new?segment={segment.id}")
    amina.send("Hide it")
    assert len(seen(site, cast.chen)) == before - len(segment.standing)
    amina.get("/me/hidden/new?kind=physical_signs")
    amina.send("Hide it")
    assert seen(site, cast.chen) == set()
    assert len(seen(site, cast.amina)) > before
    assert site.as_(cast.chen).get(f"/p/{cast.record.id}").has("Nothing is shared with you")


def test_nothing_of_another_is_hidden_and_a_day_that_is_past_is_said(site):
    segment, entry = newest(site)
    zoe = site.as_(site.others.zoe)
    for place in (f"entry={entry.id}", f"segment={segment.id}", "entry=x", "kind=x", ""):
        zoe.get(f"/me/hidden/new?{place}", 404)
    amina = site.as_(site.cast.amina)
    amina.get(f"/me/hidden/new?entry={entry.id}")
    assert amina.send("Hide it", until="2026-11-01", status=422).has("still to come")


def test_a_chinese_patient_hides_in_chinese(site):
    _, entry = newest(site)
    amina = site.as_(site.cast.amina, "zh")
    amina.get("/lang/zh?next=/me")
    amina.post("/lang/zh")
    assert amina.get(f"/me/hidden/new?entry={entry.id}").heading == "隐藏这一项"
    assert amina.send("隐藏").heading == "已隐藏的内容"
