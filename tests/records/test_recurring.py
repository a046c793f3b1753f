"""Rules come round at the wall times they name, once each, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from records.errors import NotValid
from records.recurring import Rule, next_slot, read_rrule, slot_of, slots
from records.tracking import RuleId

START = datetime.fromisoformat("2027-12-31")
SINCE = datetime(2027, 12, 31, tzinfo=UTC)


def rule(text: str, zone: str = "Europe/London") -> Rule:
    useful = timedelta(hours=3)
    return Rule(RuleId("r"), "prompt", "p", "pressure", zone, text, START, SINCE, useful)


TWICE_A_DAY = rule("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0")


def test_a_leap_year_of_two_hours_a_day_has_732_slots() -> None:
    year = slots(TWICE_A_DAY, datetime(2028, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
    assert len(year) == len({one.key for one in year}) == 732
    assert {one.wall.hour for one in year} == {8, 20}
    assert {one.due.hour for one in year} == {7, 8, 19, 20}  # summer and winter


def test_windows_side_by_side_give_what_one_window_gives() -> None:
    start, end = datetime(2028, 3, 20, tzinfo=UTC), datetime(2028, 4, 5, tzinfo=UTC)
    nightly = rule("FREQ=DAILY;BYHOUR=1;BYMINUTE=30;BYSECOND=0")
    whole = slots(nightly, start, end)
    pieces, at = [], start
    while at < end:
        pieces += slots(nightly, at, at + timedelta(minutes=30))
        at += timedelta(minutes=30)
    assert tuple(pieces) == whole
    assert len(whole) == 16


def test_the_next_slot_follows_a_moment() -> None:
    at = datetime(2028, 3, 25, 8, 0, tzinfo=UTC)
    dues = []
    for _ in range(4):
        found = next_slot(TWICE_A_DAY, at)
        assert found is not None
        at = found.due
        dues.append(f"{at:%d %H}")
    assert dues == ["25 20", "26 07", "26 19", "27 07"]


def test_the_29th_of_february_comes_in_leap_years_only() -> None:
    yearly = rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=8;BYMINUTE=0;BYSECOND=0")
    found = slots(yearly, SINCE, datetime(2037, 1, 1, tzinfo=UTC))
    assert [one.wall.year for one in found] == [2028, 2032, 2036]


def test_nothing_is_due_before_its_beginning_or_after_its_end() -> None:
    late = replace(TWICE_A_DAY, since=datetime(2028, 1, 1, 8, 0, tzinfo=UTC))
    found = slots(late, SINCE, datetime(2028, 1, 2, tzinfo=UTC))
    assert [one.due.hour for one in found] == [20]
    ended = replace(late, ended=True)
    assert next_slot(ended, SINCE) is None
    assert slots(ended, SINCE, datetime(2028, 1, 2, tzinfo=UTC)) == ()


def test_a_key_names_its_slot() -> None:
    found = next_slot(TWICE_A_DAY, SINCE)
    assert found is not None
    assert slot_of(found.key, "Europe/London") == found


@pytest.mark.parametrize(
    "text", ["", "every day", "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=2", "FREQ=DAILY;BYHOUR=x"]
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(NotValid):
        read_rrule(text, START)
