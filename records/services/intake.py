"""Filing what somebody told: once, in the right segment, with the way back kept open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from records.consent import Part
from records.errors import NotFound, NotPermitted
from records.observations import NO_FILE, Channel, Component, Observation, Quantity, Status
from records.people import Person
from records.policy import Action
from records.segments import Segment, day_of, find, first_version, next_version
from records.services.expiring import watch_age
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.tracking import (
    AttachmentId,
    ObservationId,
    PersonId,
    RecordId,
    TrackingId,
    fresh,
)
from records.vocabulary import MEANINGS, PERIODS, Code, Period, SegmentKind, Shape

NO_SEGMENT = TrackingId("")  # none has this id
SAME_TWICE = timedelta(seconds=60)
RULED = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.OTHER})
"""The kinds the rules look at."""
NUMERIC = frozenset({Shape.QUANTITY, Shape.PANEL})

Place = tuple[SegmentKind, date | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be filed: an observation without its ids and provenance."""

    code: Code
    effective: datetime
    value: Quantity | str | None = None
    components: tuple[Component, ...] = ()
    status: Status = Status.FINAL
    context: str = ""
    stated: str = ""
    private: bool = False
    attachments: tuple[AttachmentId, ...] = ()
    source: AttachmentId = NO_FILE
    site: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of it: the observations as they are kept, and whether they were there before."""

    observations: tuple[Observation, ...]
    already: bool = False


def file_observations(
    unit: Unit,
    drafts: Sequence[Draft],
    *,
    record_id: RecordId,
    by: Person,
    channel: Channel,
    now: datetime,
    key: str = "",
) -> Filed:
    """File drafts as observations told and written by this person, and note it.

    The same `key` files nothing twice; nor does the same value within a minute.
    """
    permit(unit, Action.FILE_OBSERVATION, by=by, record_id=record_id, now=now)
    return file_permitted(
        unit, drafts, record_id=record_id, by=by, channel=channel, now=now, key=key
    )


def file_permitted(
    unit: Unit,
    drafts: Sequence[Draft],
    *,
    record_id: RecordId,
    by: Person,
    channel: Channel,
    now: datetime,
    key: str = "",
) -> Filed:
    """File drafts where the caller has asked the policy."""
    unit.records.lock(record_id)
    record = unit.records.record(record_id)
    if key and (ids := unit.intake.filed(key)):
        return Filed(tuple(_observation(unit, one) for one in ids), already=True)
    zone = unit.people.person(record.patient).zone
    kept: list[Observation] = []
    fresh_ones: dict[Place, list[Observation]] = {}
    said: dict[Place, tuple[Observation, ...]] = {}
    for draft in drafts:
        place = MEANINGS[draft.code].kind, day_of(MEANINGS[draft.code].kind, draft.effective, zone)
        again = None
        if MEANINGS[draft.code].shape in NUMERIC and not draft.attachments:
            if place not in said:
                said[place] = _standing(unit, record_id, place)
            again = _said_just_now(said[place], draft, now)
        observation = again or _observe(draft, by=by, channel=channel, now=now)
        kept.append(observation)
        if again is None:
            fresh_ones.setdefault(place, []).append(observation)
    for (kind, day), observations in fresh_ones.items():
        _file_in(unit, record_id, kind, day, observations)
    _tie(unit, record_id, kept)
    if key:
        unit.intake.remember(key, [one.id for one in kept])
    return Filed(tuple(kept), already=not fresh_ones)


def add_observation(
    unit: Unit,
    record_id: RecordId,
    draft: Draft,
    *,
    by: Person,
    now: datetime,
    told: tuple[PersonId, Channel],
) -> Observation:
    """File one draft as told by somebody else in some way; the caller has asked the policy."""
    informant, channel = told
    kind = MEANINGS[draft.code].kind
    zone = unit.people.person(unit.records.record(record_id).patient).zone
    observation = replace(_observe(draft, by=by, channel=channel, now=now), informant=informant)
    _file_in(unit, record_id, kind, day_of(kind, draft.effective, zone), [observation])
    _tie(unit, record_id, [observation])
    return observation


def observation_at(unit: Unit, observation_id: ObservationId) -> tuple[Segment, Observation]:
    """Return where an observation is filed and what it now says, or raise NotFound."""
    tracking_id = unit.series.segment_of(observation_id)
    segment = unit.segments.segment(tracking_id or NO_SEGMENT)
    observation = find(segment, observation_id)
    if observation is None:
        raise NotFound
    return segment, observation


def entry_to_change(
    unit: Unit, observation_id: ObservationId, *, by: Person, now: datetime
) -> tuple[Segment, Observation]:
    """Return an entry this person may change, its record locked; raises NotPermitted.

    What a doctor or a third party described is theirs: no patient and no helper changes it.
    """
    try:
        segment, _ = observation_at(unit, observation_id)
    except NotFound:
        refuse_unknown(unit, Action.FILE_OBSERVATION, by=by, now=now, rule="no_such_entry")
    part = Part(segment.kind, segment.id)
    permit(unit, Action.FILE_OBSERVATION, by=by, record_id=segment.record, now=now, part=part)
    if PERIODS[segment.kind] is Period.NOTE:
        raise NotPermitted
    unit.records.lock(segment.record)
    return observation_at(unit, observation_id)


def _observation(unit: Unit, observation_id: ObservationId) -> Observation:
    return observation_at(unit, observation_id)[1]


def _observe(draft: Draft, *, by: Person, channel: Channel, now: datetime) -> Observation:
    return Observation(
        id=ObservationId(fresh()),
        code=draft.code,
        effective=draft.effective,
        recorded=now,
        informant=by.id,
        author=by.id,
        channel=channel,
        value=draft.value,
        components=draft.components,
        status=draft.status,
        context=draft.context,
        stated=draft.stated,
        private=draft.private,
        attachments=draft.attachments,
        source=draft.source,
        site=draft.site,
        position=draft.position,
    )


def _tie(unit: Unit, record_id: RecordId, observations: Sequence[Observation]) -> None:
    """Let what came with these observations belong to them."""
    for one in observations:
        for attachment in one.attachments:
            unit.attachments.tie(attachment, record_id, one.id)


def _standing(unit: Unit, record_id: RecordId, place: Place) -> tuple[Observation, ...]:
    segment = unit.segments.current(record_id, *place)
    return segment.standing if segment else ()


def _said_just_now(said: Sequence[Observation], draft: Draft, now: datetime) -> Observation | None:
    """Return the same number said less than a minute ago, if there is one (PRODUCT.md I5)."""
    return next(
        (
            one
            for one in said
            if one.code == draft.code
            and (one.value, one.components) == (draft.value, draft.components)
            and (one.site, one.position) == (draft.site, draft.position)
            and abs(one.effective - draft.effective) < SAME_TWICE
            and abs(now - one.recorded) < SAME_TWICE
        ),
        None,
    )


def _file_in(
    unit: Unit,
    record_id: RecordId,
    kind: SegmentKind,
    day: date | None,
    observations: Sequence[Observation],
) -> None:
    """Add observations to the segment of this kind and day as one new version."""
    first, *rest = observations
    living = PERIODS[kind] is not Period.NOTE
    found = unit.segments.current(record_id, kind, day) if living else None
    if found is None:
        segment = first_version(TrackingId(fresh()), record_id, day, first)
    else:
        segment = next_version(found, first, first.recorded, first.author)
    unit.segments.put(replace(segment, observations=(*segment.observations, *rest)))
    watch_age(unit, record_id, observations, first.recorded)
    if kind in RULED:
        unit.rechecks.soon(record_id, first.recorded)


def file_note(unit: Unit, record_id: RecordId, observation: Observation) -> TrackingId:
    """File a description as a segment of its own; the caller has asked the policy."""
    tracking_id = TrackingId(fresh())
    unit.records.lock(record_id)
    unit.segments.put(first_version(tracking_id, record_id, None, observation))
    return tracking_id
