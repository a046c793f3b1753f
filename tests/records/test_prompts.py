"""Good moments for a prompt: awake, not done already, and not again and again."""

from datetime import UTC, datetime, time, timedelta

from records.prompts import (
    DAILY,
    THREE_DAYS,
    is_cleared,
    is_quiet,
    is_quiet_hour,
    silent_since,
    slots_between,
    when_awake,
)
from records.recurring import Rule
from records.tracking import RuleId

ZONE = "Asia/Shanghai"
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 08:00 there


def rule(at: str, often: str = DAILY) -> Rule:
    starts = datetime.fromisoformat(f"2026-11-02T{at}")
    since = MONDAY - timedelta(days=14)
    return Rule(
        RuleId(at), "prompt", "p", "pressure", ZONE, often, starts, since, timedelta(hours=3)
    )


def test_people_sleep_from_half_past_nine_until_seven() -> None:
    asleep = [
        hour / 2
        for hour in range(48)
        if is_quiet(MONDAY - timedelta(hours=8) + timedelta(minutes=30 * hour), ZONE)
    ]
    assert asleep == [*(n / 2 for n in range(14)), 21.5, 22, 22.5, 23, 23.5]
    assert is_quiet_hour(time(22, 0))
    assert not is_quiet_hour(time(7, 0))


def test_what_falls_into_the_night_waits_for_the_morning() -> None:
    assert when_awake(MONDAY, ZONE) == MONDAY
    late = MONDAY + timedelta(hours=14)  # 22:00
    assert when_awake(late, ZONE) == MONDAY + timedelta(hours=23)
    early = MONDAY - timedelta(hours=4)  # 04:00
    assert when_awake(early, ZONE) == MONDAY - timedelta(hours=1)


def test_the_morning_after_the_clocks_were_put_is_still_seven() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert when_awake(night, "Europe/London") == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)


def test_a_reading_up_to_ninety_minutes_early_clears_a_slot() -> None:
    assert is_cleared(MONDAY, MONDAY - timedelta(minutes=90))
    assert is_cleared(MONDAY, MONDAY + timedelta(minutes=5))
    assert not is_cleared(MONDAY, MONDAY - timedelta(minutes=91))
    assert not is_cleared(MONDAY, None)


def test_three_missed_slots_are_a_silence() -> None:
    rules = [rule("08:00"), rule("20:00")]
    last = slots_between(rules, MONDAY - timedelta(minutes=1), MONDAY)[-1]
    first = MONDAY - timedelta(hours=24)
    assert silent_since(rules, last, told=None, heard=None) == first
    assert silent_since(rules, last, told=first - timedelta(hours=2), heard=None) == first
    assert silent_since(rules, last, told=first, heard=None) is None
    assert silent_since(rules, last, told=None, heard=first) is None


def test_two_slots_are_not_yet_a_silence() -> None:
    young = rule("08:00", THREE_DAYS)
    young = Rule(
        young.id,
        young.job,
        young.ref,
        young.topic,
        ZONE,
        young.rrule,
        young.starts,
        MONDAY - timedelta(days=4),
        young.useful,
    )
    last = slots_between([young], MONDAY - timedelta(minutes=1), MONDAY)[-1]
    assert silent_since([young], last, told=None, heard=None) is None
