"""The post: cards on their way to one channel, each claimed by one courier at a time."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, aliased

from records.chats import Card, ChatChannel, MessageId
from records.orders import State
from records.services.delivering import OF_A_RECORD, OF_A_VALUE
from records.services.lapsing import note_sending
from records.services.posting import Letter, ShownButton
from records.tracking import ChatId, OccurrenceId
from records.vocabulary import Language, Role
from storage.database import Database
from storage.drawing import with_its_picture
from storage.dropping import REPEATED, UNKNOWN, drop, drop_if_closed, give_up, note_order
from storage.flood import Limits, chat_may_be_sent_to, database_now, hold_lane, places_left
from storage.queue import CLAIMED, WAITING, claim, settle
from storage.registry.outbox import place_of
from storage.rows.chats import ButtonRow, ChatRow, OutboxRow
from storage.rows.people import PersonRow
from storage.unit import StorageUnit

LEASE = timedelta(seconds=60)
SENT, DEAD = "sent", "dead"
LIMITS = Limits()


class DatabasePost:
    """Messages on their way to one channel; each method is its own transaction."""

    def __init__(
        self,
        database: Database,
        channel: ChatChannel,
        *,
        lease: timedelta = LEASE,
        limits: Limits = LIMITS,
    ) -> None:
        self.database = database
        self.channel = channel
        self.lease = lease
        self.limits = limits

    def claim(self, limit: int) -> Sequence[Letter]:
        """Claim the next letters due, one a chat, as many as the channel's limits let out now.

        What is too late to be useful is dropped; what a dead courier had in hand is unknown.
        """
        self._drop_what_is_too_late()
        self._give_up_what_was_in_hand()
        self._drop_what_may_no_longer_be_told()
        return [with_its_picture(self.database, one) for one in self._claim(limit)]

    def _claim(self, limit: int) -> list[Letter]:
        now = self.database.clock()
        with self.database.session(writing=True) as session:
            lane = hold_lane(session, self.channel)
            if lane.paused_until is not None and lane.paused_until > now:
                return []
            places = min(limit, places_left(session, self.channel, self.limits))
            if not places:
                return []
            found = self._next(session)
            rows = claim(session, found, now=now, lease=self.lease, limit=places)
            return [self._letter(session, row) for row in rows]

    def _next(self, session: Session) -> Select[OutboxRow]:
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
        due = (OutboxRow.state == WAITING) & (OutboxRow.due <= self.database.clock())
        return (
            select(OutboxRow)
            .where(
                OutboxRow.lane == self.channel,
                due,
                ~before,
                chat_may_be_sent_to(session, self.limits),
            )
            .order_by(OutboxRow.rank, OutboxRow.seq)
        )

    def sent(self, letter: Letter, external_id: str) -> None:
        """Note that the channel took the letter, under its own id."""
        self._settle(letter, State.SENT, state=SENT, external_id=external_id)

    def again(self, letter: Letter, seconds: float) -> None:
        """Put the letter back: it was certainly not delivered; try once more after this time."""
        due = self.database.clock() + timedelta(seconds=seconds)
        self._settle(letter, None, state=WAITING, due=due)

    def pause(self, letter: Letter, seconds: float) -> None:
        """Put the letter back and let every courier of this channel wait, as it was told to."""
        until = self.database.clock() + timedelta(seconds=seconds)
        with self.database.session(writing=True) as session:
            lane = hold_lane(session, self.channel)
            lane.paused_until = max(lane.paused_until or until, until)
        self._settle(letter, None, state=WAITING, due=until)

    def unknown(self, letter: Letter) -> None:
        """Note that nobody can say whether it was delivered; orders go out once more, marked."""
        if letter.about and not letter.repeats:
            self._settle(letter, None, state=WAITING, event=REPEATED)
        else:
            self._settle(letter, State.UNKNOWN, state=UNKNOWN)

    def unreachable(self, letter: Letter, event: str) -> None:
        """Note that the chat cannot be reached: it is off, and what waits for it is dead."""
        now = self.database.clock()
        with self.database.begin(True) as unit:
            session = unit.desk.session
            self._leave(unit, letter, State.UNREACHABLE, state=DEAD, event=event)
            session.get_one(ChatRow, letter.chat, with_for_update=True).blocked = now
            waiting = select(OutboxRow).where(
                OutboxRow.chat == letter.chat, OutboxRow.state == WAITING
            )
            for row in session.scalars(waiting.with_for_update()):
                row.state, row.event = DEAD, event
                note_order(unit, row, State.UNREACHABLE)

    def moved(self, letter: Letter, address: str) -> None:
        """Follow a chat to its new address, and put the letter back, in one."""
        with self.database.begin(True) as unit:
            session = unit.desk.session
            there = session.scalar(
                select(ChatRow).where(ChatRow.channel == self.channel, ChatRow.address == address)
            )
            if there is None:
                session.get_one(ChatRow, letter.chat).address = address
            else:
                session.execute(
                    update(OutboxRow).where(OutboxRow.chat == letter.chat).values(chat=there.id)
                )
            self._leave(unit, letter, None, state=WAITING, due=self.database.clock())

    def dead(self, letter: Letter, event: str) -> None:
        """Note that the channel refuses this letter for good, though not the chat."""
        self._settle(letter, None, state=DEAD, event=event)

    def _settle(self, letter: Letter, order_state: State | None, **changes: object) -> None:
        with self.database.begin(True) as unit:
            self._leave(unit, letter, order_state, **changes)

    def _leave(
        self, unit: StorageUnit, letter: Letter, order_state: State | None, **changes: object
    ) -> None:
        """Write down what became of a letter in hand, and when by the clock all workers share.

        The record is held before the letter, as by whoever answers.
        """
        session = unit.desk.session
        when = database_now(session)
        if order_state and letter.about and letter.edits is None:
            occurrence = OccurrenceId(letter.about)
            note_sending(unit, occurrence, order_state, now=unit.desk.clock())
        settle(session, OutboxRow, OutboxRow.id, letter.id, letter.token, settled=when, **changes)

    def _drop_what_is_too_late(self) -> None:
        now = self.database.clock()
        late = select(OutboxRow).where(
            OutboxRow.lane == self.channel,
            OutboxRow.state == WAITING,
            OutboxRow.useful_until <= now,
        )
        self._for_each(late, drop)

    def _drop_what_may_no_longer_be_told(self) -> None:
        """Ask once more whether a card about somebody else may go to whom it is for."""
        marks = (OutboxRow.about.startswith(OF_A_RECORD), OutboxRow.about.startswith(OF_A_VALUE))
        waiting = select(OutboxRow).where(
            OutboxRow.lane == self.channel,
            OutboxRow.state == WAITING,
            OutboxRow.due <= self.database.clock(),
            or_(*marks),
        )
        self._for_each(waiting, drop_if_closed)

    def _give_up_what_was_in_hand(self) -> None:
        """Settle what a courier was sending when it died: nobody can say whether it arrived."""
        lost = select(OutboxRow).where(
            OutboxRow.lane == self.channel,
            OutboxRow.state == CLAIMED,
            OutboxRow.lease_until <= self.database.clock(),
        )
        self._for_each(lost, give_up)

    def _for_each(
        self, found: Select[OutboxRow], do: Callable[[StorageUnit, OutboxRow], None]
    ) -> None:
        with self.database.session(writing=False) as session:
            if session.scalars(found.limit(1)).first() is None:
                return
        with self.database.begin(True) as unit:
            for row in unit.desk.session.scalars(found.with_for_update(skip_locked=True)):
                do(unit, row)

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
            number=row.seq,
            repeats=row.event == REPEATED,
            language=Language(chat.language),
            roles=_roles(session, chat.person),
        )


def _roles(session: Session, person: str | None) -> frozenset[Role]:
    row = session.get(PersonRow, person) if person else None
    return frozenset(Role(one) for one in row.roles.split(",") if one) if row else frozenset()


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
