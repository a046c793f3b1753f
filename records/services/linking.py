"""One-time links: a chat to a person, a caregiver to a patient, a person to the site."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from records.chats import Chat
from records.errors import LinkExpired, LinkUsed, NotFound, NotPermitted, NotValid
from records.people import (
    CHOSEN_HELP,
    LONGEST_HELP,
    USUAL_HELP,
    Basis,
    Person,
    Record,
    Relationship,
    Scope,
    Tie,
)
from records.policy import Action
from records.services.enrolling import confirm_care, offer_care
from records.services.expiring import keep_help
from records.services.helping import guardians_of, helpers_of
from records.services.inviting import say_yes
from records.services.managing import hand_over, take_over
from records.services.permitting import permit
from records.services.ports import Link, Unit
from records.tracking import PersonId, RecordId
from records.vocabulary import Role


class LinkPurpose(StrEnum):
    """What a one-time link is for; its value is the prefix of the deep link's payload."""

    CHAT = "c"  # from the site to a chat
    INVITATION = "i"  # from the clinic to a patient's chat
    CAREGIVER = "f"  # from a patient to a caregiver
    SIGN_IN = "s"  # from a chat to the site
    TAKE_OVER = "t"  # from a guardian to the patient, who has a phone now


LIFETIMES = {
    LinkPurpose.CHAT: timedelta(minutes=10),
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.CAREGIVER: timedelta(hours=24),
    LinkPurpose.SIGN_IN: timedelta(minutes=10),
    LinkPurpose.TAKE_OVER: timedelta(hours=24),
}
OF_THE_PATIENT = (LinkPurpose.INVITATION, LinkPurpose.TAKE_OVER)
"""Links that somebody who knows the patient hands over: the patient confirms in the chat."""


def make_link(
    unit: Unit,
    purpose: LinkPurpose,
    *,
    now: datetime,
    person: PersonId | None = None,
    record: RecordId | None = None,
    ref: str = "",
) -> str:
    """Return the payload of a new one-time link: its purpose, an underscore and a random token."""
    link = Link(purpose, person, record, now + LIFETIMES[purpose], ref)
    return f"{purpose}_{unit.links.make(link)}"


def look_at(unit: Unit, payload: str, now: datetime) -> Link:
    """Return what a payload stands for without using it up; raises LinkUsed or LinkExpired."""
    return unit.links.look(_token(payload), now)


def use_link(unit: Unit, payload: str, purpose: LinkPurpose, now: datetime) -> Link:
    """Use a link up for one purpose; raises LinkUsed or LinkExpired."""
    if not payload.startswith(f"{purpose}_"):
        raise LinkExpired
    return unit.links.use(_token(payload), now)


def link_chat(unit: Unit, chat: Chat, payload: str, *, now: datetime) -> Person:
    """Tie a chat to the person its link was made for, once the person has confirmed in the chat.

    A patient for whom somebody decided until now decides from here on.
    """
    purpose = LinkPurpose(payload[:1])
    link = use_link(unit, payload, purpose, now)
    if purpose not in (*OF_THE_PATIENT, LinkPurpose.CHAT) or link.person is None:
        raise LinkExpired
    person = unit.people.person(link.person)
    say_yes(unit, link, patient=person, now=now)
    unit.chats.put(replace(chat, person=person.id, language=person.language))
    take_over(unit, person, now=now)
    return person


def accept_help(
    unit: Unit, payload: str, *, by: Person, now: datetime
) -> tuple[Relationship, Record]:
    """Become the caregiver a patient's link asks for; the patient confirmed by making the link.

    Whoever helps already may from now on do what the link says as well.
    """
    link = use_link(unit, payload, LinkPurpose.CAREGIVER, now)
    if link.record is None:
        raise LinkExpired
    record = unit.records.record(link.record)
    if by.id == record.patient:
        raise NotPermitted
    unit.records.lock(record.id)
    if Role.CAREGIVER not in by.roles:
        unit.people.put(replace(by, roles=by.roles | {Role.CAREGIVER}))
    scopes = scopes_of(link)
    helping = _helps_now(unit, record, by, scopes, now) or _begin(unit, record, by, scopes, now)
    if Scope.GUARDIAN in scopes:
        hand_over(unit, helping, now=now)
    return helping, record


