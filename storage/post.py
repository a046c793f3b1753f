"""The post: cards on their way to one channel, and the lines the web chat shows."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from records.chats import Card, ChatChannel, MessageId
from records.orders import State
from records.services.ordering import note_sending
from records.services.posting import Letter, ShownButton
from records.tracking import ChatId, OccurrenceId
from storage.database import Database
from storage.queue import CLAIMED, WAITING, claim, claimable, settle
from storage.registry.outbox import place_of
from storage.rows.chats import ButtonRow, ChatRow, OutboxRow

LEASE = timedelta(seconds=60)
SENT, UNKNOWN, DEAD, EXPIRED = "sent", "unknown", "dead", "expired"


class DatabasePost:
    """Messages on their way to one channel; each method is its own transaction."""

    def __init__(
        self, database: Database, channel: ChatChannel, *, lease: timedelta = LEASE
    ) -> None:
        self.database = database
        self.channel = channel
        self.lease = lease

    def claim(self, limit: int) -> Sequence[Letter]:
        """Claim the next letters due, one a chat; what is too late to be useful is dropped."""
        now = self.database.clock()
        self._drop_what_is_too_late()
        earlier = aliased(OutboxRow)
        before = (
            select(earlier.seq)
            .where(
                earlier.chat == OutboxRow.chat,
                earlier.state.in_((WAITING, CLAIMED)),
                earlier.seq < OutboxRow.seq,
            )
            .exists()
        )
        found = (
            select(OutboxRow)
            .where(OutboxRow.lane == self.channel, claimable(OutboxRow, now), ~before)
            .order_by(OutboxRow.seq)
        )
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=self.lease, limit=limit)
            return [self._letter(session, row) for row in rows]

    def sent(self, letter: Letter, external_id: str) -> None:
        """Note that the channel took the letter, under its own id."""
        self._settle(letter, State.SENT, state=SENT, external_id=external_id)

    def again(self, letter: Letter, seconds: float) -> None:
        """Put the letter back: it was certainly not delivered; try once more after this time."""
        due = self.database.clock() + timedelta(seconds=seconds)
        self._settle(letter, None, state=WAITING, due=due)

    def unknown(self, letter: Letter) -> None:
        """Note that nobody can say whether it was delivered; orders go out once more, marked."""
        if letter.about and letter.attempts == 1:
            self._settle(letter, None, state=WAITING, event="repeated")
        else:
            self._settle(letter, State.SENT, state=UNKNOWN)

    def unreachable(self, letter: Letter, event: str) -> None:
        """Note that the chat cannot be reached: the letter is dead and the chat blocked."""
        now = self.database.clock()
        with self.database.session(writing=True) as session:
            session.execute(update(ChatRow).where(ChatRow.id == letter.chat).values(blocked=now))
        self._settle(letter, State.UNREACHABLE, state=DEAD, event=event)

    def dead(self, letter: Letter, event: str) -> None:
        """Note that the channel refuses this letter for good, though not the chat."""
        self._settle(letter, None, state=DEAD, event=event)

    def _settle(self, letter: Letter, order_state: State | None, **changes: object) -> None:
        with self.database.begin(True) as unit:
            session = unit.desk.session
            settle(session, OutboxRow, OutboxRow.id, letter.id, letter.token, **changes)
            if order_state and letter.about and letter.edits is None:
                note_sending(unit, OccurrenceId(letter.about), order_state)

    def _drop_what_is_too_late(self) -> None:
        now = self.database.clock()
        late = select(OutboxRow).where(
            OutboxRow.lane == self.channel,
            OutboxRow.state == WAITING,
            OutboxRow.useful_until <= now,
        )
        with self.database.session(writing=False) as session:
            if session.scalars(late.limit(1)).first() is None:
                return
        with self.database.begin(True) as unit:
            for row in unit.desk.session.scalars(late.with_for_update(skip_locked=True)):
                row.state = EXPIRED
                if row.about:
                    note_sending(unit, OccurrenceId(row.about), State.TOO_LATE)

    def _letter(self, session: Session, row: OutboxRow) -> Letter:
        chat = session.get_one(ChatRow, row.chat)
        edited = session.scalar(select(OutboxRow.external_id).where(OutboxRow.id == row.edits))
        card = self.database.cells.read(row.sealed_for, f"card:{row.id}", row.card, Card)
        return Letter(
            id=MessageId(row.id),
            chat=ChatId(row.chat),
            address=chat.address,
            card=card,
            buttons=shown_buttons(session, row.edits or row.id, card),
            token=row.token,
            attempts=row.attempts,
            about=row.about,
            edits=edited,
        )


def shown_buttons(
    session: Session, message: str, card: Card
) -> tuple[tuple[ShownButton, ...], ...]:
    """Return the buttons of a message that can still be tapped, in the card's rows."""
    found = select(ButtonRow).where(ButtonRow.message == message, ButtonRow.used.is_(None))
    tokens = {button.place: button.token for button in session.scalars(found)}
    rows = (
        tuple(
            ShownButton(button.label, tokens[place_of(line, column)])
            for column, button in enumerate(row)
            if place_of(line, column) in tokens
        )
        for line, row in enumerate(card.rows)
    )
    return tuple(row for row in rows if row)
