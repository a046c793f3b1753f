"""What lists of many patients read of a record's last weeks, derived from segment versions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from records import documents
from records.observations import Observation, Quantity
from records.segments import Segment
from records.series import Point, Saying
from records.services.alarming import RED_FLAG
from records.tracking import TrackingId
from records.vocabulary import MEANINGS, PANELS, Code, SegmentKind, Shape
from storage.registry.desk import Desk
from storage.rows.segments import SummaryRow

RECENT = timedelta(days=35)
KEPT = frozenset({Code.BIRTH_DATE})  # words lists look at however long ago they were said
NUMERIC = frozenset({Shape.QUANTITY, Shape.PANEL})

Summary = dict[Code, tuple[Point, ...]]


def points_by_code(segment: Segment) -> dict[Code, list[Point]]:
    """Return the numbers that count in a segment, by code."""
    found: dict[Code, list[Point]] = {}
    for one in segment.standing:
        if MEANINGS[one.code].shape in NUMERIC:
            found.setdefault(one.code, []).append(_point(one, segment.id))
    return found


def _point(observation: Observation, tracking_id: TrackingId) -> Point:
    parts = PANELS.get(observation.code)
    if parts:
        numbers = tuple(observation.number(part) for part in parts)
    else:
        value = observation.value
        numbers = (value.value,) if isinstance(value, Quantity) else ()
    return Point(
        at=observation.effective,
        numbers=numbers,
        context=observation.context,
        private=observation.private,
        observation=observation.id,
        segment=tracking_id,
    )


def in_time(point: Point | Saying) -> tuple[datetime, str]:
    """Return by what to sort, oldest first."""
    return point.at, point.observation  # two of one moment, always in the same order


def read_summary(desk: Desk, row: SummaryRow) -> Summary:
    """Return the last weeks' points of one kind by code."""
    content = desk.cells.open(row.record, f"summary:{row.record}:{row.kind}", row.page)
    return documents.read(content, dict[Code, tuple[Point, ...]])


def read_said(desk: Desk, row: SummaryRow) -> tuple[Saying, ...]:
    """Return the words of one kind that lists look at."""
    if row.said is None:
        return ()
    identity = _said_identity(row.record, row.kind)
    return desk.cells.read(row.record, identity, row.said, tuple[Saying, ...])


def summarise(desk: Desk, segment: Segment) -> None:
    """Derive what lists read of a segment from its newest version."""
    points = points_by_code(segment)
    row = desk.session.get(SummaryRow, (segment.record, segment.kind))
    summary = read_summary(desk, row) if row else {}
    told: dict[Code, list[Point]] = {}
    for code in set(summary) | set(points):
        kept = [one for one in summary.get(code, ()) if one.segment != segment.id]
        told[code] = kept + points.get(code, [])
    said = [one for one in (read_said(desk, row) if row else ()) if one.segment != segment.id]
    row = row or SummaryRow(record=segment.record, kind=segment.kind)
    put_summary(desk, row, told, said + sayings_of(segment))


def summarise_all(desk: Desk, segments: Sequence[Segment]) -> None:
    """Derive the same from the newest versions of one record, each summary once."""
    told: dict[tuple[str, SegmentKind], dict[Code, list[Point]]] = {}
    said: dict[tuple[str, SegmentKind], list[Saying]] = {}
    for one in segments:
        key = (one.record, one.kind)
        for code, points in points_by_code(one).items():
            told.setdefault(key, {}).setdefault(code, []).extend(points)
        if sayings := sayings_of(one):
            said.setdefault(key, []).extend(sayings)
    for record, kind in sorted({*told, *said}):
        row = SummaryRow(record=record, kind=kind)
        put_summary(desk, row, told.get((record, kind), {}), said.get((record, kind), ()))


def put_summary(
    desk: Desk, row: SummaryRow, told: Mapping[Code, Iterable[Point]], said: Iterable[Saying]
) -> None:
    """Keep as much of this as lists look at."""
    since = desk.clock() - RECENT
    summary: Summary = {}
    for code in sorted(told):
        newest = sorted((one for one in told[code] if one.at > since), key=in_time)
        if newest:
            summary[code] = tuple(newest)
    listed = sorted((one for one in said if one.at > since or one.code in KEPT), key=in_time)
    row.page = desk.cells.write(row.record, f"summary:{row.record}:{row.kind}", summary)
    row.said = desk.cells.write(row.record, _said_identity(row.record, row.kind), listed)
    desk.session.add(row)


def sayings_of(segment: Segment) -> list[Saying]:
    """Return the words of a segment that lists look at."""
    return [_saying(one, segment.id) for one in segment.standing if is_listed(one)]


def is_listed(observation: Observation) -> bool:
    """Say whether lists of many patients look at these words."""
    return observation.context == RED_FLAG or observation.code in KEPT


def _saying(observation: Observation, tracking_id: TrackingId) -> Saying:
    return Saying(
        code=observation.code,
        at=observation.effective,
        words=str(observation.value),
        context=observation.context,
        private=observation.private,
        observation=observation.id,
        segment=tracking_id,
    )


def _said_identity(record: str, kind: str) -> str:
    return f"said:{record}:{kind}"
