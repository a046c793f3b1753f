"""Answering a request for leave: all of it, some of it, or no."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from records.consent import Grant
from records.errors import NotFound, NotPermitted
from records.people import Person, Tie
from records.policy import RELEASE_PURPOSES, Action
from records.requests import Request, RequestState
from records.services.consenting import Wish, give_grant
from records.services.enrolling import confirm_care, offer_care
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.tracking import RequestId
from records.vocabulary import Role, SegmentKind

_TIES = (Tie.DOCTOR, Tie.NURSE)


def waiting_request(unit: Unit, request_id: RequestId, *, by: Person, now: datetime) -> Request:
    """Return a request this person may answer now; raises NotPermitted for any other."""
    try:
        request = unit.requests.request(request_id)
    except NotFound:
        refuse_unknown(unit, Action.GIVE_GRANT, by=by, now=now, rule="no_such_request")
    permit(
        unit,
        Action.GIVE_GRANT,
        by=by,
        record_id=request.record,
        now=now,
        purpose=request.purpose,
        ref=request_id,
    )
    if request.state(now) is not RequestState.WAITING:
        raise NotPermitted
    return request


def agree(
    unit: Unit,
    request_id: RequestId,
    kinds: Iterable[SegmentKind],
    *,
    by: Person,
    now: datetime,
) -> Grant:
    """Give what was asked for, or those kinds of it; a colleague is tied to the patient by that."""
    request = waiting_request(unit, request_id, by=by, now=now)
    unit.records.lock(request.record)
    request = waiting_request(unit, request_id, by=by, now=now)
    chosen = frozenset(kinds) & request.kinds
    until = now + timedelta(days=request.days)
    _bring_in(unit, request, until, by=by, now=now)
    wish = _wish(unit, request, chosen, until, now)
    grant = give_grant(unit, wish, record_id=request.record, by=by, now=now)
    _answer(unit, replace(request, grant=grant.id), now)
    return grant


def _wish(
    unit: Unit, request: Request, chosen: frozenset[SegmentKind], until: datetime, now: datetime
) -> Wish:
    """Return the grant asked for: a release grows, any other stands beside what was given."""
    wish = Wish(
        chosen,
        request.purpose,
        until,
        person=request.person,
        organisation=request.organisation,
        beside=request.purpose not in RELEASE_PURPOSES,
    )
    for one in unit.grants.of_record(request.record):
        same = (one.organisation, one.purpose) == (request.organisation, request.purpose)
        if chosen and same and request.organisation is not None and one.open(now):
            longer = None if one.until is None else max(one.until, until)
            kinds = one.kinds | chosen
            return replace(wish, kinds=kinds, until=longer, ceiling=one.ceiling, grant=one.id)
    return wish


def _bring_in(unit: Unit, request: Request, until: datetime, *, by: Person, now: datetime) -> None:
    """Tie a colleague to the patient for as long as the leave lasts."""
    if request.person is None:
        return
    person = unit.people.person(request.person)
    ties = unit.relationships.of_record(request.record)
    if any(one.person == person.id and one.tie in _TIES and one.holds(now) for one in ties):
        return
    tie = Tie.DOCTOR if Role.DOCTOR in person.roles else Tie.NURSE
    offered = offer_care(
        unit,
        record_id=request.record,
        person=person,
        tie=tie,
        now=now,
        by_patient=False,
        until=until,
    )
    confirm_care(unit, offered, by=by, now=now)


def refuse(unit: Unit, request_id: RequestId, *, by: Person, now: datetime) -> Request:
    """Refuse a request; who asked reads "not given" and no more."""
    request = waiting_request(unit, request_id, by=by, now=now)
    return _answer(unit, request, now)


def _answer(unit: Unit, request: Request, now: datetime) -> Request:
    answered = replace(request, answered=now, version=request.version + 1)
    unit.requests.put(answered)
    return answered
