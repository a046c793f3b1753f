"""Reading a record: only what is granted, and nothing that tells of the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from records.consent import Part
from records.errors import NotFound, NotPermitted
from records.observations import Observation
from records.people import Person, Record, Relationship, Tie
from records.policy import Action, Ask, Leave, Reach, cares_for_the_patient, decide
from records.segments import Segment
from records.series import Point
from records.services.permitting import admit, ask_policy, reach_of, refuse_unknown
from records.services.ports import Note, Unit
from records.tracking import RecordId, TrackingId
from records.vocabulary import MEANINGS, Code, Purpose, Role, SegmentKind


@dataclass(frozen=True, slots=True)
class RecordView:
    """What one person sees of one record: what is open to them, and the segments of that.

    `leave` is all by which the record is open or closed, to ask more of the policy about it.
    """

    record: Record
    patient: Person
    reach: Reach
    segments: tuple[Segment, ...]
    leave: Leave = field(default_factory=Leave)

    @property
    def kinds(self) -> frozenset[SegmentKind]:
        """The kinds of which something is open to them."""
        return self.reach.kinds

    @property
    def counts(self) -> dict[SegmentKind, int]:
        """How many entries count of each kind that is open, none of them left out."""
        found = {kind: self.of(kind) for kind in SegmentKind if kind in self.kinds}
        return {kind: sum(len(one.standing) for one in all_) for kind, all_ in found.items()}

    def of(self, kind: SegmentKind) -> tuple[Segment, ...]:
        """Return the segments of one kind, newest first."""
        return tuple(one for one in self.segments if one.kind is kind)

    def observations(self, code: Code) -> tuple[Observation, ...]:
        """Return what counts of one code, oldest first."""
        found = (o for s in self.segments for o in s.standing if o.code is code)
        return tuple(sorted(found, key=lambda one: one.effective))


def open_record(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime, since: date | None = None
) -> RecordView:
    """Return what this person may read of the record, and note the reading with its kinds."""
    record, leave = admit(unit, Action.SEE_RECORD, by=by, record_id=record_id, now=now)
    seen = reach_of(unit, record, by=by, now=now, leave=leave)
    kinds = seen.kinds
    if kinds:
        why = seen.purpose
        read = Note(now, Action.READ_SEGMENT, True, "readable", by.id, record_id, why, kinds)
        unit.audit.note(read)
    found = unit.segments.of_record(record_id, kinds, since)
    segments = tuple(seen.seen(one) for one in found)
    return RecordView(
        record=record,
        patient=unit.people.person(record.patient),
        reach=seen,
        segments=tuple(one for one in segments if one.standing or by.id == record.patient),
        leave=leave,
    )


def open_to_act(
    unit: Unit, action: Action, record_id: RecordId, *, by: Person, now: datetime
) -> RecordView:
    """Return what this person may read of a record, if they may also do this with it now."""
    view = open_record(unit, record_id, by=by, now=now)
    said = ask_policy(unit, action, by=by, record=view.record, now=now)
    if not said.allowed:
        purpose = Purpose.TREATMENT
        unit.audit.note(Note(now, action, False, said.rule, by.id, record_id, purpose))
        raise NotPermitted
    return view


def open_segment(
    unit: Unit,
    tracking_id: TrackingId,
    *,
    by: Person,
    now: datetime,
    within: RecordId | None = None,
) -> tuple[Segment, Record]:
    """Return one segment if this person may read it now, and note the reading.

    Raises NotPermitted for a refusal and for a segment that is not there, or not `within` a record.
    """
    try:
        segment = unit.segments.segment(tracking_id)
        if within is not None and segment.record != within:
            raise NotFound
    except NotFound:
        rule = "no_such_segment"
        refuse_unknown(unit, Action.READ_SEGMENT, by=by, now=now, rule=rule, ref=tracking_id)
    seen, record = look_into(unit, segment, by=by, now=now, ref=tracking_id)
    if not seen.standing and by.id != record.patient:
        raise NotPermitted
    return seen, record


def look_into(
    unit: Unit, segment: Segment, *, by: Person, now: datetime, ref: str
) -> tuple[Segment, Record]:
    """Return a segment as this person may see it now, and note under `ref` that it was read."""
    record, leave = admit(
        unit,
        Action.READ_SEGMENT,
        by=by,
        record_id=segment.record,
        now=now,
        part=Part(segment.kind, segment.id),
        ref=ref,
    )
    return reach_of(unit, record, by=by, now=now, leave=leave).seen(segment), record


def points_of(
    unit: Unit, view: RecordView, code: Code, *, now: datetime, days: int
) -> tuple[Point, ...]:
    """Return the numbers of a code of the last `days` days, as far as they are open."""
    if MEANINGS[code].kind not in view.kinds:
        return ()
    points = unit.series.points(view.record.id, code, now - timedelta(days=days), now)
    return view.reach.points(code, points)


@dataclass(frozen=True, slots=True)
class Tied:
    """A record somebody is tied to, the patient, and how."""

    record: Record
    patient: Person
    relationship: Relationship


def records_of(unit: Unit, *, by: Person, now: datetime, ties: Sequence[Tie]) -> tuple[Tied, ...]:
    """Return the records this person is tied to in one of these ways now, by the patient's name."""
    found = []
    for relationship in unit.relationships.of_person(by.id):
        if relationship.tie in ties and relationship.holds(now):
            record = unit.records.record(relationship.record)
            if ask_policy(unit, Action.SEE_RECORD, by=by, record=record, now=now).allowed:
                found.append(Tied(record, unit.people.person(record.patient), relationship))
    return tuple(sorted(found, key=lambda one: one.patient.name))


