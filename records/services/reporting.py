"""What devices send: weighed reading by reading by the rules of the chat, and filed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

from records.devices import Device, Told
from records.errors import NotValid
from records.findings.plausibility import is_a_number, is_plausible
from records.findings.urgency import is_urgent
from records.language.units import canonical
from records.observations import Channel, Component, Observation, Quantity, Status
from records.people import Person
from records.policy import Action
from records.services.doubting import doubt
from records.services.intake import Draft, file_permitted
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import RecordId
from records.vocabulary import MEANINGS, PANELS, Code, Shape
from records.wording import say
from records.wording.readings import listed
from records.wording.safety import UNUSUAL, safety_card

LONGEST_KEY = 200
MOST_AT_ONCE = 500
AHEAD = timedelta(minutes=10)  # a device's clock may run before ours
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
FRESH = timedelta(hours=2)  # an urgent value older than this needs no safety card
PARTS = frozenset(part for parts in PANELS.values() for part in parts)
MEASURED = frozenset(
    code
    for code, meaning in MEANINGS.items()
    if meaning.shape in (Shape.QUANTITY, Shape.PANEL) and code not in PARTS
)
BY_LOINC = {meaning.loinc: code for code, meaning in MEANINGS.items() if meaning.loinc}
ALIKE = {"mmHg": "mm[Hg]", "{beats}/min": "/min", "1": "{steps}"}


class Fate(StrEnum):
    """What became of one reading."""

    STORED = "stored"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one reading; one that does not count is kept and asked about."""

    key: str
    fate: Fate
    reason: str = ""
    counts: bool = True


def file_from_device(
    unit: Unit, device: Device, sent: Sequence[Told | str], *, now: datetime, emergency: str
) -> tuple[Outcome, ...]:
    """File what a device sends, each reading for itself, and say of each what became of it.

    A text in the place of a reading is the reason why it could not be read. `emergency` is the
    number to call that a fresh urgent value is answered with in the patient's chat.
    """
    patient = unit.people.person(unit.records.record(device.record).patient)
    ref = f"device:{device.id}"
    permit(unit, Action.FILE_FROM_DEVICE, by=patient, record_id=device.record, now=now, ref=ref)
    unit.records.lock(device.record)
    usual = _usual(unit, device.record, now)
    outcomes: list[Outcome] = []
    new: dict[str, Draft] = {}
    for one in sent:
        outcome, draft = _weighed(unit, device, one, new, now=now, usual=usual)
        outcomes.append(outcome)
        if draft is not None:
            new[outcome.key] = draft
    _file(unit, device, new, by=patient, now=now, emergency=emergency)
    return tuple(outcomes)


def _weighed(
    unit: Unit,
    device: Device,
    told: Told | str,
    new: Mapping[str, Draft],
    *,
    now: datetime,
    usual: tuple[Decimal, Decimal] | None,
) -> tuple[Outcome, Draft | None]:
    """Return what becomes of one reading, and what is to be filed of it."""
    if isinstance(told, str):
        return Outcome("", Fate.REFUSED, told), None
    if not told.key or len(told.key) > LONGEST_KEY:
        return Outcome(told.key[:LONGEST_KEY], Fate.REFUSED, "key_missing"), None
    if told.key in new or unit.intake.filed(_key(device, told.key)):
        return Outcome(told.key, Fate.ALREADY), None
    draft = _draft(told, now, usual)
    if isinstance(draft, str):
        return Outcome(told.key, Fate.REFUSED, draft), None
    return Outcome(told.key, Fate.STORED, counts=draft.status is Status.FINAL), draft


def _key(device: Device, key: str) -> str:
    return f"device:{device.id}:{key}"


