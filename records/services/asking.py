"""What happens when a prompt falls due: ask once, nudge once, say the week, tell the family once.

Each function is called with the key of a slot, in the transaction that marks the slot as run.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from records.chats import Card, Chat
from records.observations import Status
from records.people import Person
from records.prompts import (
    ANSWERED_BY,
    LATER,
    NUDGE_AFTER,
    NUDGE_USEFUL,
    PROMPT,
    PromptWishes,
    Topic,
    is_cleared,
    is_quiet,
    silent_since,
    when_awake,
)
from records.services.delivering import about_record
from records.services.due import Due, due_of, may_answer, say, speak_of_the_patient
from records.services.ports import Question, Unit
from records.services.prompting import helpers_of, note_heard, rules_about
from records.services.telling import may_say_all, tell
from records.tracking import ChatId, PersonId, RecordId
from records.vocabulary import MEANINGS, Code
from records.wording import prompts as cards

NUDGE, AGAIN, SILENCE = "nudge", "prompt_again", "silence"  # jobs of single slots
QUESTION_LASTS = timedelta(hours=12)
SILENCE_USEFUL = timedelta(days=1)
LONG_AGO = timedelta(days=60)
QUESTIONS = {Topic.PRESSURE: Code.BLOOD_PRESSURE, Topic.GLUCOSE: Code.GLUCOSE}


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
    say(unit, due, now, lambda chat: cards.nudge_card(due.topic, chat.language))


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
        said = partial(_silence, due, told or since, helper)
        tell(unit, helper.id, said, about=about_record(due.record.id))
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


def ask_later(
    unit: Unit, key: str, *, by: Person, now: datetime, of: PersonId | None = None
) -> datetime | None:
    """Ask once more in an hour; None where people sleep then, or the slot is nobody's.

    `of` is the patient spoken of, where no slot is named.
    """
    key = key or _last(unit.prompting.of(of or by.id), now)
    due = _answered(unit, key, by, now)
    again = now + LATER
    if due is None or is_quiet(again, due.person.zone):
        return None
    unit.timetable.cancel(f"{key}:n")
    mark = f"l{now:%H%M}"
    _set(unit, due, mark, again, AGAIN, until=again + NUDGE_USEFUL)
    return again


def skip(unit: Unit, key: str, *, by: Person, now: datetime, of: PersonId | None = None) -> bool:
    """Ask nothing more for this slot; False when nothing was asked lately."""
    key = key or _last(unit.prompting.of(of or by.id), now)
    if _answered(unit, key, by, now) is None:
        return False
    unit.timetable.cancel(f"{key}:n")
    return True


def _answered(unit: Unit, key: str, by: Person, now: datetime) -> Due | None:
    """Return the slot somebody reacted to, and note that; None where they were not asked it."""
    due = due_of(unit, key, now) if key else None
    if due is None or not may_answer(unit, due, by, now):
        note_heard(unit, by.id, now)
        return None
    note_heard(unit, due.person.id, now)
    return due


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


def _set(unit: Unit, due: Due, mark: str, at: datetime, job: str, *, until: datetime) -> None:
    key = f"{due.slot.key}:{mark}"
    unit.timetable.set(key, at, job, due.slot.key, rule=due.rule.id, useful_until=until)


def _has_reacted(unit: Unit, due: Due) -> bool:
    heard = due.wishes.heard
    if heard is not None and heard >= due.slot.due:
        return True
    return is_cleared(due.slot.due, last_told(unit, due.record.id, due.topic, due.slot.due))


def _say_prompt(unit: Unit, due: Due, now: datetime) -> None:
    """Ask in each chat; whoever is asked for somebody else answers by one line, or by a tap."""
    turned: dict[ChatId, bool] = {}

    def card(chat: Chat) -> Card:
        own = chat.person == due.person.id
        turned[chat.id] = speak_of_the_patient(unit, chat, due, now)
        return cards.prompt_card(
            due.topic,
            due.slot.key,
            now=now,
            zone=due.person.zone,
            language=chat.language,
            of=None if own else (due.record.id, "" if turned[chat.id] else due.person.name),
        )

    for chat in say(unit, due, now, card, due.slot.due + due.rule.useful + LATER):
        free = turned[chat.id] or chat.person == due.person.id
        if free and due.topic in QUESTIONS and unit.questions.open(chat.id, now) is None:
            question = Question(QUESTIONS[due.topic], "", now + QUESTION_LASTS)
            unit.questions.ask(chat.id, question)
    unit.prompting.put(replace(due.wishes, last=due.slot.key, last_asked=now))
