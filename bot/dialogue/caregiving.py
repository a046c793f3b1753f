"""Whom a line speaks of: the speaker, or somebody the speaker helps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Button, Card, Tap, TapName
from records.language.kinship import KIN_OF, POINTERS
from records.language.naming import Called, Naming, named_in
from records.people import USUAL_HELP, Relationship, Scope, Tie
from records.services.viewing import records_of
from records.tracking import RecordId
from records.vocabulary import Code, SegmentKind
from records.wording import readings as noting
from records.wording import say
from records.wording.linking import no_longer_helps_card, no_record_card, now_for_card
from records.wording.menus import keys_below

IDLE = timedelta(hours=6)  # PRODUCT.md §9.2: after this the chat asks for whom


@dataclass(frozen=True, slots=True)
class Whose:
    """A record a chat may speak of: the own one, or that of a patient by name."""

    record: RecordId
    name: str
    own: bool
    scopes: frozenset[Scope] = USUAL_HELP

    def may(self, scope: Scope) -> bool:
        """Say whether the speaker may do this for the patient."""
        return self.own or scope in self.scopes


def people_of(turn: Turn) -> tuple[Whose, ...]:
    """Return the records the speaker may speak of, the own one first."""
    own = turn.own_record()
    mine = (Whose(own, say(turn.language, "Me"), own=True),) if own else ()
    return (*mine, *(_whose(turn, one) for one in _helped(turn)))


def _helped(turn: Turn) -> tuple[Relationship, ...]:
    tied = records_of(turn.unit, by=turn.by, now=turn.now, ties=[Tie.CAREGIVER])
    return tuple({one.record.id: one.relationship for one in tied}.values())


def _whose(turn: Turn, one: Relationship) -> Whose:
    return Whose(one.record, patient_name(turn, one.record), own=False, scopes=one.scopes)


def patient_name(turn: Turn, record_id: RecordId) -> str:
    """Return the name of whose record this is."""
    return turn.unit.people.person(turn.unit.records.record(record_id).patient).name


def ended_of(turn: Turn) -> tuple[Relationship, ...]:
    """Return the relationships by which the speaker helped and helps no more, the last first."""
    helped = {one.record for one in people_of(turn)}
    ended = [
        one
        for one in turn.unit.relationships.of_person(turn.by.id)
        if one.tie is Tie.CAREGIVER
        and (one.suspended is not None or one.is_over(turn.now))
        and one.record not in helped
    ]
    return tuple(
        sorted(
            ended,
            key=lambda one: one.ended or one.suspended or one.until or one.since,
            reverse=True,
        )
    )


def nobody_card(turn: Turn) -> Card:
    """Return what somebody reads who has no record and helps nobody, or no longer."""
    ended = ended_of(turn)
    if not ended:
        return no_record_card(turn.language)
    return no_longer_helps_card(patient_name(turn, ended[0].record), turn.language)


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
    name = say(turn.language, "you") if whose.own else whose.name
    return changed, now_for_card(name, keys_of(changed), turn.language)


def namings(turn: Turn, people: Sequence[Whose], text: str) -> tuple[Naming, ...]:
    """Return who is named in a line: those the speaker helps, and those helped before."""
    ties = {one.record: one for one in (*ended_of(turn), *_helped(turn))}
    known = {one.record: one for one in people}
    called = [
        Called(
            who=record_id,
            name=patient_name(turn, record_id),
            sex=_sex(turn, record_id),
            called=tie.called,
        )
        for record_id, tie in ties.items()
    ]
    own = [Called(one.record, turn.by.name, own=True) for one in people if one.own]
    me = [Called(one.record, one.name, own=True) for one in people if one.own]
    found = [_narrowed(one, known) for one in named_in(text, (*own, *me, *called))]
    numbers = any(map(str.isdigit, text))
    spoken = spoken_of(turn, people)
    return tuple(_pointed(one, spoken) for one in found if numbers or known.keys() & set(one.who))


def _pointed(naming: Naming, spoken: Whose | None) -> Naming:
    """Let a word that only points mean the one spoken of, where it can."""
    if naming.word in POINTERS and spoken is not None and spoken.record in naming.who:
        return replace(naming, who=(spoken.record,))
    return naming


def _narrowed(naming: Naming, known: dict[RecordId, Whose]) -> Naming:
    """Leave those helped before out where a word could mean somebody helped now."""
    now = tuple(one for one in naming.who if RecordId(one) in known)
    return replace(naming, who=now or naming.who)


def learn(turn: Turn, whose: Whose, word: str) -> None:
    """Remember by which kinship word the speaker calls a patient."""
    if whose.own or word not in KIN_OF:
        return
    for one in _helped(turn):
        if one.record == whose.record and word not in one.called:
            called = (*one.called, word)
            changed = replace(one, called=called, version=one.version + 1)
            turn.unit.relationships.put(changed)


def _sex(turn: Turn, record_id: RecordId) -> str:
    living = turn.unit.segments.current(record_id, SegmentKind.PERSONAL_INFORMATION, None)
    told = [str(o.value) for o in (living.standing if living else ()) if o.code is Code.SEX]
    return told[-1] if told else ""


def spoken_of(turn: Turn, people: Sequence[Whose]) -> Whose | None:
    """Return whom a line without a name speaks of, or None where that must be asked."""
    if len(people) == 1:
        return people[0]
    spoken = turn.chat.spoken
    if spoken is None or turn.now - spoken >= IDLE:
        return None
    return next((one for one in people if one.record == turn.chat.subject), None)


def lost_subject(turn: Turn, people: Sequence[Whose]) -> Card | None:
    """Return that the one this chat spoke of is helped no more; from now on it is the others."""
    subject = turn.chat.subject
    if subject is None or any(one.record == subject for one in people):
        return None
    turn.of(None)
    ended = (one.record for one in ended_of(turn))
    if subject not in ended:
        return None
    return no_longer_helps_card(patient_name(turn, subject), turn.language)


def current(turn: Turn) -> Whose | None:
    """Return whom the chat now speaks of, without asking: the subject, or the first."""
    people = people_of(turn)
    chosen = (one for one in people if one.record == turn.chat.subject)
    return next(chosen, people[0] if people else None)


def begins_with_name(turn: Turn, whose: Whose, replies: list[Reply]) -> list[Reply]:
    """Put the name of whom they speak of before the replies to a caregiver."""
    people = people_of(turn)
    several = len(people) > 1
    if whose.own and not several:
        return replies
    return [_named(turn, whose, one, several=several) for one in replies]


def _named(turn: Turn, whose: Whose, reply: Reply, *, several: bool) -> Reply:
    card = reply.card if isinstance(reply, Edit) else reply
    taps = (one.tap for row in card.rows for one in row)
    undo = next((tap for tap in taps if tap.name is TapName.UNDO), None)
    says_it = undo is None and whose.name in card.text
    changed = card if whose.own or says_it else noting.named(card, whose.name)
    if several and undo is not None:
        words = say(turn.language, "Not me?")
        if not whose.own:
            words = say(turn.language, "Not {name}?", name=whose.name)
        row = (Button(words, Tap(TapName.CHOOSE, f"move.{undo.ref}")),)
        changed = replace(changed, rows=(*changed.rows, row))
    return Edit(reply.message, changed) if isinstance(reply, Edit) else changed
