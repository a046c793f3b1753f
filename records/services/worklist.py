"""Who needs me today: each patient once, in the first section that fits, with the reason."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from records.findings.averages import PressureAverage
from records.findings.reasons import Situation, title_of
from records.findings.sentences import Sentence
from records.findings.situations import Match, situation_of
from records.people import Person
from records.services.known import Known, known_of
from records.services.ports import Unit
from records.services.viewing import WORKLIST, note_list, patients_of
from records.tracking import RecordId
from records.vocabulary import Code


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
    known = known_of(unit, patients_of(unit, by=by, now=now), by=by, now=now)
    found: dict[Situation, list[tuple[float, Row]]] = {one: [] for one in Situation}
    for one in known:
        situation, match = situation_of(one.facts)
        found[situation].append((match.weight, _row(one, match)))
    shown = {one.cared.record.id: one.kinds for one in known}
    note_list(unit, shown, by=by, now=now, ref=WORKLIST)
    return Worklist(tuple(Section(one, title_of(one), _sorted(found[one])) for one in Situation))


def _row(known: Known, match: Match) -> Row:
    facts = known.facts
    readings = [
        Reading(code, one.numbers, one.at)
        for code, points in facts.series.items()
        for one in points
    ]
    # A pulse comes with a blood pressure and of the same moment: the pressure is the reading.
    newest = max(readings, key=lambda one: (one.at, one.code != Code.HEART_RATE), default=None)
    return Row(
        known.cared.record.id,
        known.cared.patient,
        known.age,
        newest,
        facts.average(),
        match.why,
        match.at,
    )


def _sorted(rows: list[tuple[float, Row]]) -> tuple[Row, ...]:
    """Return the rows by weight, greatest first, and by name where it is the same."""
    return tuple(row for _, row in sorted(rows, key=lambda one: (-one[0], one[1].patient.name)))
