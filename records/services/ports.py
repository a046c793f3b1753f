"""What the use cases need of the outside: small ports, and the unit of work that holds them.

A port is bound to one transaction. Nothing here commits: the face, or the worker, does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from records.attachments import Attachments
from records.chats import Card, Chat, ChatChannel, MessageId, Tap
from records.consent import Grant
from records.devices import Devices
from records.orders import Occurrence, Order
from records.people import Organisation, Person, Record, Relationship
from records.policy import Action
from records.prompts import PromptWishes
from records.recurring import Rule
from records.segments import Segment
from records.services.walks import Walks
from records.tracking import (
    ChatId,
    GrantId,
    ObservationId,
    OccurrenceId,
    OrderId,
    OrganisationId,
    PersonId,
    RecordId,
    RuleId,
    TrackingId,
)
from records.vocabulary import Code, OrganisationKind, Purpose, Role, SegmentKind


class Clock(Protocol):
    """What tells the moment: where several hosts share a database, the database."""

    def __call__(self) -> datetime:
        """Return the moment now, in UTC."""
        ...


class People(Protocol):
    """Persons and organisations."""

    def person(self, person_id: PersonId) -> Person:
        """Return the person, or raise NotFound."""
        ...

    def put(self, person: Person) -> None:
        """Keep a person, new or changed."""
        ...

    def organisation(self, organisation_id: OrganisationId) -> Organisation:
        """Return the organisation, or raise NotFound."""
        ...

    def put_organisation(self, organisation: Organisation) -> None:
        """Keep an organisation, new or changed."""
        ...

    def organisations(self, kinds: Sequence[OrganisationKind]) -> Sequence[Organisation]:
        """Return the organisations of these kinds, by name."""
        ...

    def all_of(self, role: Role) -> Sequence[Person]:
        """Return the persons with this role, by name."""
        ...


class Records(Protocol):
    """Records and who is tied to them."""

    def record(self, record_id: RecordId) -> Record:
        """Return the record, or raise NotFound."""
        ...

    def of_patient(self, person_id: PersonId) -> Record | None:
        """Return the patient's own record."""
        ...

    def put(self, record: Record) -> None:
        """Keep a new record."""
        ...

    def lock(self, record_id: RecordId) -> None:
        """Hold the record's row until the transaction ends; whoever files does this first."""
        ...


class Relationships(Protocol):
    """Care relationships."""

    def of_record(self, record_id: RecordId) -> tuple[Relationship, ...]:
        """Return the newest version of each relationship to this record."""
        ...

    def of_person(self, person_id: PersonId) -> tuple[Relationship, ...]:
        """Return the newest version of each relationship of this person."""
        ...

    def put(self, relationship: Relationship) -> None:
        """Keep a relationship, or its next version."""
        ...


class Grants(Protocol):
    """Grants in all their versions."""

    def of_record(self, record_id: RecordId) -> tuple[Grant, ...]:
        """Return the newest version of each grant of this record."""
        ...

    def of_organisation(self, organisation_id: OrganisationId) -> tuple[Grant, ...]:
        """Return the newest version of each grant given to this organisation."""
        ...

    def grant(self, grant_id: GrantId) -> Grant:
        """Return the newest version of this grant, or raise NotFound."""
        ...

    def put(self, grant: Grant) -> None:
        """Keep a grant, or its next version."""
        ...


@dataclass(frozen=True, slots=True)
class Point:
    """One number, or pair of numbers, of a series, in the code's canonical unit."""

    at: datetime
    numbers: tuple[Decimal, ...]
    context: str
    private: bool
    observation: ObservationId
    segment: TrackingId


class Segments(Protocol):
    """Segments in all their versions."""

    def segment(self, tracking_id: TrackingId) -> Segment:
        """Return the newest version, or raise NotFound."""
        ...

    def current(self, record_id: RecordId, kind: SegmentKind, day: date | None) -> Segment | None:
        """Return the newest version of the segment of this kind and day, if there is one."""
        ...

    def of_record(
        self, record_id: RecordId, kinds: Iterable[SegmentKind], since: date | None = None
    ) -> tuple[Segment, ...]:
        """Return the newest versions of the segments of these kinds, newest day first."""
        ...

    def put(self, segment: Segment) -> None:
        """Keep a new version, derive what is read from it, and note that it must be synced."""
        ...

    def versions(self, tracking_id: TrackingId) -> tuple[Segment, ...]:
        """Return every version, oldest first."""
        ...


class Series(Protocol):
    """What is derived from segments, for charts and lists."""

    def points(
        self, record_id: RecordId, code: Code, since: datetime, until: datetime
    ) -> tuple[Point, ...]:
        """Return the standing numbers of a code in this time, oldest first."""
        ...

    def segment_of(self, observation_id: ObservationId) -> TrackingId | None:
        """Return where an observation is filed."""
        ...

    def recent(
        self, record_ids: Sequence[RecordId], kind: SegmentKind
    ) -> dict[RecordId, dict[Code, tuple[Point, ...]]]:
        """Return the last weeks' numbers of one kind, for many records at once."""
        ...


