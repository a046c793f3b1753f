"""What is asked about a line that is not plain, and whether a number in it was made up."""

import re
from collections.abc import Sequence
from decimal import Decimal
from unicodedata import normalize

from bot.dialogue.caregiving import patient_name
from bot.dialogue.told import said_of
from bot.dialogue.turn import Turn
from records.chats import Card
from records.language import Reading, Reason, Understanding
from records.tracking import RecordId
from records.vocabulary import Code
from records.wording import questions as asking

CONFIRM, WHOSE = "confirm", "whose"
MISREAD = frozenset({Reason.REVERSED, Reason.GLUED, Reason.SEPARATOR, Reason.LOST_POINT})
KINDS_OF_A_NUMBER = (Code.HEART_RATE, Code.WEIGHT, Code.GLUCOSE)


def as_typed(readings: Sequence[Reading], words: str) -> bool:
    """Say whether the numbers stand in the words, so that none of them was made up."""
    numbers = [n for one in readings for n in (one.value, one.second) if n is not None]
    typed = re.findall(r"\d+(?:\.\d+)?", normalize("NFKC", words))
    return all(any(Decimal(one) == number for one in typed) for number in numbers)


def confirm_card(
    turn: Turn, record_id: RecordId, reason: Reason | None, what: str, ref: str
) -> Card:
    """Return the question whether a reading that was kept as provisional is meant, and open it."""
    if reason is Reason.SEVERAL_PEOPLE:
        turn.ask(WHOSE, ref)
        own = record_id == turn.own_record()
        patient = "" if own else patient_name(turn, record_id)
        return asking.is_it_yours_card(what, patient, ref=ref, language=turn.language)
    turn.ask(CONFIRM, ref)
    card = asking.did_you_mean_card if reason in MISREAD else asking.is_it_right_card
    return card(what, ref=ref, language=turn.language)


def question_about(turn: Turn, understanding: Understanding, *, words: str, ref: str) -> Card:
    """Return the question for words that are kept as a provisional note, and open it."""
    short = words.strip()[:40]
    if len(understanding.readings) > 1:
        turn.ask("which", ref)
        alternatives = tuple(said_of(turn, one) for one in understanding.readings)
        return asking.which_card(alternatives, ref=ref, language=turn.language)
    if understanding.reason in (Reason.BARE_NUMBER, Reason.UNIT_UNCLEAR):
        turn.ask("number", ref)
        return asking.what_is_card(short, KINDS_OF_A_NUMBER, ref=ref, language=turn.language)
    if understanding.reason is Reason.LOWER_MISSING:
        turn.ask("lower", ref)
        return asking.lower_missing_card(short, ref=ref, language=turn.language)
    turn.ask("again", ref)
    return asking.again_card(short, ref=ref, language=turn.language)
