"""What the speaker may see of a record in the chat: the policy's answer, entry by entry."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.turn import Turn
from records.consent import Part, label_of
from records.observations import Observation
from records.policy import Action, Reach
from records.segments import Segment
from records.series import Point
from records.services.permitting import ask_policy, reach_of
from records.tracking import RecordId
from records.vocabulary import Code, SegmentKind


def may_see(turn: Turn, record_id: RecordId) -> bool:
    """Say whether the speaker may see the numbers of this record."""
    record = turn.unit.records.record(record_id)
    if record.patient == turn.by.id:
        return True
    part = Part(SegmentKind.PHYSICAL_SIGNS)
    action = Action.READ_SEGMENT
    return ask_policy(turn.unit, action, by=turn.by, record=record, now=turn.now, part=part).allowed


def seen_by(turn: Turn, record_id: RecordId) -> Reach:
    """Return all the speaker may read of this record now."""
    record = turn.unit.records.record(record_id)
    return reach_of(turn.unit, record, by=turn.by, now=turn.now)


def points_seen(
    turn: Turn, record_id: RecordId, code: Code, since: datetime, until: datetime
) -> Sequence[Point]:
    """Return the numbers of a code between two moments, as far as the speaker may see them."""
    return seen_by(turn, record_id).points(
        code, turn.unit.series.points(record_id, code, since, until)
    )


def admits(seen: Reach, segment: Segment, one: Observation) -> bool:
    """Say whether an entry of a segment may be read, whether it counts or was taken back."""
    part = Part(segment.kind, segment.id, one.id, one.code)
    return seen.admits(part, label_of(one.code, private=one.private), one.effective)
