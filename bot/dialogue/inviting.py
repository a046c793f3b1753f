"""The first minute of somebody a clinic invited, before the chat is anybody's."""

from bot.dialogue.linking import Visit
from bot.dialogue.messages import Edit, Reply
from records.chats import Card, MessageId, Tap, TapName
from records.errors import LinkExpired, LinkUsed, NotFound
from records.people import Person, Tie
from records.services.linking import LinkPurpose, look_at
from records.services.ports import Link
from records.tracking import PersonId
from records.wording import inviting, menus
from records.wording import linking as cards
from records.wording.settings import choose_language_card


def tap_of_nobody(visit: Visit, tap: Tap, message: MessageId) -> list[Reply] | None:
    """Show what somebody may look up whom the chat does not know; None for other taps."""
    match tap:
        case Tap(TapName.MENU, "code"):
            return [Edit(message, menus.code_card(visit.language))]
        case Tap(TapName.MENU, "language"):
            return [Edit(message, choose_language_card())]
        case Tap(TapName.MENU, "read_more"):
            number = visit.settings.emergency_number
            return [Edit(message, inviting.more_card(emergency=number, language=visit.language))]
    return None


def invite(visit: Visit) -> Card | None:
    """Return who invites, to somebody who has chosen a language for an invitation."""
    payload = (visit.waiting("link") or "").partition("\n")[0]
    if not payload.startswith(LinkPurpose.INVITATION):
        return None
    try:
        link = look_at(visit.unit, payload, visit.now)
    except LinkUsed:
        return cards.link_used_card(visit.language)
    except (LinkExpired, NotFound):
        return cards.link_expired_card(visit.language)
    person = visit.unit.people.person(PersonId(link.person or ""))
    doctor = _doctor_of(visit, person, link)
    return inviting.invited_card(person.name, doctor=doctor, language=visit.language)


def _doctor_of(visit: Visit, patient: Person, link: Link) -> str:
    """Return the name of who invites, else of the first doctor who treats a patient, or nothing."""
    record = visit.unit.records.of_patient(patient.id)
    ties = visit.unit.relationships.of_record(record.id) if record else ()
    inviting_one = [one for one in ties if one.id == link.ref]
    treating = [one for one in ties if one.tie is Tie.DOCTOR and one.holds(visit.now)]
    found = (*inviting_one, *treating)
    return next((visit.unit.people.person(one.person).name for one in found), "")
