"""One-time links: a chat to a person, a caregiver to a patient, a person to the site."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from records.chats import Chat
from records.errors import LinkExpired, LinkUsed, NotPermitted
from records.people import Person, Record, Relationship, Scope, Tie
from records.policy import Action
from records.services.enrolling import confirm_care, offer_care
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


LIFETIMES = {
    LinkPurpose.CHAT: timedelta(minutes=10),
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.CAREGIVER: timedelta(hours=24),
    LinkPurpose.SIGN_IN: timedelta(minutes=10),
}


def make_link(
    unit: Unit,
    purpose: LinkPurpose,
    *,
    now: datetime,
    person: PersonId | None = None,
    record: RecordId | None = None,
) -> str:
    """Return the payload of a new one-time link: its purpose, an underscore and a random token."""
    link = Link(purpose, person, record, now + LIFETIMES[purpose])
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
    """Tie a chat to the person its link was made for, once the person has confirmed in the chat."""
    purpose = LinkPurpose(payload[:1])
    link = use_link(unit, payload, purpose, now)
    if purpose not in (LinkPurpose.CHAT, LinkPurpose.INVITATION) or link.person is None:
        raise LinkExpired
    person = unit.people.person(link.person)
    unit.chats.put(replace(chat, person=person.id, language=person.language))
    return person


def accept_help(
    unit: Unit, payload: str, *, by: Person, now: datetime
) -> tuple[Relationship, Record]:
    """Become the caregiver a patient's link asks for; the patient confirmed by making the link."""
    link = use_link(unit, payload, LinkPurpose.CAREGIVER, now)
    if link.record is None:
        raise LinkExpired
    record = unit.records.record(link.record)
    if by.id == record.patient:
        raise NotPermitted
    offered = offer_care(
        unit,
        record_id=record.id,
        person=by,
        tie=Tie.CAREGIVER,
        now=now,
        scopes=tuple(Scope),
        by_patient=True,
    )
    if Role.CAREGIVER not in by.roles:
        unit.people.put(replace(by, roles=by.roles | {Role.CAREGIVER}))
    return confirm_care(unit, offered, by=by, now=now), record


def invite_caregiver(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> str:
    """Return the payload of a link that makes whoever opens it first a caregiver of this record."""
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    return make_link(unit, LinkPurpose.CAREGIVER, now=now, record=record_id)


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
    "invite_caregiver",
    "link_chat",
    "look_at",
    "make_link",
    "use_link",
]
