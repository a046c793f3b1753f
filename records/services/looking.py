"""Who looked, as a patient asks it: by day and person, at what, why, where, and how often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from records.consent import Grant
from records.people import Person
from records.policy import Action
from records.services.consenting import Look, who_looked
from records.services.noting import READING
from records.services.ports import Face, Note, Unit
from records.services.viewing import LIST, WORKLIST
from records.tracking import PersonId, RecordId
from records.vocabulary import Purpose, SegmentKind
from records.walltime import wall_of

LOOKING = frozenset(READING) | {Action.READ_RELEASED}
"""What only looks; the rest changed something, or was about the sharing itself."""


class What(StrEnum):
    """What somebody did, as far as it matters to whose record it is."""

    READ = "read"
    NAMED = "named"  # saw no more than the name
    LISTED = "listed"  # saw the patient in a list
    COPIED = "copied"
    ORDERS = "orders"
    RELEASED = "released"
    REFUSED = "refused"
    ELSE = "else"  # what is no look: the action says what


class Why(StrEnum):
    """Why somebody could look, or could not."""

    OWN = "own"
    HELPS = "helps"
    LEAVE = "leave"
    CARES = "cares"
    RELEASE = "release"
    EMERGENCY = "emergency"
    NO_LEAVE = "no_leave"


@dataclass(frozen=True, slots=True)
class Visit:
    """What one person did on one day in one way: at which kinds, when, where and why."""

    what: What
    action: Action
    why: Why
    kinds: frozenset[SegmentKind]
    times: tuple[datetime, ...]
    faces: frozenset[Face]


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person's visits on one day, the newest first; nobody where nobody was signed in.

    `grant` is the open grant by which the person looks: the one to stop.
    """

    day: date
    by: Person | None
    visits: tuple[Visit, ...]
    grant: Grant | None = None


def visitors(
    looks: Sequence[Look], *, zone: str, grants: Iterable[Grant] = ()
) -> tuple[Visitor, ...]:
    """Return looks by day and person, the newest first; `grants` are those that are open."""
    open_ = tuple(grants)
    found: dict[tuple[date, PersonId | None], Visitor] = {}
    for look in looks:
        day = wall_of(look.note.at, zone).date()
        key = (day, look.note.by)
        grant = next((one for one in open_ if _is_for(one, look.by)), None)
        before = found.get(key) or Visitor(day, look.by, (), grant)
        found[key] = replace(before, visits=_with(before.visits, look.note))
    return tuple(found.values())


def who_visited(
    unit: Unit,
    record_id: RecordId,
    *,
    by: Person,
    now: datetime,
    zone: str,
    others: bool = True,
    limit: int = 500,
) -> tuple[Visitor, ...]:
    """Return who looked by day and person, and the open grant of each; noted like any look."""
    looks = who_looked(unit, record_id, by=by, now=now, others=others, limit=limit)
    grants = [one for one in unit.grants.of_record(record_id) if one.open(now)]
    return visitors(looks, zone=zone, grants=grants)


def what_of(note: Note) -> What:
    """Return what a line of the log comes to."""
    if not note.allowed:
        return What.REFUSED
    if note.ref in (LIST, WORKLIST):
        return What.LISTED
    return _WHAT.get(note.action, What.ELSE)


def why_of(note: Note) -> Why:
    """Return why the policy allowed it, from the clause that decided."""
    clauses = set(note.rule.split("+"))
    if not note.allowed:
        return Why.NO_LEAVE
    if note.purpose is Purpose.OWN or "is_the_patient" in clauses:
        return Why.OWN
    if note.purpose is Purpose.EMERGENCY:
        return Why.EMERGENCY
    for why, named in _WHY.items():
        if any(one.startswith(named) for one in clauses):
            return why
    return Why.CARES if note.action in (Action.SEE_RECORD, Action.SEE_ORDERS) else Why.LEAVE


def _is_for(grant: Grant, who: Person | None) -> bool:
    if who is None:
        return False
    of_theirs = grant.organisation is not None and grant.organisation == who.organisation
    return grant.person == who.id or of_theirs


def _with(visits: tuple[Visit, ...], note: Note) -> tuple[Visit, ...]:
    new = Visit(
        what_of(note),
        note.action,
        why_of(note),
        note.kinds,
        (note.at,),
        frozenset({note.face}) if note.face else frozenset(),
    )
    for number, one in enumerate(visits):
        if _same(one, new):
            joined = replace(
                one,
                kinds=one.kinds | new.kinds,
                times=one.times + new.times,
                faces=one.faces | new.faces,
            )
            return (*visits[:number], joined, *visits[number + 1 :])
    return (*visits, new)


def _same(one: Visit, other: Visit) -> bool:
    if (one.what, one.why) != (other.what, other.why):
        return False
    return one.action is other.action or one.what in (What.LISTED, What.REFUSED)


_WHAT = {
    Action.SEE_RECORD: What.NAMED,
    Action.READ_SEGMENT: What.READ,
    Action.HAND_OUT: What.COPIED,
    Action.SEE_ORDERS: What.ORDERS,
    Action.READ_RELEASED: What.RELEASED,
}
_WHY = {
    Why.EMERGENCY: ("opened_", "asks_in_an_emergency"),
    Why.RELEASE: ("is_a_third_party",),
    Why.HELPS: ("helps_", "guards_"),
    Why.LEAVE: ("holds_an_open_grant", "was_given_leave", "readable"),
    Why.CARES: (
        "treats_the_patient",
        "nurses_the_patient",
        "is_of_the_care_team",
        "care_relationship",
    ),
}
