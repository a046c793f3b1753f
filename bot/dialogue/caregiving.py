"""Whom a line speaks of: the speaker, or somebody the speaker helps."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.dialogue.messages import Edit, Reply
from bot.dialogue.told import file, last_told, next_key, said
from bot.dialogue.turn import Turn
from records.chats import Button, Card, MessageId, Tap, TapName
from records.people import Tie
from records.services.intake import Draft, retract
from records.services.viewing import records_of
from records.tracking import RecordId
from records.vocabulary import Code, SegmentKind
from records.wording import readings as noting
from records.wording import say
from records.wording.linking import no_longer_helps_card, no_record_card, now_for_card
from records.wording.menus import keys_below
from records.wording.questions import for_whom_card

IDLE = timedelta(hours=6)  # PRODUCT.md §9.2: after this the chat asks for whom
WOMEN = "mum mom mummy mother mama grandma wife 妈妈 我妈 妈 母亲 奶奶 外婆 姥姥 婆婆 老婆 妻子"
MEN = "dad daddy father papa grandpa husband 爸爸 我爸 爸 父亲 爷爷 外公 姥爷 公公 老公 丈夫"
SELF = "me myself 我自己 自己 我"
FEMALE = frozenset({"female", "f", "woman", "女", "女性"})
MALE = frozenset({"male", "m", "man", "男", "男性"})


@dataclass(frozen=True, slots=True)
class Whose:
    """A record a chat may speak of: the own one, or that of a patient by name."""

    record: RecordId
    name: str
    own: bool


def people_of(turn: Turn) -> tuple[Whose, ...]:
    """Return the records the speaker may speak of, the own one first."""
    own = turn.own_record()
    helped = records_of(turn.unit, by=turn.by, now=turn.now, ties=[Tie.CAREGIVER])
    mine = (Whose(own, say(turn.language, "Me"), own=True),) if own else ()
    return (*mine, *(Whose(one.record.id, one.patient.name, own=False) for one in helped))


def nobody_card(turn: Turn) -> Card:
    """Return what somebody reads who has no record and helps nobody, or no longer."""
    ended = [
        one
        for one in turn.unit.relationships.of_person(turn.by.id)
        if one.tie is Tie.CAREGIVER and one.ended is not None
    ]
    if not ended:
        return no_record_card(turn.language)
    last = max(ended, key=lambda one: one.ended or one.since)
    patient = turn.unit.people.person(turn.unit.records.record(last.record).patient)
    return no_longer_helps_card(patient.name, turn.language)


def keys_of(turn: Turn) -> tuple[tuple[str, ...], ...]:
    """Return the keys below this chat, with a row of people where there are several."""
    people = people_of(turn)
    if len(people) < 2:
        return keys_below(turn.language)
    names = (f"👤 {one.name}" + (" ✓" if one.record == turn.chat.subject else "") for one in people)
    return keys_below(turn.language, tuple(names))


def now_for(turn: Turn, whose: Whose) -> tuple[Turn, Card]:
    """Let the chat speak of somebody else from now on, and say so."""
    changed = turn.of(whose.record)
    return changed, now_for_card(whose.name, keys_of(changed), turn.language)


def named_in(turn: Turn, people: tuple[Whose, ...], text: str) -> tuple[Whose, str] | None:
    """Return who is named at the beginning or end of a line, and the line without the name."""
    words = text.strip().removeprefix("👤").removesuffix("✓").strip()
    for one in people:
        for name in _names(turn, people, one):
            rest = _without(name, words)
            if rest is not None:
                return one, rest
    return None


def _names(turn: Turn, people: tuple[Whose, ...], one: Whose) -> list[str]:
    if one.own:
        return [one.name, *SELF.split()]
    helped = [other for other in people if not other.own]
    names = [one.name, one.name.split()[0]]
    for kin, sex in ((WOMEN, FEMALE), (MEN, MALE)):
        fitting = [other for other in helped if _sex(turn, other) in sex]
        if fitting == [one] or (len(helped) == 1 and not _sex(turn, one)):
            names += kin.split()
    return sorted(names, key=len, reverse=True)


def _sex(turn: Turn, whose: Whose) -> str:
    living = turn.unit.segments.current(whose.record, SegmentKind.PERSONAL_INFORMATION, None)
    told = [str(o.value).lower() for o in (living.standing if living else ()) if o.code is Code.SEX]
    return told[-1] if told else ""


def _without(name: str, words: str) -> str | None:
    edge = r"(?![a-z])" if name.isascii() else ""
    start = re.match(rf"(?:for\s+|给)?{re.escape(name)}{edge}[\s:：,，的]*", words, re.I)
    if start:
        return words[start.end() :].strip()
    end = re.search(rf"[\s,，]*(?:\bfor\s+|给){re.escape(name)}{edge}$", words, re.I)
    return words[: end.start()].strip() if end else None


def spoken_of(turn: Turn, people: tuple[Whose, ...]) -> Whose | None:
    """Return whom a line without a name speaks of, or None where that must be asked."""
    if len(people) == 1:
        return people[0]
    for one in people:
        if one.record == turn.chat.subject:
            told = last_told(turn, one.record)
            fresh = any(turn.now - observation.recorded < IDLE for observation in told)
            return one if fresh or not _told_elsewhere(turn, people) else None
    return None


def _told_elsewhere(turn: Turn, people: tuple[Whose, ...]) -> bool:
    """Say whether the chat has been used before, so that the subject may be an old one."""
    return any(last_told(turn, one.record) for one in people)


def current(turn: Turn) -> Whose | None:
    """Return whom the chat now speaks of, without asking: the subject, or the first."""
    people = people_of(turn)
    chosen = (one for one in people if one.record == turn.chat.subject)
    return next(chosen, people[0] if people else None)


def ask_for_whom(turn: Turn, people: tuple[Whose, ...]) -> Card:
    """Return "For whom?"."""
    return for_whom_card(tuple((one.record, one.name) for one in people), language=turn.language)


def begins_with_name(turn: Turn, whose: Whose, replies: list[Reply]) -> list[Reply]:
    """Put the name of whom they speak of before the replies to a caregiver."""
    if whose.own:
        return replies
    several = len(people_of(turn)) > 1
    return [_named(turn, whose, one, several=several) for one in replies]


def _named(turn: Turn, whose: Whose, reply: Reply, *, several: bool) -> Reply:
    card = reply.card if isinstance(reply, Edit) else reply
    changed = noting.named(card, whose.name)
    taps = (one.tap for row in card.rows for one in row)
    undo = next((tap for tap in taps if tap.name is TapName.UNDO), None)
    if several and undo is not None:
        words = say(turn.language, "Not {name}?", name=whose.name)
        row = (Button(words, Tap(TapName.CHOOSE, f"move.{undo.ref}")),)
        changed = replace(changed, rows=(*changed.rows, row))
    return Edit(reply.message, changed) if isinstance(reply, Edit) else changed


def move(
    turn: Turn, ref: str, before: RecordId, to: str, message: MessageId
) -> tuple[Turn, list[Reply]]:
    """Move what was filed for one person to another; ask to whom where there are several."""
    people = people_of(turn)
    others = [one for one in people if one.record != before]
    wanted = [one for one in others if one.record == to] if to else others
    if len(wanted) != 1:
        rows = tuple(
            (Button(f"👤 {one.name}", Tap(TapName.CHOOSE, f"moveto.{one.record}.{ref}")),)
            for one in others
        )
        return turn, [Edit(message, Card(say(turn.language, "For whom?"), rows))]
    return _moved(turn, ref, wanted[0], message)


def _moved(turn: Turn, ref: str, whose: Whose, message: MessageId) -> tuple[Turn, list[Reply]]:
    drafts = []
    for one in said(turn, ref):
        drafts.append(
            Draft(
                one.code,
                one.effective,
                value=one.value,
                components=one.components,
                status=one.status,
                context=one.context,
                stated=one.stated,
                private=one.private,
            )
        )
        retract(turn.unit, one.id, by=turn.by, now=turn.now)
    key = next_key(turn, ref)
    kept = file(turn, whose.record, drafts, key).observations
    changed = turn.of(whose.record)
    card = noting.noted_card(kept, ref=key, language=turn.language, zone=turn.zone, now=turn.now)
    return changed, begins_with_name(changed, whose, [Edit(message, card)])
