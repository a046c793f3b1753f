"""The steps of the two walks: what is left, how it is asked, and what an answer files."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.told import draft_of, file, key_of
from bot.dialogue.turn import Turn
from records.chats import Button, Card, Tap
from records.language import Command, Expect, Reading, Reason, Understanding
from records.observations import Observation
from records.services.checking_in import (
    FILLED_BY,
    Step,
    said_about,
    steps_left,
    told_today,
    topics_left,
)
from records.services.intake import Draft
from records.services.walks import Walk, WalkName
from records.tracking import RecordId, fresh
from records.vocabulary import Code, Language
from records.wording import say
from records.wording import walks as cards

BEGINS = {
    WalkName.CHECK_IN: "check-in|check in|checkin|daily check-in|daily check in|每日记录|打卡|签到",
    WalkName.ABOUT_ME: "about me|about my health|关于我|我的情况",
}
NO_SUCH = frozenset({"none", "nothing", "no one", "nobody", "没", "无", "都没有", "没有过敏"})
READING_STEPS = frozenset({Step.PRESSURE, Step.GLUCOSE})
IN_WORDS = {Step.MOOD: Code.MOOD, Step.DIET: Code.DIET}
ILLNESSES = frozenset({Code.CONDITION, Code.RELATIVE_CONDITION})
PARTS = re.compile(r"[,，、;；\n。]+|\s+and\s+|和|以及|还有")
LONGEST = 200  # characters of one thing somebody tells of the own health


def begins(text: str) -> WalkName | None:
    """Return which walk these words ask for, in either language."""
    words = text.strip().strip("/!.！。 ").replace("_", " ").casefold()
    return next((name for name, said in BEGINS.items() if words in said.split("|")), None)


def left_of(turn: Turn, walk: Walk) -> Sequence[Step | Code]:
    """Return what a walk has still to ask."""
    if walk.name is WalkName.CHECK_IN:
        return steps_left(turn.unit, walk.record, walk.passed, by=turn.by, now=turn.now)
    return topics_left(turn.unit, walk.record, walk.passed)


def question_of(walk: Walk, step: str, language: Language, *, first: bool) -> Card:
    """Return the card of a step."""
    if walk.name is WalkName.CHECK_IN:
        return of_record(cards.step_card(Step(step), language, first=first), walk.record)
    return of_record(cards.topic_card(Code(step), language, first=first), walk.record)


def of_record(card: Card, record_id: RecordId) -> Card:
    """Tie the buttons of a walk's card to a record: a chat may speak of another one by then."""
    rows = tuple(tuple(_of_record(one, record_id) for one in row) for row in card.rows)
    return replace(card, rows=rows)


def _of_record(button: Button, record_id: RecordId) -> Button:
    walk, _, rest = button.tap.ref.partition(".")
    if walk != "walk":
        return button
    return replace(button, tap=Tap(button.tap.name, f"walk.{record_id}.{rest}"))


def end_of(turn: Turn, walk: Walk) -> Card:
    """Return what ends a walk."""
    if walk.name is WalkName.ABOUT_ME:
        put_off = bool(topics_left(turn.unit, walk.record, ()))
        return cards.asked_all_card(put_off=put_off, language=turn.language)
    wanted = frozenset[Code]().union(*FILLED_BY.values())
    told = told_today(turn.unit, walk.record, by=turn.by, now=turn.now)
    return cards.summary_card(
        [one for one in told if one.code in wanted],
        full=turn.full,
        more=bool(topics_left(turn.unit, walk.record, ())),
        language=turn.language,
    )


def choose(
    turn: Turn, record_id: RecordId, step: Step, choice: str
) -> tuple[Sequence[Observation], str]:
    """File the common answer that was tapped, and return it with its intake key."""
    code, words = cards.CHOICES[step][choice]
    return _filed(turn, record_id, [Reading(code, text=say(turn.language, words))])


def pick(
    turn: Turn, record_id: RecordId, code: Code, place: int
) -> tuple[Sequence[Observation], str]:
    """File one of the common answers about a person; the same one only once."""
    words = say(turn.language, cards.COMMON[code][place])
    standing = [one for one in said_about(turn.unit, record_id, code) if one.value == words]
    if standing:
        ref = key_of(turn.chat, f"w{fresh()[:16]}")
        turn.unit.intake.remember(ref, [standing[0].id])
        return standing, ref
    return _filed(turn, record_id, [Reading(code, text=words)])


def none(turn: Turn, record_id: RecordId, code: Code) -> tuple[Sequence[Observation], str]:
    """File that somebody knows of nothing to tell."""
    return _filed(turn, record_id, [Reading(code, text=say(turn.language, cards.NONE_KNOWN))])


def _filed(
    turn: Turn, record_id: RecordId, readings: Sequence[Reading]
) -> tuple[Sequence[Observation], str]:
    ref = key_of(turn.chat, f"w{fresh()[:16]}")
    drafts = [draft_of(turn, one, turn.now) for one in readings]
    return file(turn, record_id, drafts, ref).observations, ref


def drafts_in_words(turn: Turn, walk: Walk, words: str) -> list[Draft]:
    """Return free words as what the step asked for; as a note where that would be a guess."""
    if walk.name is WalkName.CHECK_IN:
        code = IN_WORDS.get(Step(walk.step), Code.NOTE)
        return [draft_of(turn, Reading(code, text=words), turn.now)]
    parts = [one.strip()[:LONGEST] for one in PARTS.split(words)]
    return [
        draft_of(turn, Reading(Code(walk.step), text=one), turn.now) for one in filter(None, parts)
    ]


def is_an_answer(walk: Walk, understanding: Understanding, words: str) -> bool:
    """Say whether words without a reading of their own answer what the walk asked."""
    if words.rstrip().endswith(("?", "？")) or understanding.command:
        return False
    if walk.name is WalkName.CHECK_IN:
        empty = not understanding.readings and not re.search(r"\d", words)
        return understanding.expect is Expect.IGNORE or (
            understanding.expect is Expect.ASK and empty
        )
    if understanding.expect in (Expect.NO_RECORD, Expect.STORE_PRIVATE, Expect.SHARE_REQUEST):
        return False
    measured = any(one.value is not None for one in understanding.readings)
    if walk.step == Code.MEDICINE:
        pressure = any(one.code is Code.BLOOD_PRESSURE for one in understanding.readings)
        return not pressure and (not measured or understanding.expect is Expect.ASK)
    unclear = understanding.expect is Expect.ASK and bool(re.search(r"\d", words))
    return not (measured or unclear or understanding.reason is Reason.RED_FLAG)


def named_choice(turn: Turn, walk: Walk, command: Command | None, words: str) -> str | None:
    """Return which common answer was typed instead of tapped, if one was."""
    if walk.name is not WalkName.CHECK_IN:
        return None
    if walk.step == Step.MEDICINE and command in (Command.YES, Command.NO):
        return "taken" if command is Command.YES else "missed"
    choices = cards.CHOICES.get(Step(walk.step), {})
    return next((one for one, (_, label) in choices.items() if is_label(label, words)), None)


def is_label(label: str, words: str) -> bool:
    """Say whether somebody typed what stands on a button, in either language."""
    typed = words.strip().rstrip(".!。！").casefold()
    return typed in {say(language, label).casefold() for language in Language}
