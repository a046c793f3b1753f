"""The patient's calendar: read back by the library, right over a change of clocks, discreet."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import icalendar

from records.orders import OrderKind
from records.services.ordering import place_order, withdraw_order
from records.services.repeating import Repeat, place_again_and_again
from records.vocabulary import Language
from records.walltime import moment_of

LONDON = "Europe/London"


def address(site) -> str:
    amina = site.as_(site.cast.amina)
    amina.get("/me/settings")
    amina.follow("See in your own calendar")
    page = amina.send("Make")
    found = page.tree.xpath("//input[@id='address']/@value")[0]
    assert not amina.get("/me/settings/calendar").tree.xpath("//input[@id='address']")
    return urlsplit(found).path


def fetched(site, place):
    answer = site.browser().fetch(place)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return answer, icalendar.Calendar.from_ical(answer.get_data())


def order(site, kind=OrderKind.TAKE, text="Take amlodipine", repeat=None, due=None):
    with site.database.begin(True) as unit:
        place = place_order
        asked = {"record_id": site.cast.record.id, "by": site.cast.chen, "now": site.clock()}
        due = due or site.clock() + timedelta(days=2)
        if repeat:
            return place_again_and_again(unit, repeat, **asked, kind=kind, text=text, due=due)
        return place(unit, **asked, kind=kind, text=text, due=due)


def events(calendar):
    return [(str(one["summary"]), one.decoded("dtstart")) for one in calendar.walk("VEVENT")]


def test_what_comes_round_keeps_its_hour_over_the_change_of_clocks(site):
    with site.database.begin(True) as unit:
        unit.people.put(replace(site.cast.amina, zone=LONDON))
    due = moment_of(datetime(2027, 3, 26, 8, 0), LONDON)  # noqa: DTZ001 - a wall time
    order(site, repeat=Repeat("FREQ=DAILY", date(2027, 3, 30)), due=due)
    _, calendar = fetched(site, address(site))
    found = events(calendar)
    assert [at.strftime("%d %H:%M") for _, at in found] == [
        "26 08:00",
        "27 08:00",
        "28 08:00",
        "29 08:00",
        "30 08:00",
    ]
    assert [at.utcoffset() for _, at in found] == [timedelta(0)] * 2 + [timedelta(hours=1)] * 3
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == LONDON
    starts = [one["dtstart"].params["TZID"] for one in calendar.walk("VEVENT")]
    assert set(starts) == {LONDON}
    night = moment_of(datetime(2027, 3, 27, 1, 30), LONDON)  # noqa: DTZ001 - a wall time
    order(site, repeat=Repeat("FREQ=DAILY", date(2027, 3, 29)), due=night)
    _, calendar = fetched(site, address(site))
    at_night = [at for _, at in events(calendar) if at.hour < 3]
    # 01:30 is not there on the 28th: it is due at the first moment after the hole.
    assert [at.strftime("%d %H:%M") for at in at_night] == ["27 01:30", "28 02:00", "29 01:30"]


def test_no_word_of_health_nor_a_name_stands_in_it(site):
    order(site)
    order(site, OrderKind.COME_IN, "Come in about the kidneys")
    answer, calendar = fetched(site, address(site))
    told = answer.get_data(as_text=True).lower()
    for word in ("amlodipine", "kidney", "take", "chen", "amina", "clinic", "doctor", "health"):
        assert word not in told, word
    assert {summary for summary, _ in events(calendar)} == {"Reminder", "Appointment"}
    uids = [str(one["uid"]) for one in calendar.walk("VEVENT")]
    assert len(set(uids)) == 2
    again, _ = fetched(site, address(site))
    assert uids == [
        str(one["uid"]) for one in icalendar.Calendar.from_ical(again.get_data()).walk("VEVENT")
    ]
    with site.database.begin(True) as unit:
        unit.people.put(replace(site.cast.amina, language=Language.CHINESE))
        place = f"/ical/{unit.calendars.make(site.cast.record.id, site.clock())}.ics"
    _, calendar = fetched(site, place)
    assert {summary for summary, _ in events(calendar)} == {"提醒", "预约"}


def test_what_is_withdrawn_is_gone_and_what_stays_the_same_is_not_sent_again(site):
    placed = order(site)
    place = address(site)
    answer, calendar = fetched(site, place)
    assert len(events(calendar)) == 1
    tag = answer.headers["ETag"]
    same = site.browser().fetch(place, headers={"If-None-Match": tag})
    assert same.status_code == 304
    with site.database.begin(True) as unit:
        withdraw_order(unit, placed.id, by=site.cast.chen, now=site.clock())
    answer, calendar = fetched(site, place)
    assert events(calendar) == []
    assert answer.headers["ETag"] != tag


def test_an_address_that_was_ended_or_replaced_or_made_up_opens_nothing(site):
    first = address(site)
    second = address(site)
    assert site.browser().fetch(first).status_code == 404
    fetched(site, second)
    amina = site.as_(site.cast.amina)
    amina.get("/me/settings/calendar")
    assert amina.send("End the address").has("The calendar address opens nothing any more.")
    assert site.browser().fetch(second).status_code == 404
    assert site.browser().fetch("/ical/made-up.ics").status_code == 404
    assert amina.get("/me/settings/calendar").has("There is no address yet.")
