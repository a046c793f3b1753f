"""Prompts chosen on the site, and the week's picture in the web chat."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from records.chats import Chat, ChatChannel
from records.prompts import Topic
from records.services.prompting import choose_hours, pause, reminders_of
from records.tracking import ChatId
from storage.timetable import Timetable

PAGE = "/me/settings/reminders"


def hours(site):
    with site.database.begin(False) as unit:
        found = reminders_of(unit, site.cast.amina.id)
        return {str(one.topic): [f"{at:%H:%M}" for at in one.hours] for one in found}


def chosen(**changes):
    fields = {"clock": "Asia/Shanghai", "pause": "off"}
    for topic in Topic:
        fields |= {f"{topic}_morning": "none", f"{topic}_evening": "none"}
        fields |= {f"{topic}_often": "daily"}
    return fields | changes


def test_hours_are_chosen_and_kept(site):
    browser = site.as_(site.cast.amina)
    browser.get(PAGE)
    browser.post(PAGE, chosen(pressure_morning="08:00", pressure_evening="20:00", family="y"))
    assert hours(site) == {"pressure": ["08:00", "20:00"]}
    page = browser.get(PAGE)
    kept = page.tree.xpath("//select[@name='pressure_morning']/option[@selected]/@value")
    assert kept == ["08:00"]
    with site.database.begin(False) as unit:
        assert unit.prompting.of(site.cast.amina.id).family is True


def test_an_hour_chosen_in_the_chat_is_not_lost_on_the_site(site):
    with site.database.begin(True) as unit:
        at = [time(8, 30), time(10), time(20)]
        choose_hours(unit, Topic.PRESSURE, at, by=site.cast.amina, now=site.clock())
    browser = site.as_(site.cast.amina)
    browser.get(PAGE)
    browser.post(PAGE, chosen(pressure_morning="08:30", pressure_evening="none"))
    assert hours(site) == {"pressure": ["08:30", "10:00"]}


def test_the_clock_and_a_pause(site):
    browser = site.as_(site.cast.amina)
    browser.get(PAGE)
    browser.post(PAGE, chosen(clock="Europe/London", pause="week", glucose_morning="07:00"))
    with site.database.begin(False) as unit:
        assert unit.people.person(site.cast.amina.id).zone == "Europe/London"
        assert unit.prompting.of(site.cast.amina.id).is_paused(site.clock())
        (rule,) = [r for r in unit.timetable.rules_of(site.cast.amina.id) if r.job == "prompt"]
        assert rule.zone == "Europe/London"
    page = browser.get(PAGE)
    assert "Until Mon 30 Nov" in page.text
    browser.post(PAGE, chosen(clock="Europe/London", pause="off", glucose_morning="07:00"))
    with site.database.begin(False) as unit:
        assert not unit.prompting.of(site.cast.amina.id).is_paused(site.clock())


def test_a_helper_cannot_choose_for_the_patient(site):
    assert site.as_(site.cast.bela).fetch(PAGE).status_code == 404


@pytest.fixture
def a_week(site):
    """A week summed up in Amina's web chat."""
    amina = site.as_(site.cast.amina)
    amina.post("/chat", {"text": "hello"})
    with site.database.begin(True) as unit:
        site_chat(unit, site)
        choose_hours(unit, Topic.PRESSURE, [time(8)], by=site.cast.amina, now=site.clock())
    site.clock.now = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
    Timetable(site.database).step(50)
    return amina


def site_chat(unit, site):
    amina = site.cast.amina
    if unit.chats.at(ChatChannel.WEB, amina.id) is None:
        unit.chats.put(Chat(ChatId("c" * 32), ChatChannel.WEB, amina.id, amina.language, amina.id))


def test_the_weeks_picture_is_on_the_page_and_for_this_person_alone(site, a_week):
    page = a_week.get("/chat")
    (picture,) = page.tree.xpath("//ol//img")
    assert "of 7 days. Average" in picture.get("alt")
    answer = a_week.fetch(picture.get("src"))
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert site.as_(site.cast.bela).fetch(picture.get("src")).status_code == 404
    assert site.as_(site.cast.chen).fetch(picture.get("src")).status_code == 404


def test_a_pause_without_an_end_is_shown(site):
    with site.database.begin(True) as unit:
        pause(unit, by=site.cast.amina, now=site.clock(), week=False)
        wishes = unit.prompting.of(site.cast.amina.id)
        unit.prompting.put(replace(wishes, family=True))
    page = site.as_(site.cast.amina).get(PAGE)
    assert page.tree.xpath("//select[@name='pause']/option[@selected]/@value") == ["open"]
