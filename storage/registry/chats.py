"""Chats, buttons and open questions over one session."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select, update

from records.chats import Chat, ChatChannel, MessageId, Tap, TapName
from records.errors import NotFound
from records.services.ports import Question
from records.tracking import ChatId, PersonId, RecordId
from records.vocabulary import Language
from storage.cells import Cells
from storage.registry.desk import Desk
from storage.rows.chats import ButtonRow, ChatRow, QuestionRow, WaitingLineRow


class ChatRegistry:
    """Chats."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def chat(self, chat_id: ChatId) -> Chat:
        """Return the chat, or raise NotFound."""
        row = self.desk.session.get(ChatRow, chat_id)
        if row is None:
            raise NotFound
        return read_chat(row)

    def at(self, channel: ChatChannel, address: str) -> Chat | None:
        """Return the chat at this address."""
        row = self.desk.session.scalar(
            select(ChatRow).where(ChatRow.channel == channel, ChatRow.address == address)
        )
        return read_chat(row) if row else None

    def of_person(self, person_id: PersonId) -> tuple[Chat, ...]:
        """Return the chats of a person that are not blocked."""
        rows = self.desk.session.scalars(
            select(ChatRow)
            .where(ChatRow.person == person_id, ChatRow.blocked.is_(None))
            .order_by(ChatRow.channel)
        )
        return tuple(read_chat(row) for row in rows)

    def off_since(self, person_id: PersonId) -> datetime | None:
        """Return since when none of a person's phone chats can be reached; None while one can."""
        phones = select(ChatRow.blocked).where(
            ChatRow.person == person_id, ChatRow.channel != ChatChannel.WEB
        )
        found = self.desk.session.scalars(phones).all()
        off = [one for one in found if one is not None]
        return max(off) if off and len(off) == len(found) else None

    def put(self, chat: Chat) -> None:
        """Keep a chat, new or changed."""
        self.desk.session.merge(
            ChatRow(
                id=chat.id,
                channel=chat.channel,
                address=chat.address,
                language=chat.language,
                person=chat.person,
                subject=chat.subject,
                tells=chat.tells,
                blocked=chat.blocked,
                spoken=chat.spoken,
            )
        )
        self.desk.session.flush()


def read_chat(row: ChatRow) -> Chat:
    """Return the chat a row holds."""
    return Chat(
        id=ChatId(row.id),
        channel=ChatChannel(row.channel),
        address=row.address,
        language=Language(row.language),
        person=PersonId(row.person) if row.person else None,
        subject=RecordId(row.subject) if row.subject else None,
        tells=row.tells,
        blocked=row.blocked,
        spoken=row.spoken,
    )


class TapRegistry:
    """Buttons that were shown: one-use tokens, bound to a chat."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def take(self, chat: ChatId, token: str) -> tuple[Tap, MessageId] | None:
        """Return what this button means and the card it is on, once; None if used or strange."""
        row = self.desk.session.get(ButtonRow, token, with_for_update=True)
        if row is None or row.chat != chat or row.used is not None:
            return None
        self.desk.session.execute(
            update(ButtonRow)
            .where(ButtonRow.message == row.message, ButtonRow.used.is_(None))
            .values(used=self.desk.clock())
        )
        return Tap(TapName(row.name), row.ref), MessageId(row.message)


class QuestionRegistry:
    """The open question of a chat."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def open(self, chat: ChatId, now: datetime) -> Question | None:
        """Return the open question, if it has not expired."""
        row = self.desk.session.get(QuestionRow, chat)
        if row is None or row.expires <= now:
            return None
        ref = self.desk.cells.open(row.sealed_for, f"question:{chat}", row.ref).decode()
        return Question(row.asked, ref, row.expires)

    def ask(self, chat: ChatId, question: Question) -> None:
        """Open a question in the place of the one before."""
        person = self.desk.session.get_one(ChatRow, chat).person
        owner = person or Cells.HOUSE
        ref = self.desk.cells.seal(owner, f"question:{chat}", question.ref.encode())
        self.desk.session.merge(
            QuestionRow(
                chat=chat,
                asked=question.asked,
                sealed_for=owner,
                ref=ref,
                expires=question.expires,
            )
        )
        self.desk.session.flush()

    def close(self, chat: ChatId) -> None:
        """Close the open question."""
        self.desk.session.execute(delete(QuestionRow).where(QuestionRow.chat == chat))


class WaitingLineRegistry:
    """Lines that wait until their chat knows of whom they speak."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def keep(self, chat: ChatId, key: str, line: str) -> None:
        """Keep a line under its message's key, in the place of the same message's older words."""
        digest = hashlib.sha256(key.encode()).hexdigest()
        person = self.desk.session.get_one(ChatRow, chat).person
        owner = person or Cells.HOUSE
        row = self.desk.session.scalar(
            select(WaitingLineRow).where(WaitingLineRow.chat == chat, WaitingLineRow.key == digest)
        )
        if row is None:
            row = WaitingLineRow(chat=chat, key=digest)
            self.desk.session.add(row)
        row.sealed_for = owner
        row.line = self.desk.cells.seal(owner, f"waiting:{chat}:{digest}", line.encode())
        self.desk.session.flush()

    def of_chat(self, chat: ChatId) -> tuple[str, ...]:
        """Return the lines that wait in a chat, oldest first."""
        rows = self.desk.session.scalars(
            select(WaitingLineRow).where(WaitingLineRow.chat == chat).order_by(WaitingLineRow.seq)
        )
        return tuple(
            self.desk.cells.open(row.sealed_for, f"waiting:{chat}:{row.key}", row.line).decode()
            for row in rows
        )

    def clear(self, chat: ChatId) -> None:
        """Forget the lines that waited in a chat: they are filed, or not wanted."""
        self.desk.session.execute(delete(WaitingLineRow).where(WaitingLineRow.chat == chat))
