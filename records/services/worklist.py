"""Who needs me today: each patient once, in the first section that fits, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from records.consent import Label, Part
from records.findings.averages import PressureAverage
from records.findings.reasons import Situation, title_of
from records.findings.sentences import Sentence
from records.findings.situations import Facts, Match, WarningWords, situation_of
from records.findings.targets import LISTED_FOR
from records.people import Person, Record, Tie
from records.policy import Action, Reach
from records.series import Point
from records.services.permitting import ask_policy, reach_of
from records.services.ports import Unit
from records.services.viewing import WORKLIST, Tied, note_list, records_of
from records.tracking import RecordId
from records.vocabulary import Code, SegmentKind

WHERE_WARNINGS_ARE = frozenset({SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.OTHER})


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest reading of a patient, in its canonical unit."""

    code: Code
    numbers: tuple[Decimal, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One patient of the list; what is not open to the reader is None."""

    record: RecordId
    patient: Person
    age: int | None
    last: Reading | None
    average: PressureAverage | None
    why: Sentence
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Section:
    """One section with its title and rows, sorted as its rule says."""

    situation: Situation
    title: Sentence
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """The eight sections in their order, empty ones included."""

    sections: tuple[Section, ...]

    @property
    def patients(self) -> int:
        """How many patients there are in all."""
        return sum(len(one.rows) for one in self.sections)

    @property
    def waiting(self) -> int:
        """How many patients are listed for a reason."""
        return self.patients - len(self.sections[-1].rows)


def worklist(unit: Unit, *, by: Person, now: datetime) -> Worklist:
    """Return who needs this doctor or nurse today, of what each patient has granted, and note it.

    One line is noted for the list and one for each patient on it.
    """
    tied = _once(records_of(unit, by=by, now=now, ties=(Tie.DOCTOR, Tie.NURSE)))
    reaches = {one.record.id: reach_of(unit, one.record, by=by, now=now) for one in tied}
    kinds = {key: one.kinds for key, one in reaches.items()}
    watched = [key for key, open_ in kinds.items() if SegmentKind.PHYSICAL_SIGNS in open_]
    recent = unit.series.recent(watched, SegmentKind.PHYSICAL_SIGNS) if watched else {}
    found: dict[Situation, list[tuple[float, Row]]] = {one: [] for one in Situation}
    for one in tied:
        record_id = one.record.id
        facts = _facts(unit, one, reaches[record_id], recent.get(record_id, {}), by=by, now=now)
        situation, match = situation_of(facts)
        age = _age(unit, one, reaches[record_id], now)
        found[situation].append((match.weight, _row(one, facts, match, age)))
    shown = {record: open_ & _READ for record, open_ in kinds.items()}
    note_list(unit, shown, by=by, now=now, ref=WORKLIST)
    return Worklist(tuple(Section(one, title_of(one), _sorted(found[one])) for one in Situation))


_PERSONAL = SegmentKind.PERSONAL_INFORMATION
_READ = WHERE_WARNINGS_ARE | {SegmentKind.PHYSICAL_SIGNS, _PERSONAL}


def _once(tied: Sequence[Tied]) -> list[Tied]:
    """Return each record once, also where somebody is tied to it in two ways."""
    return list({one.record.id: one for one in tied}.values())


def _facts(
    unit: Unit,
    tied: Tied,
    seen: Reach,
    series: Mapping[Code, Sequence[Point]],
    *,
    by: Person,
    now: datetime,
) -> Facts:
    shown = {
        code: tuple(one for one in seen.points(code, points) if one.at <= now)
        for code, points in series.items()
    }
    sees_orders = ask_policy(unit, Action.SEE_ORDERS, by=by, record=tied.record, now=now).allowed
    orders = unit.orders.of_record(tied.record.id) if sees_orders else ()
    return Facts(
        now=now,
        zone=tied.patient.zone,
        watched=seen.admits(Part(SegmentKind.PHYSICAL_SIGNS), Label.NORMAL, now),
        series=shown,
        warnings=_warnings(unit, tied.record, seen, now),
        occurrences=tuple(one for _, occurrences in orders for one in occurrences),
    )


def _warnings(unit: Unit, record: Record, seen: Reach, now: datetime) -> tuple[WarningWords, ...]:
    kinds = seen.kinds & WHERE_WARNINGS_ARE
    if not kinds:
        return ()
    since = now - LISTED_FOR
    # The day of a segment is the patient's, whose clock may be behind UTC.
    segments = unit.segments.of_record(record.id, kinds, since.date() - timedelta(days=1))
    return tuple(
        WarningWords(one.effective, str(one.value))
        for segment in segments
        for one in seen.seen(segment).standing
        if one.context == "red_flag" and since < one.effective <= now
    )


def _age(unit: Unit, tied: Tied, seen: Reach, now: datetime) -> int | None:
    if _PERSONAL not in seen.kinds:
        return None
    segment = unit.segments.current(tied.record.id, _PERSONAL, None)
    told = seen.seen(segment).standing if segment else ()
    born = [one for one in told if one.code is Code.BIRTH_DATE]
    if not born:
        return None
    try:
        birth = date.fromisoformat(str(born[-1].value))
    except ValueError:
        return None  # only the year was told: an age would be a guess
    today = now.astimezone(ZoneInfo(tied.patient.zone)).date()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _row(tied: Tied, facts: Facts, match: Match, age: int | None) -> Row:
    readings = [
        Reading(code, one.numbers, one.at)
        for code, points in facts.series.items()
        for one in points
    ]
    # A pulse comes with a blood pressure and of the same moment: the pressure is the reading.
    newest = max(readings, key=lambda one: (one.at, one.code != Code.HEART_RATE), default=None)
    return Row(tied.record.id, tied.patient, age, newest, facts.average(), match.why, match.at)


def _sorted(rows: list[tuple[float, Row]]) -> tuple[Row, ...]:
    """Return the rows by weight, greatest first, and by name where it is the same."""
    return tuple(row for _, row in sorted(rows, key=lambda one: (-one[0], one[1].patient.name)))