def _draft(told: Told, now: datetime, usual: tuple[Decimal, Decimal] | None) -> Draft | str:
    """Return a reading as a draft, or the reason why it cannot be one."""
    if told.effective.tzinfo is None:
        return "time_without_offset"
    if told.effective > now + AHEAD:
        return "time_ahead"
    if told.effective < OLDEST:
        return "time_too_old"
    code = _code(told.code)
    if code is None or code not in MEASURED:
        return "code_not_known"
    try:
        parts = _numbers(told, code)
    except NotValid as refused:
        return refused.reason
    numbers = [quantity.value for _, quantity, _ in parts]
    plausible = is_plausible(code, numbers, usual)
    panel = code in PANELS
    return Draft(
        code=code,
        effective=told.effective,
        value=None if panel else parts[0][1],
        components=tuple(Component(part, quantity) for part, quantity, _ in parts) if panel else (),
        status=Status.FINAL if plausible else Status.PROVISIONAL,
        stated="" if panel else parts[0][2],
    )


def _code(written: str) -> Code | None:
    return BY_LOINC.get(written) or (Code(written) if written in set(Code) else None)


def _numbers(told: Told, code: Code) -> list[tuple[Code, Quantity, str]]:
    """Return the numbers of a reading in their canonical units, and how each was stated."""
    if code not in PANELS:
        return [_number(code, told.value, told.unit)]
    sent = {_code(part.code): part for part in told.components}
    if set(sent) != set(PANELS[code]) or len(sent) != len(told.components):
        raise NotValid("components", "numbers_missing")
    return [_number(part, sent[part].value, sent[part].unit) for part in PANELS[code]]


def _number(code: Code, value: Decimal | None, unit: str) -> tuple[Code, Quantity, str]:
    if value is None:
        raise NotValid("value", "value_missing")
    if not is_a_number(value):
        raise NotValid("value", "value_not_possible")
    written = unit if unit == MEANINGS[code].ucum else ALIKE.get(unit, unit)
    converted, ucum = canonical(value, written)
    if ucum != MEANINGS[code].ucum:
        raise NotValid("unit", "unit_not_known")
    stated = f"{value} {written}" if written != ucum else ""
    return code, Quantity(converted, ucum), stated


def _usual(unit: Unit, record_id: RecordId, now: datetime) -> tuple[Decimal, Decimal] | None:
    points = unit.series.points(record_id, Code.BLOOD_PRESSURE, now - timedelta(days=7), now)
    columns = list(zip(*(one.numbers for one in points), strict=True))
    return (median(columns[0]), median(columns[1])) if columns else None


def _file(
    unit: Unit,
    device: Device,
    new: Mapping[str, Draft],
    *,
    by: Person,
    now: datetime,
    emergency: str,
) -> None:
    if not new:
        return
    filed = file_permitted(
        unit, list(new.values()), record_id=device.record, by=by, channel=Channel.DEVICE, now=now
    )
    for key, one in zip(new, filed.observations, strict=True):
        unit.intake.remember(_key(device, key), [one.id])
    doubt(unit, filed.observations, of=by, now=now)
    urgent = [one for one in filed.observations if _is_urgent(one, now)]
    if urgent:
        _answer(unit, urgent[:1], by=by, emergency=emergency)


def _is_urgent(observation: Observation, now: datetime) -> bool:
    """Say whether to tell at once what to do; also of a number only far from the usual ones."""
    codes = PANELS.get(observation.code, (observation.code,))
    numbers = [observation.number(one) for one in codes]
    fresh = now - observation.effective < FRESH
    possible = observation.status is Status.FINAL or is_plausible(observation.code, numbers)
    return fresh and possible and is_urgent(observation.code, numbers)


def _answer(unit: Unit, urgent: Sequence[Observation], *, by: Person, emergency: str) -> None:
    """Answer a fresh urgent value in the patient's chats, as far as each may say it."""
    tell(
        unit,
        by.id,
        lambda chat: safety_card(
            UNUSUAL,
            what=listed(urgent, chat.language)
            if may_say_all(chat)
            else say(chat.language, "A reading of your device"),
            number=emergency,
            language=chat.language,
        ),
        about=urgent[0].id,
    )
