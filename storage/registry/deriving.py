"""What is derived from a segment version, at intake and at restore alike."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from records.observations import Observation
from records.segments import Segment
from records.series import Point
from records.vocabulary import Code
from storage.registry.desk import Desk
from storage.registry.finding import find_by_birth
from storage.registry.summaries import in_time, is_listed, points_by_code, summarise, summarise_all
from storage.rows.segments import ObservationRow, SeriesRow


def index(desk: Desk, segment: Segment, before: Segment | None) -> None:
    """Derive where its observations lie, its series pages and its summary from a new version."""
    known = {one.id for one in before.observations} if before else set()
    desk.session.add_all(
        ObservationRow(id=one.id, segment=segment.id)
        for one in segment.observations
        if one.id not in known
    )
    points = points_by_code(segment)
    codes = set(points) | (set(points_by_code(before)) if before else set())
    for code in sorted(codes):
        _index_series(desk, segment, code, points.get(code, []), before)
    if codes or any(is_listed(one) for one in (*segment.observations, *_former(before))):
        summarise(desk, segment)
    find_by_birth(desk, segment)
    desk.session.flush()


def _former(before: Segment | None) -> tuple[Observation, ...]:
    return before.observations if before else ()


def month_of(moment: datetime) -> str:
    """Return the month of a moment in UTC, as YYYY-MM: the page it stands on."""
    return (moment - (moment.utcoffset() or timedelta())).strftime("%Y-%m")


def _index_series(
    desk: Desk, segment: Segment, code: Code, points: list[Point], before: Segment | None
) -> None:
    old = points_by_code(before).get(code, []) if before else []
    for month in sorted({month_of(one.at) for one in (*points, *old)}):
        row = desk.session.get(SeriesRow, (segment.record, code, month))
        page = read_page(desk, row) if row else ()
        kept = [one for one in page if one.segment != segment.id]
        kept += [one for one in points if month_of(one.at) == month]
        _put_page(desk, row or SeriesRow(record=segment.record, code=code, month=month), kept)


def _put_page(desk: Desk, row: SeriesRow, points: Iterable[Point]) -> None:
    identity = f"series:{row.record}:{row.code}:{row.month}"
    row.page = desk.cells.write(row.record, identity, sorted(points, key=in_time))
    desk.session.add(row)


def read_page(desk: Desk, row: SeriesRow) -> tuple[Point, ...]:
    """Return the points of one page, oldest first."""
    identity = f"series:{row.record}:{row.code}:{row.month}"
    return desk.cells.read(row.record, identity, row.page, tuple[Point, ...])


def index_all(desk: Desk, segments: Sequence[Segment]) -> None:
    """Derive all that `index` would from the newest versions of one record, each page once.

    Nothing may be derived of the record yet.
    """
    for one in segments:
        desk.session.add_all(ObservationRow(id=o.id, segment=one.id) for o in one.observations)
    derive_all(desk, segments)


def derive_all(desk: Desk, segments: Sequence[Segment]) -> None:
    """Derive series pages and summaries from the newest versions of one record, each once."""
    pages: dict[tuple[str, Code, str], list[Point]] = {}
    for one in segments:
        for code, points in points_by_code(one).items():
            for point in points:
                pages.setdefault((one.record, code, month_of(point.at)), []).append(point)
    for (record, code, month), points in pages.items():
        _put_page(desk, SeriesRow(record=record, code=code, month=month), points)
    summarise_all(desk, segments)
    for one in segments:
        find_by_birth(desk, one)
    desk.session.flush()
