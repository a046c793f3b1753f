"""Moving what was told of one person to another: taken back here, filed there, both kept."""

from collections.abc import Sequence
from datetime import datetime

from records.observations import Observation, Status
from records.people import Person
from records.policy import Action
from records.services.correcting import retract
from records.services.intake import Draft, add_observation, observation_at
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import ObservationId, RecordId


def move_observations(
    unit: Unit,
    observation_ids: Sequence[ObservationId],
    *,
    to: RecordId,
    by: Person,
    now: datetime,
) -> tuple[Observation, ...]:
    """Move observations into another record and return them as they are kept there.

    Each keeps when it was so, who told it, by which way, and what was typed; where it was, it
    stays in the history as entered in error.
    """
    found = [observation_at(unit, one) for one in observation_ids]
    for record_id in sorted({to, *(segment.record for segment, _ in found)}):
        permit(unit, Action.FILE_OBSERVATION, by=by, record_id=record_id, now=now)
        unit.records.lock(record_id)
    moved = []
    for segment, one in found:
        if segment.record == to:
            moved.append(one)
            continue
        retract(unit, one.id, by=by, now=now)
        moved.append(_filed_again(unit, one, to, by=by, now=now))
    return tuple(moved)


def _filed_again(
    unit: Unit, one: Observation, to: RecordId, *, by: Person, now: datetime
) -> Observation:
    status = Status.FINAL if one.status is Status.ENTERED_IN_ERROR else one.status
    draft = Draft(
        one.code,
        one.effective,
        value=one.value,
        components=one.components,
        status=status,
        context=one.context,
        stated=one.stated,
        private=one.private,
        attachments=one.attachments,
        source=one.source,
    )
    return add_observation(unit, to, draft, by=by, now=now, told=(one.informant, one.channel))