class Intake(Protocol):
    """The memory of what has been filed already."""

    def filed(self, key: str) -> tuple[ObservationId, ...]:
        """Return what was filed under this intake key, or nothing."""
        ...

    def remember(self, key: str, observations: Sequence[ObservationId]) -> None:
        """Remember what was filed under this intake key."""
        ...


class Orders(Protocol):
    """Orders and their occurrences."""

    def order(self, order_id: OrderId) -> Order:
        """Return the newest version, or raise NotFound."""
        ...

    def of_record(self, record_id: RecordId) -> tuple[tuple[Order, tuple[Occurrence, ...]], ...]:
        """Return the orders of a record with their occurrences, newest first."""
        ...

    def put(self, order: Order) -> None:
        """Keep an order, or its next version."""
        ...

    def occurrence(self, occurrence_id: OccurrenceId) -> Occurrence:
        """Return the occurrence, or raise NotFound."""
        ...

    def put_occurrence(self, occurrence: Occurrence) -> None:
        """Keep an occurrence, new or changed."""
        ...


class Timetable(Protocol):
    """What falls due, once or by a rule: the worker's clock reads it."""

    def set(
        self,
        key: str,
        due: datetime,
        job: str,
        ref: str,
        *,
        rule: RuleId | None = None,
        useful_until: datetime | None = None,
    ) -> None:
        """Insert one due slot; the same key again changes nothing."""
        ...

    def cancel(self, key: str) -> None:
        """Take a slot back that has not run."""
        ...

    def put_rule(self, rule: Rule) -> None:
        """Keep a rule, new or changed; what waits of its old form is taken off."""
        ...

    def rule(self, rule_id: RuleId) -> Rule:
        """Return the rule, or raise NotFound."""
        ...

    def rules_of(self, ref: str) -> tuple[Rule, ...]:
        """Return the rules of somebody or something, those that have ended too."""
        ...


class Outbox(Protocol):
    """What is to be said in chats because of this change."""

    def send(
        self, chat: ChatId, card: Card, *, about: str = "", useful_until: datetime | None = None
    ) -> MessageId:
        """Queue a card; `about` is the id of the thing it speaks of."""
        ...

    def edit(self, message: MessageId, card: Card) -> None:
        """Queue the change of a card that was sent."""
        ...

    def about(self, ref: str) -> tuple[tuple[ChatId, MessageId], ...]:
        """Return the cards that speak of this thing."""
        ...

    def text(self, message: MessageId) -> str:
        """Return the words of a card as it was sent."""
        ...

    def repeats(self, chat: ChatId, text: str, since: datetime) -> int:
        """Return how often this text has been said in this chat since a moment."""
        ...


class Prompting(Protocol):
    """What people wish of prompts."""

    def of(self, person_id: PersonId) -> PromptWishes:
        """Return a person's wishes; the usual ones where nothing was wished yet."""
        ...

    def put(self, wishes: PromptWishes) -> None:
        """Keep a person's wishes."""
        ...


class Chats(Protocol):
    """Chats, their open questions and buttons."""

    def chat(self, chat_id: ChatId) -> Chat:
        """Return the chat, or raise NotFound."""
        ...

    def at(self, channel: ChatChannel, address: str) -> Chat | None:
        """Return the chat at this address."""
        ...

    def of_person(self, person_id: PersonId) -> tuple[Chat, ...]:
        """Return the chats of a person that are not blocked."""
        ...

    def off_since(self, person_id: PersonId) -> datetime | None:
        """Return since when none of a person's phone chats can be reached; None while one can."""
        ...

    def put(self, chat: Chat) -> None:
        """Keep a chat, new or changed."""
        ...


class Taps(Protocol):
    """Buttons that were shown: one-use tokens, bound to a chat."""

    def take(self, chat: ChatId, token: str) -> tuple[Tap, MessageId] | None:
        """Return what this button means and the card it is on, once; None if used or strange."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot last asked in a chat: helps to read a bare answer, never blocks other input."""

    asked: str
    ref: str
    expires: datetime


class Questions(Protocol):
    """The open question of a chat."""

    def open(self, chat: ChatId, now: datetime) -> Question | None:
        """Return the open question, if it has not expired."""
        ...

    def ask(self, chat: ChatId, question: Question) -> None:
        """Open a question in the place of the one before."""
        ...

    def close(self, chat: ChatId) -> None:
        """Close the open question."""
        ...


