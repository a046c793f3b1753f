"""Orders: what a doctor asks of a patient, when it falls due, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.tracking import OccurrenceId, OrderId, PersonId, RecordId
from records.vocabulary import Language


class OrderKind(StrEnum):
    """What an order asks for; it decides the words of the first button."""

    MEASURE = "measure"
    TAKE = "take"  # answered with an acknowledgement, not a claim that it was taken
    COME_IN = "come_in"
    DO = "do"
    ADVICE = "advice"  # the clinic's own words for what a rule found; to be read


class State(StrEnum):
    """What became of one occurrence; the words for people are in records.wording."""

    WAITING = "waiting"  # not yet due
    QUEUED = "queued"
    SENT = "sent"
    UNKNOWN = "unknown"  # sent twice, and nobody can say whether it arrived
    DONE = "done"
    LATER = "later"
    QUESTION = "question"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    TOO_LATE = "too_late"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset(
    {
        State.WAITING,
        State.QUEUED,
        State.SENT,
        State.UNKNOWN,
        State.LATER,
        State.QUESTION,
        State.NO_ANSWER,
    }
)
"""What may still be answered, however late, and withdrawn."""


class Answer(StrEnum):
    """What a tap on the card says."""

    DONE = "done"
    LATER = "later"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Order:
    """One version of an order, in the language it was written in.

    One that is `urgent` is sent at any hour; any other waits while the patient sleeps. `changed_by`
    gave it the words of this version.
    """

    id: OrderId
    record: RecordId
    placed_by: PersonId
    kind: OrderKind
    text: str
    language: Language
    placed: datetime
    due: datetime
    withdrawn: datetime | None = None
    version: int = 1
    urgent: bool = False
    changed: datetime | None = None
    changed_by: PersonId | None = None

    @property
    def said_by(self) -> PersonId:
        """Whose words it has."""
        return self.changed_by or self.placed_by


@dataclass(frozen=True, slots=True)
class Said:
    """One question about an order, or the doctor's answer to it."""

    by: PersonId
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due time of an order and what became of it; `words` is the question that waits.

    `sent` is since when its card has been out, the last time.
    """

    id: OccurrenceId
    order: OrderId
    record: RecordId
    due: datetime
    state: State
    answered_by: PersonId | None = None
    answered: datetime | None = None
    again: datetime | None = None
    words: str = ""
    thread: tuple[Said, ...] = ()
    sent: datetime | None = None
