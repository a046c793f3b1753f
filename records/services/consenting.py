"""The patient's leave: preview what would be seen, give, withdraw, see who looked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from records.consent import Grant, Label, Part
from records.errors import NotFound, NotValid
from records.people import Organisation, Person, Record, Tie
from records.policy import RELEASE_PURPOSES, Action, Reach
from records.services.permitting import leave_of, permit, reach_by, refuse_unknown
from records.services.ports import Note, Unit
from records.services.viewing import RecordView
from records.tracking import GrantId, OrganisationId, PersonId, RecordId, fresh
from records.vocabulary import NEVER_PUBLIC, OrganisationKind, Purpose, SegmentKind

CARING = frozenset({OrganisationKind.CLINIC, OrganisationKind.HOSPITAL})


@dataclass(frozen=True, slots=True)
class Wish:
    """A grant as the patient wishes it, before it is given.

    `grant` is the open grant it changes. With `beside` it stands beside what the grantee was given
    before; else it takes the place of that.
    """

    kinds: frozenset[SegmentKind]
    purpose: Purpose
    until: datetime | None
    person: PersonId | None = None
    organisation: OrganisationId | None = None
    ceiling: Label = Label.RESTRICTED
    data_from: datetime | None = None
    data_until: datetime | None = None
    parts: frozenset[Part] = frozenset()
    grant: GrantId | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant with whom it is given to."""

    grant: Grant
    grantee: Person | Organisation


def preview_grant(
    unit: Unit, wish: Wish, *, record_id: RecordId, by: Person, now: datetime
) -> RecordView:
    """Return exactly what the grantee would see if this grant were given now."""
    record = permit(
        unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now, purpose=wish.purpose
    )
    check_wish(unit, wish, record_id, now)
    _check_giver(wish, by)
    seen = reach_given(unit, wish, record, by=by, now=now)
    found = (seen.seen(one) for one in unit.segments.of_record(record_id, seen.kinds))
    patient = unit.people.person(record.patient)
    return RecordView(record, patient, seen, tuple(one for one in found if one.standing))


def give_grant(unit: Unit, wish: Wish, *, record_id: RecordId, by: Person, now: datetime) -> Grant:
    """Give the grant wished for, in the place of an open one to the same grantee and purpose."""
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now, purpose=wish.purpose)
    check_wish(unit, wish, record_id, now)
    _check_giver(wish, by)
    unit.records.lock(record_id)
    grant = _wished(unit, wish, record_id, by=by, now=now)
    _keep(unit, grant)
    unit.rechecks.soon(record_id, now)
    return grant


def _wished(unit: Unit, wish: Wish, record_id: RecordId, *, by: Person, now: datetime) -> Grant:
    """Return the grant wished for: the next version of an open one to the same grantee."""
    before = _open_grant(unit, wish, record_id, now)
    return Grant(
        id=before.id if before else GrantId(fresh()),
        record=record_id,
        kinds=wish.kinds,
        purpose=wish.purpose,
        given=now,
        until=wish.until,
        person=wish.person,
        organisation=wish.organisation,
        version=before.version + 1 if before else 1,
        given_by=by.id,
        ceiling=wish.ceiling,
        data_from=wish.data_from,
        data_until=wish.data_until,
        parts=wish.parts,
    )


def reach_given(unit: Unit, wish: Wish, record: Record, *, by: Person, now: datetime) -> Reach:
    """Return what the grantee could read if this grant stood in the place of the one before."""
    draft = _wished(unit, wish, record.id, by=by, now=now)
    leave = leave_of(unit, record.id)
    others = tuple(one for one in leave.grants if one.id != draft.id)
    given = replace(leave, grants=(*others, draft))
    return reach_by(unit, draft, record, given, now=now)


def withdraw_grant(unit: Unit, grant_id: GrantId, *, by: Person, now: datetime) -> Grant:
    """End a grant; the grantee's next request is refused."""
    try:
        grant = unit.grants.grant(grant_id)
    except NotFound:
        refuse_unknown(unit, Action.GIVE_GRANT, by=by, now=now, rule="no_such_grant")
    permit(
        unit,
        Action.GIVE_GRANT,
        by=by,
        record_id=grant.record,
        now=now,
        purpose=grant.purpose,
        ref=grant_id,
    )
    unit.records.lock(grant.record)
    grant = unit.grants.grant(grant_id)
    if not grant.open(now):
        return grant
    ended = replace(grant, withdrawn=now, version=grant.version + 1)
    _keep(unit, ended)
    unit.rechecks.soon(grant.record, now)
    return ended


