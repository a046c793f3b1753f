"""Who needs me today: each patient once, in the first section that fits, with the reason."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain

from records.findings.averages import PressureAverage
from records.findings.limits import Limits
from records.findings.reasons import Situation, title_of
from records.findings.sentences import Sentence
from records.findings.situations import Facts, situation_of
from records.findings.sparkline import Sparkline, sparkline
from records.people import Person
from records.reviews import HOLDS, Review
from records.services.known import Known, known_of
from records.services.limiting import usual_for
from records.services.ports import Unit
from records.services.reviewing import may_undo, stamp_of
from records.services.standing import standings_of
from records.services.viewing import WORKLIST, note_list, patients_of
from records.standing import Standing
from records.tracking import PersonId, RecordId
from records.vocabulary import Code


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest reading of a patient, in its canonical unit, and the limits that hold for it."""

    code: Code
    numbers: tuple[Decimal, ...]
    at: datetime
    limits: Limits


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
    """One section with its title, how many are in it, and those of them that are shown."""

    situation: Situation
    title: Sentence
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Worklist:
    """The eight sections in their order, empty ones included, and apart what was reviewed."""

    sections: tuple[Section, ...]
    reviewed: tuple[Row, ...]
    reviewed_count: int
    mark: str  # another one as soon as what is shown would be another

    @property
    def patients(self) -> int:
        """How many patients there are in all."""
        return self.reviewed_count + sum(one.count for one in self.sections)

    @property
    def waiting(self) -> int:
        """How many patients are listed for a reason nobody has reviewed."""
        return sum(one.count for one in self.sections[:-1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which patients a reader wants listed: by a part of the name, a section, a helper or none.

    Those `reviewed`, or those who are not, or both where it is None. Of each section `most` are
    shown, beginning after `first`; all where it is None.
    """

    name: str = ""
    situation: Situation | None = None
    helped: bool | None = None
    reviewed: bool | None = None
    first: int = 0
    most: int | None = None

    def takes(self, one: Standing) -> bool:
        """Say whether this patient, listed there, is wanted."""
        named = self.name.strip().casefold() in one.name.casefold()
        there = self.situation in (None, one.situation)
        told = self.helped in (None, one.helped) and self.reviewed in (None, one.reviewed)
        return named and there and told

    def shows(self, found: Sequence[Standing]) -> tuple[RecordId, ...]:
        """Return which of those in a section are shown."""
        until = None if self.most is None else self.first + self.most
        return tuple(one.record for one in found[self.first : until])


EVERYONE = Wanted()
FIRST_PAGE = Wanted(most=12)
"""Of each section, on the page that shows them all."""


def worklist(unit: Unit, *, by: Person, now: datetime, wanted: Wanted = EVERYONE) -> Worklist:
    """Return who needs this doctor or nurse today, of what each patient has granted, and note it.

    One line is noted for the list and one for each patient shown on it.
    """
    found, known = _drawn(unit, by=by, now=now, wanted=wanted)
    note_list(unit, {one.cared.record.id: one.kinds for one in known}, by=by, now=now, ref=WORKLIST)
    return found


def mark_of_list(unit: Unit, *, by: Person, now: datetime) -> str:
    """Return the mark of the first page of a list as it would be drawn now; notes nothing."""
    return _drawn(unit, by=by, now=now, wanted=FIRST_PAGE)[0].mark


def _drawn(
    unit: Unit, *, by: Person, now: datetime, wanted: Wanted
) -> tuple[Worklist, Sequence[Known]]:
    usual = usual_for(unit, by)
    every = standings_of(unit, by=by, now=now, usual=usual)
    listed = [one for one in every if wanted.takes(one)]
    reviewed = sorted((one for one in listed if one.reviewed), key=lambda one: one.name)
    found: dict[Situation | None, list[Standing]] = {one: [] for one in Situation}
    for one in sorted(listed, key=lambda one: (-one.weight, one.name, one.record)):
        if not one.reviewed:
            found[one.situation].append(one)
    shown = {place: wanted.shows(all_) for place, all_ in found.items()}
    apart = wanted.shows(reviewed)
    all_shown = {*apart, *chain.from_iterable(shown.values())}
    known, rows = _rows(unit, all_shown, by=by, now=now, usual=usual)
    sections = tuple(
        Section(one, title_of(one, usual.target), _of(shown[one], rows), len(found[one]))
        for one in Situation
    )
    mark = _mark(listed, rows.values())
    return Worklist(sections, _of(apart, rows), len(reviewed), mark), known


def _mark(listed: Iterable[Standing], rows: Iterable[Row]) -> str:
    told = [f"{one.record}:{one.situation}:{one.weight:.6f}:{one.reviewed}" for one in listed]
    told += [f"{one.record}:{one.stamp}:{one.seen_by and one.seen_by.id}" for one in rows]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:32]


def _of(shown: Iterable[RecordId], rows: Mapping[RecordId, Row]) -> tuple[Row, ...]:
    return tuple(rows[one] for one in shown if one in rows)


def _rows(
    unit: Unit, records: Collection[RecordId], *, by: Person, now: datetime, usual: Limits
) -> tuple[Sequence[Known], dict[RecordId, Row]]:
    """Return what the list shows of these patients."""
    cared = patients_of(unit, by=by, now=now, only=records) if records else ()
    known = known_of(unit, cared, by=by, now=now, usual=usual)
    reviews = unit.reviews.standing(by.id, now - HOLDS, records)
    seen = _Seen(unit, known)
    rows = (_row(one, reviews.get(one.cared.record.id), seen, by) for one in known)
    return known, {one.record: one for one in rows}


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


def _row(known: Known, review: Review | None, seen: _Seen, by: Person) -> Row:
    facts = known.facts
    situation, match = situation_of(facts)
    held = review if review is not None and review.holds(situation, facts) else None
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
        held.at if held else None,
        held is not None and may_undo(held, by, facts.now),
        seen.of(known, situation),
    )


def _newest(facts: Facts) -> Reading | None:
    readings = [
        Reading(code, points[-1].numbers, points[-1].at, facts.limits)
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
