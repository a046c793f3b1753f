"""Correcting what was filed: taken back, let count again, or said anew; history keeps it all."""

from dataclasses import replace
from datetime import datetime

from records.observations import Observation, Status
from records.people import Person
from records.segments import day_of, next_version
from records.services.expiring import watch_age
from records.services.intake import Draft, add_observation, entry_to_change
from records.services.ports import Unit
from records.tracking import ObservationId
from records.vocabulary import MEANINGS


def retract(unit: Unit, observation_id: ObservationId, *, by: Person, now: datetime) -> Observation:
    """Take an observation back as entered in error; every version of it stays in the history."""
    return _change_status(unit, observation_id, Status.ENTERED_IN_ERROR, by=by, now=now)


def reinstate(
    unit: Unit, observation_id: ObservationId, *, by: Person, now: datetime
) -> Observation:
    """Let an observation count: one that was taken back, or one that was asked about."""
    return _change_status(unit, observation_id, Status.FINAL, by=by, now=now)


def amend(
    unit: Unit, observation_id: ObservationId, draft: Draft, *, by: Person, now: datetime
) -> Observation:
    """Put what was meant in the place of what was said, as a new version under the same id."""
    segment, observation = entry_to_change(unit, observation_id, by=by, now=now)
    record = unit.records.record(segment.record)
    zone = unit.people.person(record.patient).zone
    kind = MEANINGS[draft.code].kind
    day = day_of(kind, draft.effective, zone)
    if (kind, day) == (segment.kind, segment.day):
        changed = _amended(observation, draft, by=by, now=now)
        unit.segments.put(next_version(segment, changed, now, by.id))
        watch_age(unit, segment.record, [changed], now)
        unit.rechecks.soon(segment.record, now)
        return changed
    gone = replace(observation, status=Status.ENTERED_IN_ERROR)
    unit.segments.put(next_version(segment, gone, now, by.id))
    draft = replace(draft, attachments=observation.attachments, source=observation.source)
    told = (by.id, observation.channel)
    return add_observation(unit, segment.record, draft, by=by, now=now, told=told)


def _change_status(
    unit: Unit, observation_id: ObservationId, status: Status, *, by: Person, now: datetime
) -> Observation:
    segment, observation = entry_to_change(unit, observation_id, by=by, now=now)
    if observation.status is status:
        return observation
    changed = replace(observation, status=status)
    unit.segments.put(next_version(segment, changed, now, by.id))
    unit.rechecks.soon(segment.record, now)
    return changed


def _amended(observation: Observation, draft: Draft, *, by: Person, now: datetime) -> Observation:
    return replace(
        observation,
        code=draft.code,
        effective=draft.effective,
        recorded=now,
        author=by.id,
        value=draft.value,
        components=draft.components,
        status=draft.status,
        context=draft.context,
        stated=draft.stated,
        private=draft.private or observation.private,
        site=draft.site or observation.site,
        position=draft.position or observation.position,
    )