class WaitingLines(Protocol):
    """Lines that wait until their chat knows of whom they speak; none is ever lost."""

    def keep(self, chat: ChatId, key: str, line: str) -> None:
        """Keep a line under its message's key, in the place of the same message's older words."""
        ...

    def of_chat(self, chat: ChatId) -> tuple[str, ...]:
        """Return the lines that wait in a chat, oldest first."""
        ...

    def clear(self, chat: ChatId) -> None:
        """Forget the lines that waited in a chat: they are filed, or not wanted."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """What a one-time link stands for; only the digest of its token is kept."""

    purpose: str
    person: PersonId | None
    record: RecordId | None
    expires: datetime
    ref: str = ""


class Links(Protocol):
    """One-time links."""

    def make(self, link: Link) -> str:
        """Keep a link and return its token: 43 characters of A-Za-z0-9_-."""
        ...

    def look(self, token: str, now: datetime) -> Link:
        """Return what the token stands for, or raise LinkUsed or LinkExpired."""
        ...

    def use(self, token: str, now: datetime) -> Link:
        """Return what the token stands for and use it up, or raise LinkUsed or LinkExpired."""
        ...

    def at(self, digest: str) -> Link:
        """Return the unused link with this digest, or raise NotFound."""
        ...

    def change(self, digest: str, ref: str) -> None:
        """Change what an unused link refers to."""
        ...


class WrongLinks(Protocol):
    """Tries with links that stand for nothing."""

    def note(self, chat: ChatId, now: datetime) -> None:
        """Remember that a chat tried one."""
        ...

    def since(self, chat: ChatId, moment: datetime) -> int:
        """Return how often a chat tried one since then."""
        ...


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the log: who wanted what of which record, and what the policy said. No values."""

    at: datetime
    action: Action
    allowed: bool
    rule: str
    by: PersonId | None
    record: RecordId | None
    purpose: Purpose
    kinds: frozenset[SegmentKind] = frozenset()
    ref: str = ""


class Audit(Protocol):
    """The log."""

    def note(self, note: Note) -> None:
        """Add a line; a refusal is kept even when the change is rolled back."""
        ...

    def of_record(self, record_id: RecordId, limit: int) -> tuple[Note, ...]:
        """Return the last lines about a record, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Released:
    """One published document as its recipient finds it, and the purpose it was released for."""

    name: str
    pseudonym: str
    purpose: Purpose
    kind: SegmentKind
    content: bytes


class Publications(Protocol):
    """What was published for an organisation, and the way back from a pseudonym."""

    def of_organisation(self, organisation_id: OrganisationId) -> tuple[Released, ...]:
        """Return the documents now published for this organisation."""
        ...

    def behind(self, organisation_id: OrganisationId, pseudonym: str) -> RecordId:
        """Return the record behind a pseudonym of this organisation, or raise NotFound."""
        ...

    def request(self, grant: Grant) -> None:
        """Note that what this grant covers must be published, or taken back."""
        ...


@dataclass(frozen=True, slots=True)
class CopyState:
    """Where a record's segments are: how many versions wait, how many lie in each cloud."""

    waiting: int
    private: int
    public: int


class Copies(Protocol):
    """How far the copies in the clouds are."""

    def state(self, record_id: RecordId) -> CopyState:
        """Return the counts for one record."""
        ...

    def synced(self, tracking_id: TrackingId) -> datetime | None:
        """Return when the newest version of a segment reached the private cloud."""
        ...


class Unit(Protocol):
    """One transaction with every port bound to it."""

    @property
    def people(self) -> People:
        """Persons and organisations."""
        ...

    @property
    def records(self) -> Records:
        """Records."""
        ...

    @property
    def relationships(self) -> Relationships:
        """Care relationships."""
        ...

    @property
    def grants(self) -> Grants:
        """Grants."""
        ...

    @property
    def segments(self) -> Segments:
        """Segments."""
        ...

    @property
    def series(self) -> Series:
        """Derived numbers."""
        ...

    @property
    def intake(self) -> Intake:
        """Intake keys."""
        ...

    @property
    def orders(self) -> Orders:
        """Orders."""
        ...

    @property
    def timetable(self) -> Timetable:
        """Due slots."""
        ...

    @property
    def prompting(self) -> Prompting:
        """Wishes of prompts."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to chats."""
        ...

    @property
    def chats(self) -> Chats:
        """Chats."""
        ...

    @property
    def taps(self) -> Taps:
        """Buttons shown."""
        ...

    @property
    def questions(self) -> Questions:
        """Open questions."""
        ...

    @property
    def waiting(self) -> WaitingLines:
        """Lines that wait for whom they are."""
        ...

    @property
    def walks(self) -> Walks:
        """Walks through several questions."""
        ...

    @property
    def links(self) -> Links:
        """One-time links."""
        ...

    @property
    def wrong_links(self) -> WrongLinks:
        """Tries with links that stand for nothing."""
        ...

    @property
    def audit(self) -> Audit:
        """The log."""
        ...

    @property
    def publications(self) -> Publications:
        """Published documents."""
        ...

    @property
    def attachments(self) -> Attachments:
        """Pictures, voice notes and files."""
        ...

    @property
    def devices(self) -> Devices:
        """Devices that file by themselves."""
        ...

    @property
    def copies(self) -> Copies:
        """Copies in the clouds."""
        ...
