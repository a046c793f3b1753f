"""Doubts from the person's own history: what is unlike it is asked about before it counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.dialogue.seeing import points_seen
from bot.dialogue.turn import Turn
from records.findings.history import glucose_habit, unlike_habit, unlike_weight
from records.language import Expect, Reading, Reason, Understanding
from records.series import Point
from records.services.intake import observation_at
from records.tracking import RecordId
from records.vocabulary import Code

WEIGHT_SINCE = timedelta(days=60)
SUGAR_SINCE = timedelta(days=60)
LAST_SUGARS = 5


def doubted(turn: Turn, record_id: RecordId, understanding: Understanding) -> Understanding:
    """Return the understanding, or the same as a question where the history speaks against it."""
    if understanding.expect not in (Expect.STORE, Expect.URGENT):
        return understanding
    if understanding.reason is Reason.RED_FLAG:
        return understanding
    if any(_in_another_unit(turn, record_id, one) for one in understanding.readings):
        return replace(understanding, expect=Expect.ASK, reason=Reason.UNIT_UNCLEAR)
    if any(_unlike(turn, record_id, one) for one in understanding.readings):
        return replace(understanding, expect=Expect.ASK, reason=Reason.AGAINST_HISTORY)
    return understanding


def _unlike(turn: Turn, record_id: RecordId, reading: Reading) -> bool:
    if reading.code is not Code.WEIGHT or reading.value is None:
        return False
    return unlike_weight(reading.value, _numbers(_recent(turn, record_id, reading.code)))


def _in_another_unit(turn: Turn, record_id: RecordId, reading: Reading) -> bool:
    """Say whether a sugar typed without a unit was taken in another unit than usual."""
    if reading.code is not Code.GLUCOSE or not reading.unit_inferred or reading.text:
        return False
    points = _recent(turn, record_id, reading.code)[-LAST_SUGARS:]
    stated = [observation_at(turn.unit, one.observation)[1].stated for one in points]
    return unlike_habit(reading.stated.unit if reading.stated else None, glucose_habit(stated))


def _recent(turn: Turn, record_id: RecordId, code: Code) -> Sequence[Point]:
    span = WEIGHT_SINCE if code is Code.WEIGHT else SUGAR_SINCE
    return points_seen(turn, record_id, code, turn.now - span, turn.now)


def _numbers(points: Sequence[Point]) -> list[Decimal]:
    return [one.numbers[0] for one in points]
