"""Asking the patient for leave: a doctor for themselves or a colleague, a third party by pseudonym.

Nothing is open before the patient agrees; who asked learns only whether leave was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from records.errors import NotFound, NotPermitted, NotValid
from records.people import Person, Record
from records.policy import Action
from records.requests import Request, RequestState
from records.services.consenting import allowed_kinds
from records.services.permitting import ask_policy, permit
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.services.viewing import note_list, patients_of
from records.tracking import PersonId, RecordId, RequestId, fresh
from records.vocabulary import Purpose, Role, SegmentKind
from records.wording.requests import Asked, request_card

LONGEST = 300  # characters of a reason: what a card can show
MOST_DAYS = 365
ASKED = "asked"  # what a line about the list of one's own requests refers to
MOST_WAITING = 3  # of one asker about one record


@dataclass(frozen=True, slots=True)
class Plea:
    """What is asked for: kinds, how long, why, and for which colleague if not for the asker."""

    kinds: frozenset[SegmentKind]
    days: int
    reason: str
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with the names in it; the patient's only where the reader knows it."""

    request: Request
    asker: Person
    whom: str
    patient: str
    state: RequestState


def colleagues_of(unit: Unit, *, by: Person) -> tuple[Person, ...]:
    """Return the clinicians of the same organisation, by name."""
    if by.organisation is None:
        return ()
    found = {one.id: one for role in CLINICIANS for one in unit.people.all_of(role)}
    ours = (one for one in found.values() if one.organisation == by.organisation)
    return tuple(sorted((one for one in ours if one.id != by.id), key=lambda one: one.name))


CLINICIANS = (Role.DOCTOR, Role.NURSE)


def ask_for_leave(
    unit: Unit, plea: Plea, *, record_id: RecordId, by: Person, now: datetime
) -> Request:
    """Ask a patient in one's care for leave, for oneself or for a colleague."""
    record = permit(unit, Action.ASK_FOR_LEAVE, by=by, record_id=record_id, now=now)
    if plea.person not in {None, by.id, *(one.id for one in colleagues_of(unit, by=by))}:
        raise NotValid("person", "choose_a_grantee")
    request = _request(record, plea, Purpose.TREATMENT, by=by, now=now)
    return _send(unit, replace(request, person=plea.person or by.id), record, by=by, now=now)


def ask_by_pseudonym(
    unit: Unit, plea: Plea, *, pseudonym: str, purpose: Purpose, by: Person, now: datetime
) -> Request:
    """Ask somebody who released something already for more, knowing only the pseudonym."""
    if by.organisation is None:
        raise NotPermitted
    try:
        record_id = unit.publications.behind(by.organisation, pseudonym)
    except NotFound:
        raise NotPermitted from None
    record = permit(
        unit, Action.ASK_FOR_LEAVE, by=by, record_id=record_id, now=now, purpose=purpose
    )
    request = _request(record, plea, purpose, by=by, now=now)
    asked = replace(request, organisation=by.organisation, pseudonym=pseudonym)
    return _send(unit, asked, record, by=by, now=now)


def _request(record: Record, plea: Plea, purpose: Purpose, *, by: Person, now: datetime) -> Request:
    kinds, reason = allowed_kinds(purpose, plea.kinds), plea.reason.strip()
    if not kinds:
        raise NotValid("kinds", "choose_a_kind")
    if kinds != plea.kinds:
        raise NotValid("kinds", "never_public")
    if not reason:
        raise NotValid("reason", "reason_needed")
    if len(reason) > LONGEST:
        raise NotValid("reason", "reason_too_long")
    if not 0 < plea.days <= MOST_DAYS:
        raise NotValid("days", "until_is_past")
    return Request(RequestId(fresh()), record.id, by.id, kinds, purpose, plea.days, reason, now)


def _send(unit: Unit, request: Request, record: Record, *, by: Person, now: datetime) -> Request:
    """Keep a request and bring it to whoever decides, unless too many wait for an answer."""
    unit.records.lock(record.id)
    waiting = [
        one
        for one in unit.requests.of_record(record.id)
        if one.asked_by == by.id and one.state(now) is RequestState.WAITING
    ]
    if len(waiting) >= MOST_WAITING:
        raise NotValid("kinds", "too_many_requests")
    unit.requests.put(request)
    asked = asked_of(unit, request)
    for person_id in _deciders(unit, record, now):
        tell(
            unit,
            person_id,
            lambda chat: request_card(asked, full=may_say_all(chat), language=chat.language),
            about=request.id,
            useful_until=request.expires,
        )
    return request


def asked_of(unit: Unit, request: Request) -> Asked:
    """Return what a card says of a request."""
    asker = unit.people.person(request.asked_by)
    organisation = unit.people.organisation(asker.organisation).name if asker.organisation else ""
    colleague = request.person not in (None, request.asked_by)
    return Asked(
        request,
        organisation if request.organisation else asker.name,
        unit.people.person(request.person).name if colleague and request.person else "",
    )


def _deciders(unit: Unit, record: Record, now: datetime) -> tuple[PersonId, ...]:
    ties = unit.relationships.of_record(record.id)
    return (record.patient, *(one.person for one in ties if one.guards(now)))


def requests_to(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime
) -> tuple[RequestView, ...]:
    """Return the requests about a record for whoever decides, those that wait first."""
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    found = [_view(unit, one, now, patient="") for one in unit.requests.of_record(record_id)]
    found.sort(key=lambda one: one.request.asked, reverse=True)
    return tuple(sorted(found, key=lambda one: one.state is not RequestState.WAITING))


def requests_by(unit: Unit, *, by: Person, now: datetime) -> tuple[RequestView, ...]:
    """Return what this person asked for and whether leave was given, the newest first.

    It is noted like any list of patients. What was asked of somebody the asker may not know of any
    more is left out, as if it had never been asked.
    """
    asked = unit.requests.asked_by(by.id)
    names = _names(unit, asked, by=by, now=now)
    known = [one for one in asked if one.pseudonym or one.record in names]
    found = [
        _view(unit, one, now, patient=one.pseudonym or names[one.record])
        for one in known
        if not one.pseudonym or _still_released(unit, one, by=by, now=now)
    ]
    return tuple(sorted(found, key=lambda one: one.request.asked, reverse=True))


def _names(
    unit: Unit, asked: Sequence[Request], *, by: Person, now: datetime
) -> dict[RecordId, str]:
    """Return the names of the asked who are in this person's care now, and note that they show."""
    by_name = {one.record for one in asked if not one.pseudonym}
    if not by_name:
        return {}
    cared = patients_of(unit, by=by, now=now, only=by_name)
    note_list(unit, {one.record.id: frozenset() for one in cared}, by=by, now=now, ref=ASKED)
    return {one.record.id: one.patient.name for one in cared}


def _still_released(unit: Unit, request: Request, *, by: Person, now: datetime) -> bool:
    """Say whether whoever is known by a pseudonym still releases something to the asker."""
    record = unit.records.record(request.record)
    return ask_policy(
        unit, Action.ASK_FOR_LEAVE, by=by, record=record, now=now, purpose=request.purpose
    ).allowed


def _view(unit: Unit, request: Request, now: datetime, *, patient: str) -> RequestView:
    asked = asked_of(unit, request)
    whom = asked.colleague or asked.asker
    asker = unit.people.person(request.asked_by)
    return RequestView(request, asker, whom, patient, request.state(now))
