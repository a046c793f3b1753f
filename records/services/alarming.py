"""An urgent value or word: the helpers whom the patient chose are told at once."""

from collections.abc import Sequence
from datetime import datetime

from records.chats import Card, Chat
from records.consent import Part
from records.findings.urgency import is_urgent
from records.observations import Observation, Quantity, Status
from records.people import Person, Relationship, Scope, Tie
from records.policy import Reach
from records.services.delivering import about_record, about_value
from records.services.permitting import reach_of
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import RecordId
from records.wording.names import phrase
from records.wording.safety import helper_told_card

RED_FLAG = "red_flag"


def urgent_among(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return what is urgent of what was just told, as far as it counts."""
    return tuple(one for one in observations if one.status is Status.FINAL and _needs_somebody(one))


def _needs_somebody(one: Observation) -> bool:
    if one.context == RED_FLAG:
        return True
    numbers = [part.quantity.value for part in one.components]
    if isinstance(one.value, Quantity):
        numbers = [one.value.value]
    return bool(numbers) and is_urgent(one.code, numbers)


def tell_helpers(
    unit: Unit,
    record_id: RecordId,
    urgent: Sequence[Observation],
    *,
    by: Person,
    now: datetime,
) -> int:
    """Tell the helpers whom the patient lets know of urgent values, whatever the hour.

    Nothing private is told, and nothing that is hidden from the helper. What was measured stands
    in it only for a helper who may see, in a chat that may say it. Returns in how many chats.
    """
    open_ones = [one for one in urgent if not one.private]
    if not open_ones:
        return 0
    record = unit.records.record(record_id)
    patient = unit.people.person(record.patient)
    told = 0
    for one in unit.relationships.of_record(record_id):
        if _is_told(one, by, now):
            seen = reach_of(unit, record, by=unit.people.person(one.person), now=now)
            not_hidden = [each for each in open_ones if not _is_hidden(unit, seen, each)]
            if not_hidden:
                told += _tell(unit, one, patient, not_hidden)
    return told


def _tell(unit: Unit, tie: Relationship, patient: Person, urgent: Sequence[Observation]) -> int:
    """Tell one helper; before it goes out it is asked once more whether it may."""
    first = _numbers(urgent)[0]
    shown = Scope.SEE in tie.scopes
    about = about_value(first.id) if shown else about_record(tie.record)
    return tell(unit, tie.person, lambda chat: _card(chat, patient, urgent, tie), about=about)


def _numbers(urgent: Sequence[Observation]) -> Sequence[Observation]:
    return [one for one in urgent if one.context != RED_FLAG] or urgent


def _is_hidden(unit: Unit, seen: Reach, one: Observation) -> bool:
    part = Part(one.kind, unit.series.segment_of(one.id), one.id, one.code)
    return any(hidden.holds(part) for hidden in seen.hidden)


def _is_told(one: Relationship, by: Person, now: datetime) -> bool:
    lets = one.tie is Tie.CAREGIVER and Scope.URGENT in one.scopes and one.holds(now)
    return lets and one.person != by.id


def _card(chat: Chat, patient: Person, urgent: Sequence[Observation], tie: Relationship) -> Card:
    shown = Scope.SEE in tie.scopes and may_say_all(chat)
    what = phrase(_numbers(urgent)[0], chat.language) if shown else ""
    return helper_told_card(name=patient.name, what=what, language=chat.language)
