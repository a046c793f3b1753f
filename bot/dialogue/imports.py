"""A table of readings in the chat: shown, added by a tap, and taken back by one."""

from zoneinfo import ZoneInfo

from bot.dialogue import caregiving
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.attachments import Attachment
from records.chats import Card, MessageId
from records.errors import NotFound
from records.imports import NotATable, Order
from records.services import importing
from records.services.adding import take_in
from records.services.bringing import keep_added_private
from records.services.receiving import offer_file
from records.tracking import AttachmentId
from records.wording import brought, documents
from records.wording import imports as cards

ADD = "add"


def preview(turn: Turn, attachment: Attachment, order: Order | None = None) -> Card | None:
    """Return what a file holds and whether to add it, or None where it is no such table."""
    try:
        found = importing.look_into(turn.unit, attachment, now=turn.now, order=order)
    except NotATable:
        return _document(turn, attachment)
    today = turn.now.astimezone(ZoneInfo(turn.zone)).date()
    if found.table.unclear is not None:
        first, second = (one.date() for one in found.table.unclear)
        return cards.which_order_card(
            (first, second), attachment=attachment.id, language=turn.language, today=today
        )
    if not found.table.measured:
        return cards.nothing_to_add_card(found.table.kept_out, language=turn.language)
    return cards.found_card(
        found.table,
        found.known,
        attachment=attachment.id,
        order=order,
        language=turn.language,
        today=today,
    )


def _document(turn: Turn, attachment: Attachment) -> Card | None:
    """Return what a clinical document says, or None where the file is none."""
    offer = offer_file(turn.unit, attachment, by=turn.by, now=turn.now)
    if offer is None:
        return None
    return documents.found_card(offer, language=turn.language)


def _add_document(turn: Turn, attachment: Attachment) -> Card:
    offer = offer_file(turn.unit, attachment, by=turn.by, now=turn.now)
    if offer is None:
        return cards.not_added_card(turn.language)
    keys = frozenset(one.key for one in offer.understood)
    taken = take_in(
        turn.unit, attachment.id, keys, record_id=offer.record.id, by=turn.by, now=turn.now
    )
    if taken.later:
        return documents.adding_card(taken.added, language=turn.language)
    return documents.added_card(taken.added, attachment=attachment.id, language=turn.language)


def choose(turn: Turn, chosen: str, message: MessageId) -> list[Reply]:
    """Do what a button under a table's card asks for."""
    what, _, name = chosen.partition(".")
    attachment = turn.unit.attachments.find(AttachmentId(name))
    people = caregiving.people_of(turn)
    whose = next((one for one in people if one.record == attachment.record), None)
    if whose is None:
        raise NotFound
    card = _chosen(turn, attachment, what)
    return caregiving.begins_with_name(turn, whose, [Edit(message, card)])


def _chosen(turn: Turn, attachment: Attachment, what: str) -> Card:
    match what:
        case "no":
            return cards.not_added_card(turn.language)
        case documents.ADD:
            return _add_document(turn, attachment)
        case brought.HIDE:
            kept = keep_added_private(turn.unit, attachment.id, by=turn.by, now=turn.now)
            return brought.kept_private_card(len(kept), language=turn.language)
        case "undo":
            count = importing.take_back(turn.unit, attachment.id, by=turn.by, now=turn.now)
            return cards.taken_back_card(count, attachment=attachment.id, language=turn.language)
        case "back":
            count = importing.put_back(turn.unit, attachment.id, by=turn.by, now=turn.now)
            return cards.put_back_card(count, attachment=attachment.id, language=turn.language)
        case _ if what.startswith(ADD):
            return _add(turn, attachment, _order(what.removeprefix(ADD)))
        case _:
            card = preview(turn, attachment, _order(what))
            return card or cards.not_added_card(turn.language)


def _order(written: str) -> Order | None:
    return Order(written) if written in set(Order) else None


def _add(turn: Turn, attachment: Attachment, order: Order | None) -> Card:
    """Add what goes at once; the rest of a long file is the worker's."""
    added = importing.add_readings(turn.unit, attachment, by=turn.by, now=turn.now, order=order)
    if not added.done:
        importing.go_on_later(turn.unit, attachment.id, order, added.reached, now=turn.now)
        return cards.adding_card(added.total, language=turn.language)
    return cards.added_card(
        added.added, added.total, attachment=attachment.id, language=turn.language
    )