def _begin(
    unit: Unit, record: Record, by: Person, scopes: frozenset[Scope], now: datetime
) -> Relationship:
    guardian = Scope.GUARDIAN in scopes
    offered = offer_care(
        unit,
        record_id=record.id,
        person=by,
        tie=Tie.CAREGIVER,
        now=now,
        scopes=scopes,
        by_patient=True,
        until=None if guardian else now + LONGEST_HELP,
        basis=Basis.ASKED if guardian else None,
    )
    return confirm_care(unit, offered, by=by, now=now)


def _helps_now(
    unit: Unit, record: Record, by: Person, scopes: frozenset[Scope], now: datetime
) -> Relationship | None:
    """Return the help that is given already, with what the link adds to it, for a year more."""
    for one in helpers_of(unit, record.id, now):
        if one.person == by.id and one.basis is not Basis.CLINIC:
            both = one.scopes | scopes
            guardian = Scope.GUARDIAN in both
            changed = replace(
                one,
                scopes=both,
                until=None if guardian else now + LONGEST_HELP,
                basis=one.basis or (Basis.ASKED if guardian else None),
                version=one.version + 1,
            )
            keep_help(unit, changed)
            return changed
    return None


def scopes_of(link: Link) -> frozenset[Scope]:
    """Return what a caregiver's link lets its finder do."""
    named = link.ref.split(",") if link.ref else []
    return frozenset(Scope(one) for one in named if one in set(Scope)) or USUAL_HELP


def invite_caregiver(
    unit: Unit,
    record_id: RecordId,
    *,
    by: Person,
    now: datetime,
    scopes: Iterable[Scope] = USUAL_HELP,
) -> str:
    """Return the payload of a link that makes whoever opens it first a caregiver of this record.

    They may do what `scopes` says; only who decides for a patient lets another do so too.
    """
    permit(unit, Action.CHOOSE_HELP, by=by, record_id=record_id, now=now)
    chosen = frozenset(scopes)
    if Scope.GUARDIAN in chosen and not guardians_of(unit, record_id, now):
        raise NotPermitted
    return make_link(unit, LinkPurpose.CAREGIVER, now=now, record=record_id, ref=_ref(chosen))


def take_over_link(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> str:
    """Return the payload of a link by which the patient takes the own record over."""
    record = permit(unit, Action.HAND_OVER, by=by, record_id=record_id, now=now)
    return make_link(unit, LinkPurpose.TAKE_OVER, now=now, person=record.patient, record=record_id)


def link_name(payload: str) -> str:
    """Return by what a link may be spoken of where its secret must not stand."""
    return hashlib.sha256(_token(payload).encode()).hexdigest()


def invited_help(unit: Unit, name: str, *, by: Person, now: datetime) -> frozenset[Scope]:
    """Return what a link that nobody has opened yet lets its finder do."""
    return scopes_of(_own_link(unit, name, by=by, now=now))


def change_invitation(
    unit: Unit, name: str, scopes: Iterable[Scope], *, by: Person, now: datetime
) -> frozenset[Scope]:
    """Let a link that nobody has opened yet allow exactly this; raises NotValid for nothing."""
    link = _own_link(unit, name, by=by, now=now)
    chosen = frozenset(scopes) & frozenset(CHOSEN_HELP)
    if not chosen:
        raise NotValid("scopes", "choose_some_help")
    kept = chosen | (scopes_of(link) & {Scope.GUARDIAN})
    unit.links.change(name, _ref(kept))
    return kept


def _own_link(unit: Unit, name: str, *, by: Person, now: datetime) -> Link:
    try:
        link = unit.links.at(name)
    except NotFound:
        raise LinkUsed from None
    if link.expires <= now or link.record is None:
        raise LinkExpired
    permit(unit, Action.CHOOSE_HELP, by=by, record_id=link.record, now=now)
    return link


def _ref(scopes: frozenset[Scope]) -> str:
    return ",".join(one for one in Scope if one in scopes)


def _token(payload: str) -> str:
    purpose, _, token = payload.partition("_")
    if purpose not in set(LinkPurpose) or not token:
        raise LinkExpired
    return token


__all__ = [
    "LIFETIMES",
    "LinkExpired",
    "LinkPurpose",
    "LinkUsed",
    "accept_help",
    "change_invitation",
    "invite_caregiver",
    "invited_help",
    "link_chat",
    "link_name",
    "look_at",
    "make_link",
    "scopes_of",
    "take_over_link",
    "use_link",
]
