"""Measuring again after a short rest: the chat speaks up when the wait is over."""

from datetime import UTC, datetime, timedelta

from records.chats import Chat
from records.errors import NotFound
from records.services.ports import Question, Unit
from records.tracking import ChatId, RecordId
from records.vocabulary import Code
from records.wording.measuring import now_again_card

JOB = "measure"
USEFUL_FOR = timedelta(minutes=10)  # later, the rest before the reading is no rest any more
QUESTION_LASTS = timedelta(hours=12)  # PRODUCT.md I3


def remind_later(unit: Unit, chat: Chat, code: Code, *, minutes: int, now: datetime) -> None:
    """Set a slot in some minutes at which this chat is reminded; asked twice it comes once."""
    due = now + timedelta(minutes=minutes)
    ref = f"{chat.id}.{code}.{int(now.timestamp())}.{minutes}"
    unit.timetable.set(f"{JOB}:{ref}", due, JOB, ref)


def remind(unit: Unit, ref: str, *, now: datetime) -> bool:
    """Ask the chat of a slot for the next reading and return whether it was asked.

    Nothing is said where the reading has come meanwhile, where it is too late to be useful, or
    where the chat belongs to nobody any more.
    """
    chat_id, code, asked, minutes = ref.split(".")
    since = datetime.fromtimestamp(int(asked), UTC)
    until = since + timedelta(minutes=int(minutes)) + USEFUL_FOR
    try:
        chat = unit.chats.chat(ChatId(chat_id))
    except NotFound:
        return False
    record_id = _record_of(unit, chat)
    if record_id is None or now > until or _came(unit, record_id, Code(code), since, now):
        return False
    unit.questions.ask(chat.id, Question(code, "", now + QUESTION_LASTS))
    unit.outbox.send(chat.id, now_again_card(Code(code), chat.language), useful_until=until)
    return True


def _record_of(unit: Unit, chat: Chat) -> RecordId | None:
    if chat.person is None or chat.blocked is not None:
        return None
    own = unit.records.of_patient(chat.person)
    return chat.subject or (own.id if own else None)


def _came(unit: Unit, record_id: RecordId, code: Code, since: datetime, now: datetime) -> bool:
    after = since + timedelta(seconds=1)
    return bool(unit.series.points(record_id, code, after, now + timedelta(seconds=1)))