def grants_of(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime
) -> tuple[GrantView, ...]:
    """Return the grants of a record with their grantees, the open ones first."""
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    views = [GrantView(one, grantee_of(unit, one)) for one in unit.grants.of_record(record_id)]
    return tuple(
        sorted(views, key=lambda one: (not one.grant.open(now), -one.grant.given.timestamp()))
    )


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log with the name of who it was; None where nobody was signed in."""

    note: Note
    by: Person | None


def who_looked(
    unit: Unit,
    record_id: RecordId,
    *,
    by: Person,
    now: datetime,
    limit: int = 500,
    others: bool = False,
) -> tuple[Look, ...]:
    """Return who asked for what of this record, newest first; reading the log is noted too.

    With `others` whoever asks is left out.
    """
    permit(unit, Action.SEE_ACCESS, by=by, record_id=record_id, now=now)
    names: dict[PersonId, Person] = {}
    looks = []
    for note in unit.audit.of_record(record_id, limit, but=by.id if others else None):
        if note.by and note.by not in names:
            names[note.by] = unit.people.person(note.by)
        looks.append(Look(note, names.get(note.by) if note.by else None))
    return tuple(looks)


def allowed_kinds(purpose: Purpose, kinds: Iterable[SegmentKind]) -> frozenset[SegmentKind]:
    """Return those of the kinds that a grant for this purpose may cover."""
    return frozenset(kinds) - (NEVER_PUBLIC if purpose in RELEASE_PURPOSES else frozenset())


def check_wish(unit: Unit, wish: Wish, record_id: RecordId, now: datetime) -> None:
    """Raise NotValid for a grant that cannot be given as wished."""
    if not (wish.kinds or wish.parts):
        raise NotValid("kinds", "choose_a_kind")
    if wish.until is not None and wish.until <= now:
        raise NotValid("until", "until_is_past")
    if wish.data_from and wish.data_until and wish.data_until <= wish.data_from:
        raise NotValid("data_until", "period_is_empty")
    kinds = wish.kinds | {one.kind for one in wish.parts}
    if kinds != allowed_kinds(wish.purpose, kinds):
        raise NotValid("kinds", "never_public")
    if wish.purpose in RELEASE_PURPOSES:
        if wish.organisation is None:
            raise NotValid("grantee", "choose_a_grantee")
        unit.people.organisation(wish.organisation)
        return
    if wish.organisation is not None:
        if unit.people.organisation(wish.organisation).kind not in CARING:
            raise NotValid("grantee", "choose_a_grantee")
        return
    clinicians = (Tie.DOCTOR, Tie.NURSE)
    tied = {
        r.person
        for r in unit.relationships.of_record(record_id)
        if r.tie in clinicians and r.holds(now)
    }
    if wish.person not in tied:
        raise NotValid("grantee", "choose_a_grantee")


def _check_giver(wish: Wish, by: Person) -> None:
    """Refuse that somebody who decides for a patient gives the patient's leave to themselves."""
    if wish.person == by.id:
        raise NotValid("grantee", "choose_a_grantee")


def _open_grant(unit: Unit, wish: Wish, record_id: RecordId, now: datetime) -> Grant | None:
    same = (wish.person, wish.organisation, wish.purpose)
    found = (
        one
        for one in unit.grants.of_record(record_id)
        if one.open(now) and (one.person, one.organisation, one.purpose) == same
    )
    return next((one for one in found if _is_changed(one, wish)), None)


def _is_changed(grant: Grant, wish: Wish) -> bool:
    """Say whether the wish is the next version of this grant to the same grantee."""
    if wish.grant is not None:
        return grant.id == wish.grant
    return not wish.beside or (grant.kinds, grant.parts) == (wish.kinds, wish.parts)


def _keep(unit: Unit, grant: Grant) -> None:
    unit.grants.put(grant)
    if grant.purpose in RELEASE_PURPOSES:
        unit.publications.request(grant)


def grantee_of(unit: Unit, grant: Grant) -> Person | Organisation:
    """Return whom a grant is given to."""
    if grant.person is not None:
        return unit.people.person(grant.person)
    if grant.organisation is None:
        raise NotFound
    return unit.people.organisation(grant.organisation)
