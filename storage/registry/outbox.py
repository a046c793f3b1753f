"""The outbox over one session: cards queued in the transaction that caused them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from records.chats import Card, ChatChannel, MessageId, Tap
from records.tracking import ChatId, fresh
from storage.cells import Cells
from storage.registry.desk import Desk
from storage.rows.chats import ButtonRow, ChatRow, OutboxRow


def place_of(line: int, column: int) -> int:
    """Return where a button stands on its card, as one number."""
    return line * 100 + column


ORDERS_AND_ANSWERS, NUDGES = 0, 1


def _rank(card: Card, about: str, useful_until: datetime | None) -> int:
    """Say who goes first where many wait: a silent card, or one with an end, can wait a little."""
    can_wait = card.silent or useful_until is not None
    return NUDGES if can_wait and not about else ORDERS_AND_ANSWERS


class OutboxRegistry:
    """What is to be said in chats because of this change.

    A card for the web chat is there as soon as it is committed; one for another channel waits for
    its courier.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def send(
        self, chat: ChatId, card: Card, *, about: str = "", useful_until: datetime | None = None
    ) -> MessageId:
        """Queue a card; `about` is the id of the thing it speaks of."""
        row = self.desk.session.get_one(ChatRow, chat)
        message = MessageId(fresh())
        self._queue(row, message, card, about=about, useful_until=useful_until)
        self._show_buttons(chat, message, card)
        return message

    def edit(self, message: MessageId, card: Card) -> None:
        """Queue the change of a card that was sent, or change it where it still waits here.

        A button that stays is the same one: a tap that is on its way counts.
        """
        row = self.desk.session.scalars(select(OutboxRow).where(OutboxRow.id == message)).one()
        here = row.lane == ChatChannel.WEB or row.state == "waiting"
        self._change_buttons(ChatId(row.chat), message, card)
        if here:
            row.card = self._seal(row.sealed_for, message, card)
        else:
            chat = self.desk.session.get_one(ChatRow, row.chat)
            self._queue(chat, MessageId(fresh()), card, edits=message)
        self.desk.session.flush()

    def about(self, ref: str) -> tuple[tuple[ChatId, MessageId], ...]:
        """Return the cards that speak of this thing."""
        rows = self.desk.session.execute(
            select(OutboxRow.chat, OutboxRow.id).where(
                OutboxRow.about == ref, OutboxRow.edits.is_(None)
            )
        )
        return tuple((ChatId(chat), MessageId(message)) for chat, message in rows)

    def text(self, message: MessageId) -> str:
        """Return the words of a card as it was sent."""
        row = self.desk.session.scalars(select(OutboxRow).where(OutboxRow.id == message)).one()
        return self._open(row).text

    def repeats(self, chat: ChatId, text: str, since: datetime) -> int:
        """Return how often this text has been said in this chat since a moment."""
        rows = self.desk.session.scalars(
            select(OutboxRow).where(
                OutboxRow.chat == chat, OutboxRow.queued > since, OutboxRow.edits.is_(None)
            )
        )
        return sum(self._open(row).text == text for row in rows)

    def _open(self, row: OutboxRow) -> Card:
        return self.desk.cells.read(row.sealed_for, f"card:{row.id}", row.card, Card)

    def _queue(
        self,
        chat: ChatRow,
        message: MessageId,
        card: Card,
        *,
        about: str = "",
        useful_until: datetime | None = None,
        edits: MessageId | None = None,
    ) -> None:
        now = self.desk.clock()
        owner = chat.person or Cells.HOUSE
        self.desk.session.add(
            OutboxRow(
                id=message,
                lane=chat.channel,
                chat=chat.id,
                sealed_for=owner,
                card=self._seal(owner, message, card),
                about=about,
                useful_until=useful_until,
                edits=edits,
                queued=now,
                rank=_rank(card, about, useful_until),
                due=now,
                state="sent" if chat.channel == ChatChannel.WEB else "waiting",
                attempts=0,
                token=0,
                event="",
            )
        )
        self.desk.session.flush()

    def _seal(self, owner: str, message: str, card: Card) -> bytes:
        return self.desk.cells.write(owner, f"card:{message}", card)

    def _show_buttons(self, chat: ChatId, message: MessageId, card: Card) -> None:
        self._add_buttons(chat, message, _places(card))

    def _change_buttons(self, chat: ChatId, message: MessageId, card: Card) -> None:
        """Take off what the card has no more, and show what it has anew."""
        shown = select(ButtonRow).where(ButtonRow.message == message, ButtonRow.used.is_(None))
        stay, wanted = set(), _places(card)
        for row in self.desk.session.scalars(shown):
            tap = wanted.get(row.place)
            if tap is not None and (tap.name, tap.ref) == (row.name, row.ref):
                stay.add(row.place)
            else:
                row.used = self.desk.clock()
        self._add_buttons(
            chat, message, {place: tap for place, tap in wanted.items() if place not in stay}
        )

    def _add_buttons(self, chat: ChatId, message: MessageId, taps: Mapping[int, Tap]) -> None:
        for place, tap in taps.items():
            self.desk.session.add(
                ButtonRow(
                    token=fresh(),
                    chat=chat,
                    message=message,
                    place=place,
                    name=tap.name,
                    ref=tap.ref,
                )
            )


def _places(card: Card) -> dict[int, Tap]:
    """Return what each button of a card means, by its place."""
    return {
        place_of(line, column): button.tap
        for line, row in enumerate(card.rows)
        for column, button in enumerate(row)
    }
