"""Hiding: a kind, a segment or an entry that stays hidden, whatever has been granted."""

from dataclasses import dataclass, replace
from datetime import datetime

from records.consent import Hiding, Part
from records.errors import NotFound, NotPermitted, NotValid
from records.people import Organisation, Person
from records.policy import RELEASE_PURPOSES, Action
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.tracking import HidingId, OrganisationId, PersonId, RecordId, fresh


@dataclass(frozen=True, slots=True)
class Concealment:
    """What the patient wishes to hide: from everyone where nobody is named, until `until`."""

    part: Part
    until: datetime | None = None
    person: PersonId | None = None
    organisation: OrganisationId | None = None


@dataclass(frozen=True, slots=True)
class HidingView:
    """What stays hidden and from whom; None means from everyone."""

    hiding: Hiding
    whom: Person | Organisation | None


def hide(
    unit: Unit, wish: Concealment, *, record_id: RecordId, by: Person, now: datetime
) -> Hiding:
    """Hide a part of the record; the next request of whom it is hidden from finds nothing there.

    Hiding the same from the same again changes until when. Raises NotValid for a time that is past
    and for a part that is not of this record.
    """
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now, part=wish.part)
    if wish.until is not None and wish.until <= now:
        raise NotValid("until", "until_is_past")
    _check_part(unit, wish.part, record_id)
    unit.records.lock(record_id)
    before = _same(unit, wish, record_id, now)
    hiding = Hiding(
        id=before.id if before else HidingId(fresh()),
        record=record_id,
        part=wish.part,
        hidden=now,
        hidden_by=by.id,
        until=wish.until,
        person=wish.person,
        organisation=wish.organisation,
        version=before.version + 1 if before else 1,
    )
    _keep(unit, hiding, now)
    return hiding


def show_again(unit: Unit, hiding_id: HidingId, *, by: Person, now: datetime) -> Hiding:
    """Lift a hiding: what was granted before can be seen again."""
    try:
        hiding = unit.hidings.hiding(hiding_id)
    except NotFound:
        refuse_unknown(unit, Action.GIVE_GRANT, by=by, now=now, rule="no_such_hiding")
    permit(unit, Action.GIVE_GRANT, by=by, record_id=hiding.record, now=now, ref=hiding_id)
    unit.records.lock(hiding.record)
    hiding = unit.hidings.hiding(hiding_id)
    if not hiding.open(now):
        return hiding
    lifted = replace(hiding, lifted=now, version=hiding.version + 1)
    _keep(unit, lifted, now)
    return lifted


def hidings_of(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime
) -> tuple[HidingView, ...]:
    """Return what is hidden now and from whom, the newest first."""
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    found = [one for one in unit.hidings.of_record(record_id) if one.open(now)]
    found.sort(key=lambda one: one.hidden, reverse=True)
    return tuple(HidingView(one, whom_hidden(unit, one)) for one in found)


def _check_part(unit: Unit, part: Part, record_id: RecordId) -> None:
    if part.segment is None:
        return
    try:
        segment = unit.segments.segment(part.segment)
    except NotFound:
        raise NotPermitted from None
    entries = {one.id for one in segment.observations}
    known = part.entry is None or part.entry in entries
    if segment.record != record_id or segment.kind is not part.kind or not known:
        raise NotPermitted


def _same(unit: Unit, wish: Concealment, record_id: RecordId, now: datetime) -> Hiding | None:
    wanted = (wish.part, wish.person, wish.organisation)
    return next(
        (
            one
            for one in unit.hidings.of_record(record_id)
            if one.open(now) and (one.part, one.person, one.organisation) == wanted
        ),
        None,
    )


def _keep(unit: Unit, hiding: Hiding, now: datetime) -> None:
    """Keep a hiding, and have what was published brought up to date, now and when it runs out."""
    unit.hidings.put(hiding)
    for grant in unit.grants.of_record(hiding.record):
        if grant.purpose in RELEASE_PURPOSES and grant.open(now):
            unit.publications.request(grant)
            if hiding.until is not None and hiding.lifted is None:
                key = f"release:{grant.id}:{hiding.id}:{hiding.version}"
                unit.timetable.set(key, hiding.until, "release", grant.id)


def whom_hidden(unit: Unit, hiding: Hiding) -> Person | Organisation | None:
    """Return from whom it is hidden; None means from everyone."""
    if hiding.person is not None:
        return unit.people.person(hiding.person)
    if hiding.organisation is not None:
        return unit.people.organisation(hiding.organisation)
    return None
