"""One turn of the dialogue: who speaks in which chat, when, and with what in hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogue.messages import ChatSettings
from records.chats import Chat
from records.people import Person, Tie
from records.services.permitting import reach_of
from records.services.ports import Question, Unit
from records.services.telling import may_say_all
from records.tracking import RecordId
from records.vocabulary import Language, SegmentKind
from records.wording import say

QUESTION_LASTS = timedelta(hours=12)  # PRODUCT.md I3


@dataclass(frozen=True, slots=True)
class Turn:
    """A linked person's turn: the transaction, the chat, the person and the moment."""

    unit: Unit
    chat: Chat
    by: Person
    now: datetime
    settings: ChatSettings

    @property
    def language(self) -> Language:
        """The language of this chat."""
        return self.chat.language

    @property
    def zone(self) -> str:
        """The zone of the clock on the speaker's wall."""
        return self.by.zone

    @property
    def full(self) -> bool:
        """Whether more than an echo may stand in this chat."""
        return may_say_all(self.chat)

    @property
    def question(self) -> Question | None:
        """The open question of this chat."""
        return self.unit.questions.open(self.chat.id, self.now)

    def ask(self, asked: str, ref: str = "") -> None:
        """Open a question in the place of the one before."""
        question = Question(asked, ref, self.now + QUESTION_LASTS)
        self.unit.questions.ask(self.chat.id, question)

    def close_question(self) -> None:
        """Close the open question, if there is one."""
        self.unit.questions.close(self.chat.id)

    def of(self, subject: RecordId | None) -> "Turn":
        """Return the same turn with this record as what the chat speaks of, and keep that."""
        chat = replace(self.chat, subject=subject, spoken=self.now if subject else None)
        self.unit.chats.put(chat)
        return replace(self, chat=chat)

    def own_record(self) -> RecordId | None:
        """Return the speaker's own record, if there is one."""
        record = self.unit.records.of_patient(self.by.id)
        return record.id if record else None

    def doctor_name(self, record_id: RecordId) -> str:
        """Return the name of the first doctor who treats the patient, or nothing."""
        for one in self.unit.relationships.of_record(record_id):
            if one.tie is Tie.DOCTOR and one.holds(self.now):
                return self.unit.people.person(one.person).name
        return ""

    def doctor_who_reads(self, record_id: RecordId, kinds: Iterable[SegmentKind]) -> str:
        """Return the name of a doctor who treats the patient and may read these kinds, or nothing.

        Only of such a doctor the chat may say that something stands on the list.
        """
        record = self.unit.records.record(record_id)
        for one in self.unit.relationships.of_record(record_id):
            if one.tie is Tie.DOCTOR and one.holds(self.now):
                doctor = self.unit.people.person(one.person)
                readable = reach_of(self.unit, record, by=doctor, now=self.now).kinds
                if not readable.isdisjoint(kinds):
                    return doctor.name
        return ""

    def doctor(self, record_id: RecordId) -> str:
        """Return the doctor's name, or "your doctor"."""
        return self.doctor_name(record_id) or say(self.language, "your doctor")
