"""Segments: one kind of the record over its period, in versions that are never overwritten."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from records.observations import Observation, Status
from records.tracking import ObservationId, PersonId, RecordId, TrackingId
from records.vocabulary import PERIODS, Period, SegmentKind


@dataclass(frozen=True, slots=True)
class Segment:
    """One version of a segment; `day` is the patient's local day where the kind accumulates."""

    id: TrackingId
    record: RecordId
    kind: SegmentKind
    day: date | None
    version: int
    observations: tuple[Observation, ...]
    recorded: datetime
    author: PersonId

    @property
    def standing(self) -> tuple[Observation, ...]:
        """What counts: neither taken back nor still asked about, in order of time."""
        counted = (one for one in self.observations if one.status is Status.FINAL)
        return tuple(sorted(counted, key=lambda one: (one.effective, one.id)))

    @property
    def told_on(self) -> date | None:
        """The day this tells of: its own, or the first of a note; None for what lasts."""
        if PERIODS[self.kind] is Period.NOTE and self.observations:
            return min(one.effective for one in self.observations).date()
        return self.day


def day_of(kind: SegmentKind, effective: datetime, zone: str) -> date | None:
    """Return the patient's local day a segment of this kind covers, or None where none applies."""
    if PERIODS[kind] is not Period.DAY:
        return None
    return effective.astimezone(ZoneInfo(zone)).date()


def first_version(
    tracking_id: TrackingId, record: RecordId, day: date | None, observation: Observation
) -> Segment:
    """Begin a segment with its first observation."""
    return Segment(
        id=tracking_id,
        record=record,
        kind=observation.kind,
        day=day,
        version=1,
        observations=(observation,),
        recorded=observation.recorded,
        author=observation.author,
    )


def next_version(segment: Segment, changed: Observation, now: datetime, by: PersonId) -> Segment:
    """Return the next version, with `changed` in the place of its id, or added."""
    others = tuple(one for one in segment.observations if one.id != changed.id)
    kept = tuple(changed if one.id == changed.id else one for one in segment.observations)
    observations = kept if len(others) < len(segment.observations) else (*others, changed)
    return replace(
        segment, version=segment.version + 1, observations=observations, recorded=now, author=by
    )


def find(segment: Segment, observation_id: ObservationId) -> Observation | None:
    """Return the observation with this id, or None."""
    return next((one for one in segment.observations if one.id == observation_id), None)
