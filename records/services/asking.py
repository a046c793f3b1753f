"""What happens when a prompt falls due: ask once, nudge once, say the week, tell the family once.

Each function is called with the key of a slot, in the transaction that marks the slot as run.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from records.chats import Card, Chat
from records.observations import Status
from records.people import Person, Record, Tie
from records.prompts import (
    ANSWERED_BY,
    LATER,
    NUDGE_AFTER,
    NUDGE_USEFUL,
    PROMPT,
    REPEATS,
    WITHIN,
    PromptWishes,
    Topic,
    is_cleared,
    is_quiet,
    silent_since,
    when_awake,
)
from records.recurring import Rule, Slot, slot_of
from records.services.ports import Question, Unit
from records.services.prompting import helpers_of, note_heard, rules_about
from records.services.telling import may_say_all, tell
from records.tracking import PersonId, RecordId, RuleId
from records.vocabulary import MEANINGS, Code
from records.wording import prompts as cards

NUDGE, AGAIN, SILENCE = "nudge", "prompt_again", "silence"  # jobs of single slots
TALK_LASTS = timedelta(minutes=30)
QUESTION_LASTS = timedelta(hours=12)
SILENCE_USEFUL = timedelta(days=1)
LONG_AGO = timedelta(days=60)
QUESTIONS = {Topic.PRESSURE: Code.BLOOD_PRESSURE, Topic.GLUCOSE: Code.GLUCOSE}


@dataclass(frozen=True, slots=True)
class Due:
    """A slot that has come: its rule, whom it is of, and what that person wishes."""

    rule: Rule
    slot: Slot
    topic: Topic
    person: Person
    record: Record
    wishes: PromptWishes


def ask(unit: Unit, key: str, *, now: datetime) -> None:
    """Ask, unless it was told already; see to the nudge and to what silence brings."""
    due = due_of(unit, key, now)
    if due is None:
        return
    awake = when_awake(now, due.person.zone)
    if awake > now:
        _set(unit, due, "q", awake, PROMPT, until=due.slot.due + due.rule.useful)
        return
    if is_cleared(due.slot.due, last_told(unit, due.record.id, due.topic, due.slot.due)):
        return
    _say_prompt(unit, due, now)
    nudge_at = now + NUDGE_AFTER
    if not is_quiet(nudge_at, due.person.zone):
        _set(unit, due, "n", nudge_at, NUDGE, until=nudge_at + NUDGE_USEFUL)
    if due.wishes.family:
        after = due.slot.due + due.rule.useful
        _set(unit, due, "s", after, SILENCE, until=after + SILENCE_USEFUL)


def nudge(unit: Unit, key: str, *, now: datetime) -> None:
    """Say once, without a sound, that there is no hurry; not to whom has told or reacted."""
    due = due_of(unit, key, now)
    if due is None or _has_reacted(unit, due):
        return
    _say(unit, due.person.id, now, lambda chat: cards.nudge_card(due.topic, chat.language))


def ask_again(unit: Unit, key: str, *, now: datetime) -> None:
    """Ask once more, as the person wished by [Later]."""
    due = due_of(unit, key, now)
    told = last_told(unit, due.record.id, due.topic, due.slot.due) if due else None
    if due is not None and not is_cleared(due.slot.due, told):
        _say_prompt(unit, due, now)


def note_silence(unit: Unit, key: str, *, now: datetime) -> None:
    """Tell the helpers once that three prompts had no answer, if the patient lets it be told."""
    due = due_of(unit, key, now)
    if due is None or not due.wishes.family:
        return
    rules = rules_about(unit, due.person.id, due.topic)
    told = last_told(unit, due.record.id, due.topic, now - LONG_AGO)
    since = silent_since(rules, due.slot, told=told, heard=due.wishes.heard)
    if since is None or _was_said(due.wishes, told):
        return
    helpers = [
        unit.people.person(one.person)
        for one in helpers_of(unit, due.record.id, now)
        if not due.wishes.is_muted(one.person, now)
    ]
    awake = max((when_awake(now, one.zone) for one in helpers), default=now)
    if awake > now:
        _set(unit, due, "sq", awake, SILENCE, until=awake + SILENCE_USEFUL)
        return
    for helper in helpers:
        tell(unit, helper.id, partial(_silence, due, told or since, helper))
    if helpers:
        unit.prompting.put(replace(due.wishes, family_told=now))


def _silence(due: Due, since: datetime, helper: Person, chat: Chat) -> Card:
    if not may_say_all(chat):
        return cards.news_card(chat.language)
    return cards.silence_card(
        due.person.name, since, due.record.id, zone=helper.zone, language=chat.language
    )


def _was_said(wishes: PromptWishes, told: datetime | None) -> bool:
    """Say whether this silence was told before: nothing has come since."""
    return wishes.family_told is not None and (told is None or told < wishes.family_told)


def ask_later(unit: Unit, key: str, *, by: Person, now: datetime) -> datetime | None:
    """Ask once more in an hour; None where people sleep then, or the slot is nobody's."""
    wishes = note_heard(unit, by.id, now)
    key = key or _last(wishes, now)
    again = now + LATER
    due = due_of(unit, key, now) if key else None
    if due is None or due.person.id != by.id or is_quiet(again, by.zone):
        return None
    unit.timetable.cancel(f"{key}:n")
    mark = f"l{now:%H%M}"
    _set(unit, due, mark, again, AGAIN, until=again + NUDGE_USEFUL)
    return again


