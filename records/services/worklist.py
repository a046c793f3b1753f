"""Who needs me today: each patient once, in the first section that fits, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from records.findings.averages import PressureAverage
from records.findings.reasons import Situation, title_of
from records.findings.sentences import Sentence
from records.findings.situations import Facts, Match, situation_of
from records.findings.sparkline import Sparkline, sparkline
from records.people import Person, Tie
from records.reviews import HOLDS
from records.services.known import Known, known_of
from records.services.limiting import usual_for
from records.services.ports import Unit
from records.services.reviewing import mark_of_all, may_undo, stamp_of
from records.services.viewing import WORKLIST, note_list, patients_of
from records.tracking import PersonId, RecordId
from records.vocabulary import Code, SegmentKind


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest reading of a patient, in its canonical unit."""

    code: Code
    numbers: tuple[Decimal, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One patient of the list; what is not open to the reader is None.

    `stamp` marks what the row shows, for a review of it; `reviewed` is one that still holds.
    """

    record: RecordId
    patient: Person
    age: int | None
    last: Reading | None
    average: PressureAverage | None
    line: tuple[Code, Sparkline] | None
    why: Sentence
    at: datetime | None
    stamp: str
    reviewed: datetime | None = None
    may_undo: bool = False
    seen_by: Person | None = None  # who acknowledged the alert behind this row


@dataclass(frozen=True, slots=True)
class Section:
    """One section with its title and rows, sorted as its rule says."""

    situation: Situation
    title: Sentence
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """The eight sections in their order, empty ones included, and apart what was reviewed."""

    sections: tuple[Section, ...]
    reviewed: tuple[Row, ...] = ()
    mark: str = ""  # another one as soon as there is something new

    @property
    def patients(self) -> int:
        """How many patients there are in all."""
        return len(self.reviewed) + sum(len(one.rows) for one in self.sections)

    @property
    def waiting(self) -> int:
        """How many patients are listed for a reason nobody has reviewed."""
        return sum(len(one.rows) for one in self.sections[:-1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which patients a reader wants listed: by a part of the name, a section, a helper or none."""

    name: str = ""
    situation: Situation | None = None
    helped: bool | None = None

    def takes(self, known: Known, situation: Situation) -> bool:
        """Say whether this patient, listed there, is wanted."""
        named = self.name.strip().casefold() in known.cared.patient.name.casefold()
        there = self.situation in (None, situation)
        return named and there and self.helped in (None, _is_helped(known))


EVERYONE = Wanted()


def worklist(unit: Unit, *, by: Person, now: datetime, wanted: Wanted = EVERYONE) -> Worklist:
    """Return who needs this doctor or nurse today, of what each patient has granted, and note it.

    One line is noted for the list and one for each patient on it.
    """
    known = known_of(unit, patients_of(unit, by=by, now=now), by=by, now=now)
    reviews = unit.reviews.standing(by.id, now - HOLDS)
    seen = _Seen(unit, known)
    found: dict[Situation, list[tuple[float, Row]]] = {one: [] for one in Situation}
    reviewed: list[Row] = []
    shown: dict[RecordId, frozenset[SegmentKind]] = {}
    for one in known:
        if one.cared.record.deceased:
            continue
        situation, match = situation_of(one.facts)
        if not wanted.takes(one, situation):
            continue
        shown[one.cared.record.id] = one.kinds
        row = replace(_row(one, match), seen_by=seen.of(one, situation))
        review = reviews.get(one.cared.record.id)
        if review is not None and review.holds(situation, one.facts):
            undo = may_undo(review, by, now)
            reviewed.append(replace(row, reviewed=review.at, may_undo=undo))
        else:
            found[situation].append((match.weight, row))
    note_list(unit, shown, by=by, now=now, ref=WORKLIST)
    target = usual_for(unit, by).target
    sections = tuple(Section(one, title_of(one, target), _sorted(found[one])) for one in Situation)
    return Worklist(sections, tuple(reviewed), mark_of_all(known))


class _Seen:
    """Who has acknowledged the alerts of the patients on a list; each person is asked for once."""

    def __init__(self, unit: Unit, known: Sequence[Known]) -> None:
        self.unit = unit
        self.seen = unit.alerts.seen_in([one.cared.record.id for one in known])
        self.people: dict[PersonId, Person] = {}

    def of(self, known: Known, situation: Situation) -> Person | None:
        """Return who has acknowledged why a patient is listed, if anybody has."""
        who = self.seen.get((known.cared.record.id, situation))
        if who is not None and who not in self.people:
            self.people[who] = self.unit.people.person(who)
        return self.people[who] if who is not None else None


def _is_helped(known: Known) -> bool:
    ties, now = known.cared.leave.relationships, known.facts.now
    return any(one.tie is Tie.CAREGIVER and one.holds(now) for one in ties)


def _row(known: Known, match: Match) -> Row:
    facts = known.facts
    return Row(
        known.cared.record.id,
        known.cared.patient,
        known.age,
        _newest(facts),
        facts.average(),
        _line(facts),
        match.why,
        match.at,
        stamp_of(known),
    )


def _newest(facts: Facts) -> Reading | None:
    readings = [
        Reading(code, points[-1].numbers, points[-1].at)
        for code, points in facts.series.items()
        if points
    ]
    # A pulse comes with a blood pressure and of the same moment: the pressure is the reading.
    return max(readings, key=lambda one: (one.at, one.code != Code.HEART_RATE), default=None)


def _line(facts: Facts) -> tuple[Code, Sparkline] | None:
    for code in (Code.BLOOD_PRESSURE, Code.GLUCOSE):
        line = sparkline(facts.points(code), facts.now)
        if line:
            return code, line
    return None


def _sorted(rows: list[tuple[float, Row]]) -> tuple[Row, ...]:
    """Return the rows by weight, greatest first, and by name where it is the same."""
    return tuple(row for _, row in sorted(rows, key=lambda one: (-one[0], one[1].patient.name)))