@dataclass(frozen=True, slots=True)
class Cared:
    """A record a doctor or nurse cares for, by name or in a care team, and since when."""

    record: Record
    patient: Person
    leave: Leave
    since: datetime
    named: bool

    def ask(self, action: Action, *, by: Person, now: datetime) -> Ask:
        """Return a question to the policy about this record."""
        return Ask(action, by, self.record, now, leave=self.leave)


def patients_of(
    unit: Unit, *, by: Person, now: datetime, only: Collection[RecordId] | None = None
) -> tuple[Cared, ...]:
    """Return the records a doctor or nurse cares for now, by the patient's name.

    The number of statements does not grow with the patients; `only` asks for some records.
    """
    ids = unit.many.tied(by.id, by.organisation) if only is None else only
    leaves = unit.many.leaves(ids)
    found = [
        _cared(record, patient, leaves[record.id], by=by, now=now)
        for record, patient in unit.many.patients(ids).values()
        if _is_mine(Ask(Action.SEE_RECORD, by, record, now, leave=leaves[record.id]))
    ]
    unit.wall.admit(one.record.id for one in found)
    return tuple(sorted(found, key=lambda one: one.patient.name))


def _is_mine(ask: Ask) -> bool:
    return cares_for_the_patient(ask) and decide(ask).allowed


def _cared(record: Record, patient: Person, leave: Leave, *, by: Person, now: datetime) -> Cared:
    mine = [one for one in leave.relationships if one.person == by.id]
    given = [one.given for one in leave.grants if one.names(by.id, by.organisation)]
    since = min([one.since for one in mine] or given)
    return Cared(record, patient, leave, since, any(one.holds(now) for one in mine))


LIST, WORKLIST = "list", "worklist"  # what a line about a list refers to


def list_patients(unit: Unit, *, by: Person, now: datetime) -> tuple[Cared, ...]:
    """Return the patients of a doctor or nurse by name; noted: the list, and each who is on it."""
    found = patients_of(unit, by=by, now=now)
    note_list(unit, {one.record.id: frozenset() for one in found}, by=by, now=now, ref=LIST)
    return found


def note_list(
    unit: Unit,
    shown: Mapping[RecordId, frozenset[SegmentKind]],
    *,
    by: Person,
    now: datetime,
    ref: str,
) -> None:
    """Note a list in one line, and one line for each patient on it with the kinds it showed."""
    every = frozenset[SegmentKind]().union(*shown.values())
    lines = [(None, every), *shown.items()]
    for record, kinds in lines:
        action = Action.READ_SEGMENT if kinds or record is None else Action.SEE_RECORD
        rule, purpose = "readable" if kinds else "care_relationship", Purpose.TREATMENT
        unit.audit.note(Note(now, action, True, rule, by.id, record, purpose, kinds, ref))


def is_clinician(person: Person) -> bool:
    """Say whether this person is a doctor or a nurse."""
    return bool(person.roles & {Role.DOCTOR, Role.NURSE})
