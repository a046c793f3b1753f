"""What the house knows of a person when a line arrives, so that the line can be understood."""

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from statistics import median
from zoneinfo import ZoneInfo

from bot.dialogue.seeing import points_seen, seen_by
from bot.dialogue.told import correctable
from bot.dialogue.turn import Turn
from records.language import Context, Reading, Stated, Understanding, amends, understand
from records.observations import Observation, Quantity
from records.tracking import RecordId
from records.vocabulary import Code, SegmentKind

PREGNANCY_WORDS = ("pregnan", "怀孕", "妊娠", "孕")


def read(turn: Turn, record_id: RecordId, text: str, sent: datetime) -> Understanding:
    """Understand a line with what the house knows of this record and this chat."""
    question = turn.question
    asked = question.asked if question else ""
    since = turn.now - timedelta(days=7)
    history = points_seen(turn, record_id, Code.BLOOD_PRESSURE, since, turn.now)
    measures = turn.unit.own_units.of(record_id)
    columns = list(zip(*(one.numbers for one in history), strict=True))
    return understand(
        text,
        turn.language,
        Context(
            now=sent.astimezone(ZoneInfo(turn.zone)).replace(tzinfo=None),
            question=Code(asked) if asked in set(Code) else None,
            glucose_unit=measures.glucose or None,
            weight_unit=measures.weight or None,
            recent_pressure=(median(columns[0]), median(columns[1])) if columns else None,
            last=_last(turn, record_id) if amends(text) else (),
            pregnant=_is_pregnant(turn, record_id),
        ),
    )


def _is_pregnant(turn: Turn, record_id: RecordId) -> bool:
    """Say whether a pregnancy was told that the speaker may know of."""
    living = turn.unit.segments.current(record_id, SegmentKind.HEALTH_STATUS, None)
    if living is None:
        return False
    return any(
        one.code is Code.CONDITION and any(w in str(one.value).lower() for w in PREGNANCY_WORDS)
        for one in seen_by(turn, record_id).seen(living).standing
    )


def _last(turn: Turn, record_id: RecordId) -> tuple[Reading, ...]:
    """Return the numbers this person may put right, as the language knows readings."""
    readings = (_reading(one) for one in correctable(turn, record_id))
    return tuple(one for one in readings if one is not None)


def _reading(told: Observation) -> Reading | None:
    if told.code is Code.BLOOD_PRESSURE:
        return Reading(
            told.code, told.number(Code.SYSTOLIC), told.number(Code.DIASTOLIC), "mm[Hg]",
            stated=_stated(told.stated),
        )  # fmt: skip
    if not isinstance(told.value, Quantity):
        return None
    return Reading(
        told.code, told.value.value, unit=told.value.unit, context=told.context,
        stated=_stated(told.stated),
    )  # fmt: skip


def _stated(typed: str) -> Stated | None:
    """Read back the number and unit as they were typed; None where they were not converted."""
    numbers, _, unit = typed.partition(" ")
    first, _, second = numbers.partition("/")
    try:
        return Stated(Decimal(first), Decimal(second) if second else None, unit) if unit else None
    except InvalidOperation:
        return None
