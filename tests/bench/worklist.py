"""The morning's list and a patient's page of one clinic, small and large: time and statements.

Of each clinic one patient has ten years of readings, the others ninety days. Times are processor
time of the whole request, so that what else runs on the machine does not count. The first of each
page stands apart: for the list it is when nothing is kept yet.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from sqlalchemy import delete, event

from storage.rows.standings import StandingRow
from tests.bench.clinic import fill
from tests.bench.figures import Figure
from tests.webapp.conftest import Site, furnish, make_site

SIZES = (12, 1_000, 10_000)
ROUNDS = 20
LIST_WITHIN, PAGE_WITHIN = 300.0, 100.0  # ms at the 95th percentile


def measure(_parts: Path, sizes: Sequence[int] = SIZES) -> list[Figure]:
    """Return p50, p95 and statements of both pages at each size, and the ends held together."""
    figures: list[Figure] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            figures += _of_clinic(Path(place), size)
    found = {one.name: one.value or 0.0 for one in figures}
    small, large = min(sizes), max(sizes)
    for page in ("list", "page_90_days", "page_10_years"):
        first, last = (found[f"worklist.{page}.{size}.statements"] for size in (small, large))
        name = f"worklist.{page}.statements_flat"
        figures.append(Figure(name, last, "", f"{small} patients", first / last, 1.0))
    first, last = (found[f"worklist.page_90_days.{size}.p50"] for size in (small, large))
    name = "worklist.page_90_days.flat"
    return [*figures, Figure(name, last, "ms", f"{small} patients", first / last, 0.5)]


def _of_clinic(place: Path, size: int) -> list[Figure]:
    (place / "house").mkdir()
    found: list[Figure] = []
    for site in make_site(place / "copy", furnish(place / "house")):
        doctor, records = fill(site, size)
        browser = site.as_(doctor)
        with site.database.session(writing=True) as session:
            session.execute(delete(StandingRow))  # signing in has shown the list once
        pages = {
            "list": "/today",
            "page_90_days": f"/p/{records[1]}",
            "page_10_years": f"/p/{records[0]}",
        }
        for name, address in pages.items():
            within = LIST_WITHIN if name == "list" else PAGE_WITHIN
            spent, sent = [], 0
            for _ in range(ROUNDS + 1):
                with _counted(site) as statements:
                    begun = time.process_time()
                    answer = browser.fetch(address)
                    spent.append(1_000 * (time.process_time() - begun))
                if answer.status_code != 200:
                    raise AssertionError(answer.status)
                sent = len(statements)
            found.append(Figure(f"worklist.{name}.{size}.first", spent[0], "ms"))
            found += _figures(f"worklist.{name}.{size}", spent[1:], sent, within)
    return found


def _figures(name: str, spent: list[float], sent: int, within: float) -> list[Figure]:
    cuts = quantiles(spent, n=20, method="inclusive")
    p50, p95 = cuts[9], cuts[18]
    return [
        Figure(f"{name}.p50", p50, "ms"),
        Figure(f"{name}.p95", p95, "ms", f"{within:.0f} ms", within / p95, 1.0),
        Figure(f"{name}.statements", sent, "statements"),
    ]


@contextmanager
def _counted(site: Site) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(site.database.engine, "before_cursor_execute", note)
