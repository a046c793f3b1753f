"""Worlds of the handwritten law (tests/law.py) as the house knows them."""

from datetime import datetime, timedelta
from typing import Any

from records.consent import Emergency, Grant, Hiding, Label, Part
from records.people import Basis, Person, Place, Record, Relationship, Scope, Tie
from records.policy import Action, Ask, Leave
from records.tracking import (
    EmergencyId,
    GlobalId,
    GrantId,
    HidingId,
    ObservationId,
    OrganisationId,
    PersonId,
    RecordId,
    RelationshipId,
    TrackingId,
)
from records.vocabulary import Code, Language, Purpose, Role, SegmentKind
from tests.cast import NOON, ZONE

PATIENT, READER, OTHER = "patient", "reader", "other"
RECORD = Record(RecordId("r"), PersonId(PATIENT), GlobalId("g"), Place("private", "g"))

World = dict[str, Any]
Told = tuple[str, str | None, str | None, str | None]

LONG_AGO, LONG = -48, 48  # hours from now


def a_tie(tie: str, scopes: tuple[str, ...] = (), **more: Any) -> World:
    """Return a tie of the reader that both confirmed and nobody ended."""
    told = {"who": READER, "tie": tie, "scopes": set(scopes), "basis": None, "since": LONG_AGO}
    ended = {"by_patient": True, "by_other": True, "ended": None, "until": None, "rests": False}
    return {**told, **ended, **more}


def a_grant(*kinds: str, **more: Any) -> World:
    """Return an open grant of these kinds to the reader, for treatment."""
    given = {"who": READER, "organisation": None, "purpose": "treatment", "given": LONG_AGO}
    ends = {"until": LONG, "withdrawn": None, "kinds": set(kinds), "ceiling": 2}
    return {**given, **ends, "from": None, "to": None, "parts": [], **more}


def a_hiding(part: Told, **more: Any) -> World:
    """Return a part that is hidden now from everyone."""
    hidden = {"who": None, "organisation": None, "hidden": LONG_AGO, "until": None, "lifted": None}
    return {**hidden, "part": part, **more}


def an_emergency(**more: Any) -> World:
    """Return an emergency that the reader opened and that has not ended."""
    opened = {"who": READER, "organisation": "clinic", "opened": -1, "until": 3, "closed": None}
    return {**opened, **more}


def a_world(
    roles: tuple[str, ...] = (), organisation: str | None = None, who: str = READER, **more: Any
) -> World:
    """Return a world in which nothing is open to the reader but what `more` says."""
    reader = {"id": who, "roles": set(roles), "organisation": organisation}
    nothing: World = {"ties": [], "grants": [], "hidings": [], "emergencies": []}
    return {"reader": reader, "patient": PATIENT, **nothing, **more}


def moment(hour: int | None) -> Any:
    """Return the moment this many hours from noon; None for never."""
    return None if hour is None else NOON + timedelta(hours=hour)


def a_part(told: Told) -> Part:
    kind, segment, entry, code = told
    return Part(
        SegmentKind(kind),
        TrackingId(segment) if segment else None,
        ObservationId(entry) if entry else None,
        Code(code) if code else None,
    )


def a_person(told: World) -> Person:
    roles = frozenset(Role(one) for one in told["roles"])
    return Person(
        PersonId(told["id"]), "", Language.ENGLISH, ZONE, roles, _organisation(told["organisation"])
    )


def leave_in(world: World) -> Leave:
    return Leave(
        tuple(_relationship(one) for one in world["ties"]),
        tuple(_grant(one) for one in world["grants"]),
        tuple(_hiding(one) for one in world["hidings"]),
        tuple(_emergency(one) for one in world["emergencies"]),
    )


def asked(
    world: World,
    action: str,
    purpose: str,
    *,
    leave: Leave | None = None,
    part: Part | None = None,
    label: Label | None = None,
    at: datetime | None = None,
) -> Ask:
    """Return a question to the policy about a world; `leave` is what it says, if known already."""
    known = leave_in(world) if leave is None else leave
    by = a_person(world["reader"])
    return Ask(Action(action), by, RECORD, NOON, Purpose(purpose), known, part, label, at)


def _record(one: World) -> RecordId:
    return RecordId(one.get("record") or RECORD.id)


def _person(one: str | None) -> PersonId | None:
    return PersonId(one) if one else None


def _organisation(one: str | None) -> OrganisationId | None:
    return OrganisationId(one) if one else None


def _relationship(one: World) -> Relationship:
    return Relationship(
        RelationshipId("t"),
        _record(one),
        PersonId(one["who"]),
        Tie(one["tie"]),
        frozenset(Scope(scope) for scope in one["scopes"]),
        moment(one["since"]),
        moment(one["since"]) if one["by_patient"] else None,
        moment(one["since"]) if one["by_other"] else None,
        ended=moment(one["ended"]),
        until=moment(one["until"]),
        basis=Basis(one["basis"]) if one["basis"] else None,
        suspended=moment(LONG_AGO) if one["rests"] else None,
    )


def _grant(one: World) -> Grant:
    return Grant(
        GrantId("g"),
        _record(one),
        frozenset(SegmentKind(kind) for kind in one["kinds"]),
        Purpose(one["purpose"]),
        moment(one["given"]),
        moment(one["until"]),
        _person(one["who"]),
        _organisation(one["organisation"]),
        withdrawn=moment(one["withdrawn"]),
        ceiling=Label(one["ceiling"]),
        data_from=moment(one["from"]),
        data_until=moment(one["to"]),
        parts=frozenset(a_part(part) for part in one["parts"]),
    )


def _hiding(one: World) -> Hiding:
    return Hiding(
        HidingId("h"),
        _record(one),
        a_part(one["part"]),
        moment(one["hidden"]),
        PersonId(PATIENT),
        until=moment(one["until"]),
        person=_person(one["who"]),
        organisation=_organisation(one["organisation"]),
        lifted=moment(one["lifted"]),
    )


def _emergency(one: World) -> Emergency:
    return Emergency(
        EmergencyId("e"),
        _record(one),
        PersonId(one["who"]),
        "",
        moment(one["opened"]),
        moment(one["until"]),
        closed=moment(one["closed"]),
        organisation=_organisation(one["organisation"]),
    )
