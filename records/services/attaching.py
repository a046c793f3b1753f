"""Files that came with what somebody told: tied to it, seen with it, gone from view with it."""

from dataclasses import dataclass, replace
from datetime import datetime

from records.attachments import Attachment
from records.errors import NotFound, NotPermitted
from records.observations import Observation
from records.people import Person
from records.policy import Action
from records.segments import Segment, next_version
from records.services.intake import entry_to_change, observation_at
from records.services.permitting import refuse_unknown
from records.services.ports import Unit
from records.services.viewing import RecordView, look_into
from records.tracking import AttachmentId, ObservationId

NOWHERE = ObservationId("")  # where an attachment belongs that is tied to nothing


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An attachment with what it came with."""

    attachment: Attachment
    observation: Observation


def attach(
    unit: Unit,
    attachment_id: AttachmentId,
    observation_id: ObservationId,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Let an attachment belong to what was told with it, as a new version of that."""
    segment, observation = entry_to_change(unit, observation_id, by=by, now=now)
    changed = replace(observation, attachments=(*observation.attachments, attachment_id))
    unit.segments.put(next_version(segment, changed, now, by.id))
    unit.attachments.tie(attachment_id, segment.record, observation_id)


def open_attachment(
    unit: Unit, attachment_id: AttachmentId, *, by: Person, now: datetime, small: bool = False
) -> tuple[Attachment, bytes]:
    """Return an attachment and its bytes if this person may read its segment now, and note it.

    Raises NotPermitted for a refusal, for what was taken back, and for what is not there.
    """
    found, segment, observation = _placed(unit, attachment_id, by=by, now=now)
    seen, _ = look_into(unit, segment, by=by, now=now, ref=attachment_id)
    if observation not in seen.standing or attachment_id not in observation.attachments:
        raise NotPermitted
    try:
        return found, unit.attachments.content(attachment_id, small=small)
    except NotFound:
        raise NotPermitted from None


def _placed(
    unit: Unit, attachment_id: AttachmentId, *, by: Person, now: datetime
) -> tuple[Attachment, Segment, Observation]:
    """Return an attachment and where it belongs; note and refuse where it is nowhere."""
    try:
        found = unit.attachments.find(attachment_id)
    except NotFound:
        found = None
    try:
        segment, observation = observation_at(unit, (found and found.observation) or NOWHERE)
    except NotFound:
        found = None
    if found is None:
        rule = "no_such_attachment"
        refuse_unknown(unit, Action.READ_SEGMENT, by=by, now=now, rule=rule, ref=attachment_id)
    return found, segment, observation


def enclosed_in(unit: Unit, view: RecordView, limit: int) -> tuple[Enclosed, ...]:
    """Return the newest attachments of what this person sees of a record."""
    with_files = (one for segment in view.segments for one in segment.standing if one.attachments)
    newest = sorted(with_files, key=lambda one: one.effective, reverse=True)
    pairs = [(one, attachment) for one in newest for attachment in one.attachments][:limit]
    found = (Enclosed(unit.attachments.find(attachment), one) for one, attachment in pairs)
    return tuple(one for one in found if one.attachment.observation == one.observation.id)