def skip(unit: Unit, key: str, *, by: Person, now: datetime) -> bool:
    """Ask nothing more for this slot; False when nothing was asked lately."""
    wishes = note_heard(unit, by.id, now)
    key = key or _last(wishes, now)
    if key:
        unit.timetable.cancel(f"{key}:n")
    return bool(key)


def _last(wishes: PromptWishes, now: datetime) -> str:
    asked = wishes.last_asked
    return wishes.last if asked is not None and now - asked < QUESTION_LASTS else ""


def last_told(unit: Unit, record_id: RecordId, topic: Topic, since: datetime) -> datetime | None:
    """Return when what answers a topic was last told, looking back a day before a moment."""
    codes = ANSWERED_BY[topic]
    kinds = frozenset(MEANINGS[one].kind for one in codes)
    segments = unit.segments.of_record(record_id, kinds, (since - timedelta(days=1)).date())
    told = (
        one.effective
        for segment in segments
        for one in segment.observations
        if one.code in codes and one.status is not Status.ENTERED_IN_ERROR
    )
    return max(told, default=None)


def due_of(unit: Unit, key: str, now: datetime) -> Due | None:
    """Return what a slot is of, holding the record; None for a rule ended or a person paused."""
    rule = unit.timetable.rule(RuleId(key.partition(":")[0]))
    record = unit.records.of_patient(PersonId(rule.ref))
    if rule.ended or record is None:
        return None
    unit.records.lock(record.id)
    wishes = unit.prompting.of(record.patient)
    if wishes.is_paused(now):
        return None
    person = unit.people.person(record.patient)
    topic = Topic(rule.topic) if rule.job == PROMPT else Topic.PRESSURE
    return Due(rule, slot_of(key, rule.zone), topic, person, record, wishes)


def _set(unit: Unit, due: Due, mark: str, at: datetime, job: str, *, until: datetime) -> None:
    key = f"{due.slot.key}:{mark}"
    unit.timetable.set(key, at, job, due.slot.key, rule=due.rule.id, useful_until=until)


def _has_reacted(unit: Unit, due: Due) -> bool:
    heard = due.wishes.heard
    if heard is not None and heard >= due.slot.due:
        return True
    return is_cleared(due.slot.due, last_told(unit, due.record.id, due.topic, due.slot.due))


def _say_prompt(unit: Unit, due: Due, now: datetime) -> None:
    def card(chat: Chat) -> Card:
        return cards.prompt_card(
            due.topic, due.slot.key, now=now, zone=due.person.zone, language=chat.language
        )

    said = _say(unit, due.person.id, now, card, until=due.slot.due + due.rule.useful + LATER)
    for chat in said:
        _speak_of_the_patient(unit, chat, due, now)
        if due.topic in QUESTIONS and unit.questions.open(chat.id, now) is None:
            question = Question(QUESTIONS[due.topic], "", now + QUESTION_LASTS)
            unit.questions.ask(chat.id, question)
    unit.prompting.put(replace(due.wishes, last=due.slot.key, last_asked=now))


def _speak_of_the_patient(unit: Unit, chat: Chat, due: Due, now: datetime) -> None:
    """Let the answer be the patient's own where the chat also speaks of somebody the patient helps.

    A talk about the other that is going on is left alone: every answer says whose it was.
    """
    helps = any(
        one.tie is Tie.CAREGIVER and one.holds(now)
        for one in unit.relationships.of_person(due.person.id)
    )
    idle = chat.spoken is None or now - chat.spoken >= TALK_LASTS
    if helps and idle:
        unit.chats.put(replace(chat, subject=due.record.id, spoken=now))


def _say(
    unit: Unit,
    person_id: PersonId,
    now: datetime,
    card: Callable[[Chat], Card],
    until: datetime | None = None,
) -> list[Chat]:
    """Say something in each chat of a person, but not the same again and again."""
    said = []
    for chat in unit.chats.of_person(person_id):
        made = card(chat)
        if unit.outbox.repeats(chat.id, made.text, now - WITHIN) < REPEATS:
            unit.outbox.send(chat.id, made, useful_until=until)
            said.append(chat)
    return said
