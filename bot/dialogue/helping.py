"""👪 Family: who helps, what each may do, and the end of it from either side, a tap each."""

from bot.dialogue import caregiving
from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.errors import NotPermitted, NotValid
from records.people import LONGEST_HELP, Relationship, Scope
from records.services.helping import choose_help, end_care, helpers_of, is_last_guardian
from records.services.linking import (
    change_invitation,
    invite_caregiver,
    invited_help,
    link_name,
    take_over_link,
)
from records.services.managing import FULL_HELP
from records.tracking import RecordId, RelationshipId
from records.wording import helping as cards
from records.wording.linking import family_card, removed_helper_card
from records.wording.menus import used_button_card


def family(turn: Turn, whose: Whose) -> list[Reply]:
    """Show who helps the patient, or how the speaker helps, for whom the chat speaks of."""
    if whose.own or Scope.GUARDIAN in whose.scopes:
        return [_circle(turn, whose)]
    tie = _own_tie(turn, whose.record)
    own = turn.own_record() is not None
    return [cards.you_help_card(whose.name, tie, zone=turn.zone, own=own, language=turn.language)]


def _circle(turn: Turn, whose: Whose) -> Card:
    """Return a fresh link for a helper with what it lets them do, and who helps now."""
    payload = invite_caregiver(turn.unit, whose.record, by=turn.by, now=turn.now)
    helpers = tuple(
        (one.id, turn.unit.people.person(one.person).name)
        for one in helpers_of(turn.unit, whose.record, turn.now)
        if one.person != turn.by.id
    )
    name = link_name(payload)
    scopes = invited_help(turn.unit, name, by=turn.by, now=turn.now)
    rows = cards.scope_rows(scopes, asks="link", ref=name, language=turn.language)
    rows += cards.helper_rows(helpers, turn.language)
    if not whose.own:
        tie = _own_tie(turn, whose.record)
        rows += cards.guardian_rows(whose.record, whose.name, turn.language)
        rows += (cards.leave_row(tie.id, whose.name, turn.language),)
        if turn.own_record() is not None:
            rows += (cards.own_helpers_row(turn.language),)
    rows += ((cards.no_phone_button(turn.language),),)
    return family_card(turn.settings.link_to(payload), rows, turn.language)


def tapped(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Do what a button about help asks for."""
    asked, _, rest = ref.partition(".")
    match asked:
        case "link":
            return _change_link(turn, rest, message)
        case "of":
            return _show(turn, rest, message)
        case "may":
            scope, _, relationship = rest.partition(".")
            return _change(turn, Scope(scope), relationship, message)
        case "year":
            return _renew(turn, rest, message)
        case "leave":
            return _leave(turn, rest, message)
        case "own":
            return _own(turn, message)
        case "guardian" | "phone":
            return _link_of_guardian(turn, asked, RecordId(rest))
    return [used_button_card(turn.language)]


def _change_link(turn: Turn, rest: str, message: MessageId) -> list[Reply]:
    """Turn one thing over that a link lets its finder do, in the card that shows the link."""
    scope, _, name = rest.partition(".")
    before = invited_help(turn.unit, name, by=turn.by, now=turn.now)
    wished = before ^ {Scope(scope)}
    try:
        after = change_invitation(turn.unit, name, wished, by=turn.by, now=turn.now)
    except NotValid:
        after = before
    text = turn.unit.outbox.text(message)
    rows = cards.scope_rows(after, asks="link", ref=name, language=turn.language)
    return [Edit(message, cards.link_changed_card(text, rows, turn.language))]


def _show(turn: Turn, relationship: str, message: MessageId) -> list[Reply]:
    return [Edit(message, _helper_card(turn, _helper(turn, relationship)))]


def _helper_card(turn: Turn, one: Relationship) -> Card:
    name = turn.unit.people.person(one.person).name
    return cards.helper_card(name, one, zone=turn.zone, language=turn.language)


def _change(turn: Turn, scope: Scope, relationship: str, message: MessageId) -> list[Reply]:
    one = _helper(turn, relationship)
    try:
        changed = choose_help(
            turn.unit, one.id, one.scopes ^ {scope}, record_id=one.record, by=turn.by, now=turn.now
        )
    except NotValid:
        changed = one
    return [Edit(message, _helper_card(turn, changed))]


def _renew(turn: Turn, relationship: str, message: MessageId) -> list[Reply]:
    one = _helper(turn, relationship)
    changed = choose_help(
        turn.unit,
        one.id,
        one.scopes,
        record_id=one.record,
        by=turn.by,
        now=turn.now,
        until=turn.now + LONGEST_HELP,
    )
    return [Edit(message, _helper_card(turn, changed))]


def remove(turn: Turn, relationship: str, message: MessageId) -> list[Reply]:
    """Let somebody help no more, at once."""
    one = _helper(turn, relationship)
    end_care(turn.unit, one.id, record_id=one.record, by=turn.by, now=turn.now)
    name = turn.unit.people.person(one.person).name
    return [Edit(message, removed_helper_card(name, turn.language))]


def _leave(turn: Turn, relationship: str, message: MessageId) -> list[Reply]:
    """Stop helping, at once; who decides alone for a patient names another first."""
    for one in turn.unit.relationships.of_person(turn.by.id):
        if one.id == relationship and one.holds(turn.now):
            name = caregiving.patient_name(turn, one.record)
            if is_last_guardian(turn.unit, one, turn.now):
                card = cards.last_guardian_card(one.record, name, turn.language)
                return [Edit(message, card)]
            end_care(turn.unit, one.id, record_id=one.record, by=turn.by, now=turn.now)
            return [Edit(message, cards.left_card(name, turn.language))]
    return [used_button_card(turn.language)]


def _own(turn: Turn, message: MessageId) -> list[Reply]:
    for one in caregiving.people_of(turn):
        if one.own:
            return [Edit(message, _circle(turn, one))]
    raise NotPermitted


def _link_of_guardian(turn: Turn, asked: str, record_id: RecordId) -> list[Reply]:
    """Make the link by which another comes to decide, or the patient does."""
    name = caregiving.patient_name(turn, record_id)
    if asked == "phone":
        return take_over_link_of(turn, record_id)
    payload = invite_caregiver(turn.unit, record_id, by=turn.by, now=turn.now, scopes=FULL_HELP)
    return [cards.guardian_link_card(name, turn.settings.link_to(payload), turn.language)]


def take_over_link_of(turn: Turn, record_id: RecordId) -> list[Reply]:
    """Make the link by which a patient comes to decide; also who decided until now may."""
    payload = take_over_link(turn.unit, record_id, by=turn.by, now=turn.now)
    name = caregiving.patient_name(turn, record_id)
    return [cards.take_over_link_card(name, turn.settings.link_to(payload), turn.language)]


def _helper(turn: Turn, relationship: str) -> Relationship:
    """Return a helper of a record for which the speaker decides."""
    for whose in caregiving.people_of(turn):
        if whose.own or Scope.GUARDIAN in whose.scopes:
            for one in helpers_of(turn.unit, whose.record, turn.now):
                if one.id == RelationshipId(relationship):
                    return one
    raise NotPermitted


def _own_tie(turn: Turn, record_id: RecordId) -> Relationship:
    for one in helpers_of(turn.unit, record_id, turn.now):
        if one.person == turn.by.id:
            return one
    raise NotPermitted
