"""What is derived from a segment version, at intake and at restore alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from records import documents
from records.observations import Observation, Quantity
from records.segments import Segment
from records.series import Point
from records.tracking import RecordId, TrackingId
from records.vocabulary import MEANINGS, PANELS, Code, SegmentKind, Shape
from storage.registry.desk import Desk
from storage.rows.segments import ObservationRow, SeriesRow, SummaryRow

RECENT = timedelta(days=35)
NUMERIC = frozenset({Shape.QUANTITY, Shape.PANEL})


def index(desk: Desk, segment: Segment, before: Segment | None) -> None:
    """Derive where its observations lie, its series pages and its summary from a new version."""
    known = {one.id for one in before.observations} if before else set()
    desk.session.add_all(
        ObservationRow(id=one.id, segment=segment.id)
        for one in segment.observations
        if one.id not in known
    )
    points = _points_by_code(segment)
    codes = set(points) | (set(_points_by_code(before)) if before else set())
    for code in sorted(codes):
        _index_series(desk, segment, code, points.get(code, []), before)
    if codes:
        _index_summary(desk, segment, points)
    desk.session.flush()


def _points_by_code(segment: Segment) -> dict[Code, list[Point]]:
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


def month_of(moment: datetime) -> str:
    """Return the month of a moment in UTC, as YYYY-MM: the page it stands on."""
    return (moment - (moment.utcoffset() or timedelta())).strftime("%Y-%m")


def _index_series(
    desk: Desk, segment: Segment, code: Code, points: list[Point], before: Segment | None
) -> None:
    old = _points_by_code(before).get(code, []) if before else []
    for month in sorted({month_of(one.at) for one in (*points, *old)}):
        row = desk.session.get(SeriesRow, (segment.record, code, month))
        page = read_page(desk, row) if row else ()
        kept = [one for one in page if one.segment != segment.id]
        kept += [one for one in points if month_of(one.at) == month]
        _put_page(desk, row or SeriesRow(record=segment.record, code=code, month=month), kept)


def _put_page(desk: Desk, row: SeriesRow, points: Iterable[Point]) -> None:
    identity = f"series:{row.record}:{row.code}:{row.month}"
    row.page = desk.cells.write(row.record, identity, sorted(points, key=_in_time))
    desk.session.add(row)


def _in_time(point: Point) -> tuple[datetime, str]:
    return point.at, point.observation  # two of one moment, always in the same order


def read_page(desk: Desk, row: SeriesRow) -> tuple[Point, ...]:
    """Return the points of one page, oldest first."""
    identity = f"series:{row.record}:{row.code}:{row.month}"
    return desk.cells.read(row.record, identity, row.page, tuple[Point, ...])


Summary = dict[Code, tuple[Point, ...]]


def read_summary(desk: Desk, row: SummaryRow) -> Summary:
    """Return the last weeks' points of one kind by code."""
    content = desk.cells.open(row.record, f"summary:{row.record}:{row.kind}", row.page)
    return documents.read(content, dict[Code, tuple[Point, ...]])


def _index_summary(desk: Desk, segment: Segment, points: dict[Code, list[Point]]) -> None:
    row = desk.session.scalar(
        select(SummaryRow).where(
            SummaryRow.record == segment.record, SummaryRow.kind == segment.kind
        )
    )
    summary = read_summary(desk, row) if row else {}
    told: dict[Code, list[Point]] = {}
    for code in set(summary) | set(points):
        kept = [one for one in summary.get(code, ()) if one.segment != segment.id]
        told[code] = kept + points.get(code, [])
    _put_summary(desk, row or SummaryRow(record=segment.record, kind=segment.kind), told)


def _put_summary(desk: Desk, row: SummaryRow, told: Mapping[Code, Iterable[Point]]) -> None:
    since = desk.clock() - RECENT
    summary: Summary = {}
    for code in sorted(told):
        newest = sorted((one for one in told[code] if one.at > since), key=_in_time)
        if newest:
            summary[code] = tuple(newest)
    row.page = desk.cells.write(row.record, f"summary:{row.record}:{row.kind}", summary)
    desk.session.add(row)


def index_all(desk: Desk, segments: Sequence[Segment]) -> None:
    """Derive all that `index` would from the newest versions of one record, each page once.

    Nothing may be derived of the record yet.
    """
    pages: dict[tuple[str, Code, str], list[Point]] = {}
    summaries: dict[tuple[str, SegmentKind], dict[Code, list[Point]]] = {}
    for one in segments:
        desk.session.add_all(ObservationRow(id=o.id, segment=one.id) for o in one.observations)
        for code, points in _points_by_code(one).items():
            told = summaries.setdefault((one.record, one.kind), {})
            told.setdefault(code, []).extend(points)
            for point in points:
                pages.setdefault((one.record, code, month_of(point.at)), []).append(point)
    for (record, code, month), points in pages.items():
        _put_page(desk, SeriesRow(record=record, code=code, month=month), points)
    for (record, kind), told in summaries.items():
        _put_summary(desk, SummaryRow(record=record, kind=kind), told)
    desk.session.flush()


def summaries_of(
    desk: Desk, record_ids: list[RecordId], kind: SegmentKind
) -> dict[RecordId, Summary]:
    """Return the summaries of one kind for many records in one statement."""
    rows = desk.session.scalars(
        select(SummaryRow).where(SummaryRow.kind == kind, SummaryRow.record.in_(record_ids))
    )
    return {RecordId(row.record): read_summary(desk, row) for row in rows}
