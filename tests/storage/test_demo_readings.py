"""The readings make their situation at every hour a demo may be started."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest

from records.findings.reasons import Situation
from records.findings.situations import Facts, situation_of
from records.observations import Quantity
from records.series import Point
from records.tracking import ObservationId, TrackingId
from records.vocabulary import Code
from storage.demo.filling import SEED
from storage.demo.patients import PATIENTS
from storage.demo.profiles import Profile
from storage.demo.readings import days_of

START = datetime(2026, 11, 20, 0, 3, tzinfo=UTC)
BY_READINGS = {
    one: Situation.ON_TARGET if one in (Situation.QUESTIONS, Situation.UNANSWERED_ORDERS) else one
    for one in Situation
}


def facts(profile: Profile, now: datetime, seed: int) -> Facts:
    drafts = [draft for day in days_of(profile, now, seed) for draft in day.drafts]
    found: dict[Code, tuple[Point, ...]] = {}
    for code, group in groupby(sorted(drafts, key=lambda one: one.code), lambda one: one.code):
        found[code] = tuple(
            Point(
                one.effective,
                tuple(part.quantity.value for part in one.components)
                or ((one.value.value,) if isinstance(one.value, Quantity) else ()),
                one.context,
                False,
                ObservationId(""),
                TrackingId(""),
            )
            for one in sorted(group, key=lambda one: one.effective)
            if one.components or isinstance(one.value, Quantity)
        )
    return Facts(now, profile.zone, True, {code: got for code, got in found.items() if got})


@pytest.mark.parametrize("hours", range(0, 7 * 24, 5))
def test_the_readings_make_their_situation_at_any_hour(hours: int) -> None:
    now = START + timedelta(hours=hours)
    for number, profile in enumerate(PATIENTS):
        if profile.situation:
            situation, _ = situation_of(facts(profile, now, SEED + number))
            assert situation is BY_READINGS[profile.situation], profile.name


def test_the_same_seed_tells_the_same() -> None:
    first, again, other = (list(days_of(PATIENTS[0], START, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_some_days_are_missed_and_no_day_lies_ahead() -> None:
    days = list(days_of(PATIENTS[0], START, SEED))
    assert 50 <= len(days) < 62
    assert all(one.told <= START for one in days)
