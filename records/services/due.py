"""A slot that has come: whom it is of, and saying something because of it to who hears of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from records.chats import Card, Chat
from records.people import Basis, Person, Record, Tie
from records.prompts import PROMPT, REPEATS, WITHIN, PromptWishes, Topic
from records.recurring import Rule, Slot, slot_of
from records.services.helping import guardians_of
from records.services.ports import Unit
from records.services.telling import may_say_all
from records.tracking import PersonId, RuleId
from records.wording import prompts as cards
from records.wording.readings import named

TALK_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A slot that has come: its rule, whom it is of, and what that person wishes."""

    rule: Rule
    slot: Slot
    topic: Topic
    person: Person
    record: Record
    wishes: PromptWishes


def due_of(unit: Unit, key: str, now: datetime) -> Due | None:
    """Return what a slot is of, holding the record; None for a rule ended or a person paused."""
    rule = unit.timetable.rule(RuleId(key.partition(":")[0]))
    record = unit.records.of_patient(PersonId(rule.ref))
    if rule.ended or record is None or record.deceased is not None:
        return None
    unit.records.lock(record.id)
    wishes = unit.prompting.of(record.patient)
    if wishes.is_paused(now):
        return None
    person = unit.people.person(record.patient)
    topic = Topic(rule.topic) if rule.job == PROMPT else Topic.PRESSURE
    return Due(rule, slot_of(key, rule.zone), topic, person, record, wishes)


def audience(unit: Unit, due: Due, now: datetime) -> tuple[PersonId, ...]:
    """Return who hears of a slot: the patient, or who decides for one without a chat."""
    if unit.chats.of_person(due.person.id):
        return (due.person.id,)
    return tuple(
        one.person
        for one in guardians_of(unit, due.record.id, now)
        if one.basis is not Basis.CLINIC
    )


def may_answer(unit: Unit, due: Due, by: Person, now: datetime) -> bool:
    """Say whether this person is asked for what a slot asks."""
    return by.id in audience(unit, due, now)


def say(
    unit: Unit,
    due: Due,
    now: datetime,
    card: Callable[[Chat], Card],
    until: datetime | None = None,
) -> list[Chat]:
    """Say something in each chat that hears of a slot, but not the same again and again.

    Where it is not the patient's own chat it begins with the name, if that may stand there.
    """
    said = []
    for person in audience(unit, due, now):
        for chat in unit.chats.of_person(person):
            made = _for(due, chat, card(chat))
            if unit.outbox.repeats(chat.id, made.text, now - WITHIN) < REPEATS:
                unit.outbox.send(chat.id, made, useful_until=until)
                said.append(chat)
    return said


def _for(due: Due, chat: Chat, card: Card) -> Card:
    if chat.person == due.person.id:
        return card
    return named(card, due.person.name) if may_say_all(chat) else cards.news_card(chat.language)


def speak_of_the_patient(unit: Unit, chat: Chat, due: Due, now: datetime) -> bool:
    """Let the next line in a chat be of this patient, where it speaks of several.

    A talk about another that is going on is left alone: every answer says whose it was. Returns
    whether a line without a name would be this patient's.
    """
    if chat.person == due.person.id and not _helps(unit, due.person.id, now):
        return True
    idle = chat.spoken is None or now - chat.spoken >= TALK_LASTS
    if idle or chat.subject == due.record.id:
        unit.chats.put(replace(chat, subject=due.record.id, spoken=now))
    return idle or chat.subject == due.record.id


def _helps(unit: Unit, person_id: PersonId, now: datetime) -> bool:
    ties = unit.relationships.of_person(person_id)
    return any(one.tie is Tie.CAREGIVER and one.holds(now) for one in ties)
