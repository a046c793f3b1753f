"""Sixty believable days of one patient, a day at a time, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from records.findings.reasons import Situation
from records.observations import Quantity, pressure
from records.services.intake import Draft
from records.vocabulary import MEANINGS, Code
from storage.demo.profiles import Profile
from storage.demo.sayings import ACTIVITY, DIET, MOOD, TAKEN

DAYS = 60
STEADY_DAYS = 16  # the last days, of which nobody misses one
MORNING, EVENING = time(7, 10), time(20, 20)
SATURDAY = 5

# A glucose that is neither low nor urgent, in mmol/L.
GLUCOSE_SPAN = (4.4, 12.4)


@dataclass(frozen=True, slots=True)
class Day:
    """What was told on one day, and when the last of it was."""

    told: datetime
    drafts: tuple[Draft, ...]


def days_of(profile: Profile, now: datetime, seed: int) -> Iterator[Day]:
    """Yield the days with something told, oldest first, ending with what the situation needs."""
    chance = Random(seed)  # noqa: S311 - the same readings each time are wanted
    today = now.astimezone(ZoneInfo(profile.zone)).date()
    for days_ago in range(DAYS, -1, -1):
        drafts = _day(profile, today - timedelta(days=days_ago), days_ago, chance)
        if days_ago < profile.silent_since or _missed(profile, days_ago, chance):
            continue
        if profile.silent_since and days_ago == profile.silent_since:
            drafts = drafts[:2]
        told = [one for one in drafts if one.effective < now - timedelta(minutes=40)]
        if told:
            yield _told(told)
    extra = _situation(profile, now)
    if extra:
        yield _told(extra)


def quantity(code: Code, value: float) -> Quantity:
    """Return a value in the canonical unit of its code."""
    return Quantity(Decimal(str(value)), MEANINGS[code].ucum or "")


def _told(drafts: list[Draft]) -> Day:
    latest = max(one.effective for one in drafts)
    return Day(latest + timedelta(minutes=1), tuple(drafts))


def _missed(profile: Profile, days_ago: int, chance: Random) -> bool:
    if profile.sparse:
        return days_ago % 3 != 0
    return chance.random() < profile.missed and days_ago > STEADY_DAYS


def _day(profile: Profile, day: date, days_ago: int, chance: Random) -> list[Draft]:
    morning = _at(profile, day, MORNING, chance)
    evening = _at(profile, day, EVENING, chance)
    drafts = _pressures(profile, morning, evening, days_ago, chance)
    if profile.glucose is not None:
        drafts += _glucose(profile.glucose, morning, evening, chance)
    if day.weekday() == SATURDAY:
        weight = round(profile.weight + days_ago * 0.01 + chance.gauss(0, 0.2), 1)
        drafts.append(Draft(Code.WEIGHT, morning, quantity(Code.WEIGHT, weight)))
    # Of most days long past people told their numbers only; it also fills the house faster.
    if days_ago <= STEADY_DAYS or chance.random() < 0.25:
        drafts += _words(profile, morning, evening, chance)
    return drafts


def _at(profile: Profile, day: date, usual: time, chance: Random) -> datetime:
    start = datetime.combine(day, usual, ZoneInfo(profile.zone))
    return start + timedelta(minutes=chance.randrange(0, 70))


def _pressures(
    profile: Profile, morning: datetime, evening: datetime, days_ago: int, chance: Random
) -> list[Draft]:
    if profile.pressure is None:
        return []
    long_ago = days_ago >= 7 and profile.week_before is not None
    mean = (profile.week_before if long_ago else None) or profile.pressure
    weekend = 2 if morning.weekday() >= SATURDAY else 0
    drafts = []
    # Two in the morning, some mmHg higher than in the evening; the second is the lower one.
    for at, shift in ((morning, 3), (morning + timedelta(minutes=2), 1), (evening, -4)):
        systolic = round(mean[0] + shift + weekend + chance.gauss(0, 4))
        diastolic = round(mean[1] + shift / 2 + chance.gauss(0, 3))
        pulse = round(72 - shift + chance.gauss(0, 4))
        drafts.append(Draft(Code.BLOOD_PRESSURE, at, components=pressure(systolic, diastolic)))
        drafts.append(Draft(Code.HEART_RATE, at, quantity(Code.HEART_RATE, pulse)))
    return drafts


def _glucose(fasting: float, morning: datetime, evening: datetime, chance: Random) -> list[Draft]:
    before_breakfast = morning - timedelta(minutes=20)
    values = (
        (before_breakfast, fasting + chance.gauss(0, 0.5), "fasting"),
        (evening - timedelta(minutes=30), fasting + 2.2 + chance.gauss(0, 1.0), "after_meal"),
    )
    low, high = GLUCOSE_SPAN
    return [
        Draft(
            Code.GLUCOSE,
            at,
            quantity(Code.GLUCOSE, round(min(max(value, low), high), 1)),
            context=context,
        )
        for at, value, context in values
    ]


def _words(profile: Profile, morning: datetime, evening: datetime, chance: Random) -> list[Draft]:
    language = profile.language
    drafts = []
    if profile.medicines and chance.random() < 0.9:
        at = morning + timedelta(minutes=5)
        drafts.append(Draft(Code.MEDICATION_TAKEN, at, TAKEN[language]))
    for code, words, share in (
        (Code.DIET, DIET, 0.35),
        (Code.ACTIVITY, ACTIVITY, 0.35),
        (Code.MOOD, MOOD, 0.2),
    ):
        if chance.random() < share:
            drafts.append(Draft(code, evening, chance.choice(words[language])))
    return drafts


def _situation(profile: Profile, now: datetime) -> list[Draft]:
    if profile.situation is Situation.ACT_NOW:
        at = now - timedelta(minutes=20)
        return [
            Draft(Code.BLOOD_PRESSURE, at, components=pressure(186, 112)),
            Draft(Code.HEART_RATE, at, quantity(Code.HEART_RATE, 88)),
        ]
    if profile.situation is Situation.LOW_GLUCOSE:
        return [
            Draft(
                Code.GLUCOSE,
                now - timedelta(days=days, minutes=30),
                quantity(Code.GLUCOSE, value),
                context="before_meal",
            )
            for days, value in ((4, 3.4), (1, 3.7))
        ]
    return []
