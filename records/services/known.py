"""What a doctor or nurse may know of many patients at once, in statements that do not grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from records.consent import Label, Part
from records.findings.limits import Limits
from records.findings.situations import OF_ORDERS, Facts, WarningWords
from records.people import Person
from records.policy import Action, Reach, decide, reach
from records.series import Point, Saying
from records.services.alarming import RED_FLAG
from records.services.limiting import usual_for
from records.services.ports import Recent, Unit
from records.services.viewing import Cared
from records.vocabulary import MEANINGS, Code, SegmentKind

LOOKED_AT = frozenset(
    {
        SegmentKind.PHYSICAL_SIGNS,
        SegmentKind.NON_PHYSICAL_SIGNS,
        SegmentKind.OTHER,
        SegmentKind.PERSONAL_INFORMATION,
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """One patient as far as the reader may know: the facts for the rules, and the age.

    `next_told` is when the next thing counts that was told of a moment still to come.
    """

    cared: Cared
    kinds: frozenset[SegmentKind]
    facts: Facts
    age: int | None
    next_told: datetime | None


def known_of(
    unit: Unit,
    patients: Sequence[Cared],
    *,
    by: Person,
    now: datetime,
    usual: Limits | None = None,
) -> tuple[Known, ...]:
    """Return what this person may know of each of these patients; notes nothing.

    `usual` are the limits of the guideline this person works by, where they are known already.
    """
    ids = [one.record.id for one in patients]
    recent = unit.many.recent(ids, LOOKED_AT)
    asked = [one for one in patients if _sees_orders(one, by, now)]
    own, usual = unit.limits.of_many(ids), usual or usual_for(unit, by)
    waiting = unit.many.occurrences([one.record.id for one in asked], OF_ORDERS)
    found = []
    for one in patients:
        seen = reach(one.ask(Action.READ_SEGMENT, by=by, now=now))
        told = recent.get(one.record.id, Recent())
        said = seen.sayings([words for words in told.said if words.at <= now])
        facts = Facts(
            now=now,
            zone=one.patient.zone,
            watched=seen.admits(Part(SegmentKind.PHYSICAL_SIGNS), Label.NORMAL, now),
            series=_series(told, seen, now),
            warnings=_warnings(said),
            occurrences=waiting.get(one.record.id, ()),
            limits=own[one.record.id].limits if one.record.id in own else usual,
        )
        age, ahead = _age(said, one.patient, now), _next_told(told, now)
        found.append(Known(one, seen.kinds & LOOKED_AT, facts, age, ahead))
    return tuple(found)


def _sees_orders(one: Cared, by: Person, now: datetime) -> bool:
    return decide(one.ask(Action.SEE_ORDERS, by=by, now=now)).allowed


def _series(told: Recent, seen: Reach, now: datetime) -> dict[Code, tuple[Point, ...]]:
    return {
        code: tuple(one for one in seen.points(code, points) if one.at <= now)
        for code, points in told.series.items()
        if MEANINGS[code].kind is SegmentKind.PHYSICAL_SIGNS
    }


def _next_told(told: Recent, now: datetime) -> datetime | None:
    said = [one.at for one in told.said if one.at > now]
    measured = [
        one.at
        for points in told.series.values()
        if points and points[-1].at > now
        for one in points
        if one.at > now
    ]
    return min(said + measured, default=None)


def _warnings(said: Sequence[Saying]) -> tuple[WarningWords, ...]:
    return tuple(
        WarningWords(one.at, one.words, one.observation) for one in said if one.context == RED_FLAG
    )


def _age(said: Sequence[Saying], patient: Person, now: datetime) -> int | None:
    born = [one.words for one in said if one.code is Code.BIRTH_DATE]
    if not born:
        return None
    try:
        birth = date.fromisoformat(born[-1])
    except ValueError:
        return None  # only the year was told: an age would be a guess
    today = now.astimezone(ZoneInfo(patient.zone)).date()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
