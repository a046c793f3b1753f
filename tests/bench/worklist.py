"""The morning's list and a patient's page of one clinic, small and large: time and statements.

Of each clinic one patient has ten years of readings, the others ninety days. Times are processor
time of the whole request, so that what else runs on the machine does not count.
"""

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

from sqlalchemy import event

from records.observations import Channel, Observation, Quantity, pressure
from records.people import Person, Record, Tie
from records.segments import Segment, day_of
from records.services.consenting import Wish, give_grant
from records.services.enrolling import add_person, confirm_care, enrol_patient, offer_care
from records.tracking import ObservationId, RecordId, TrackingId, fresh
from records.vocabulary import Code, Language, Purpose, Role, SegmentKind
from storage.registry.deriving import index_all
from storage.rows.segments import SegmentRow
from storage.unit import StorageUnit
from tests.bench.figures import Figure
from tests.cast import ZONE
from tests.webapp.conftest import Site, furnish, make_site

SIZES = (12, 1_000, 10_000)
LONG, SHORT = 3_650, 90  # days
ROUNDS = 20
LIST_WITHIN, PAGE_WITHIN = 300.0, 100.0  # ms at the 95th percentile
KINDS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.PERSONAL_INFORMATION})
A_TIME = 100  # patients filed in one transaction


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
        doctor, records = _fill(site, size)
        browser = site.as_(doctor)
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


def _fill(site: Site, size: int) -> tuple[Person, list[RecordId]]:
    dice = random.Random(7)
    with site.database.begin(True) as unit:
        doctor = add_person(
            unit,
            "Dr Long",
            language=Language.ENGLISH,
            zone=ZONE,
            roles=[Role.DOCTOR],
            organisation=site.cast.clinic.id,
        )
    records: list[RecordId] = []
    for begin in range(0, size, A_TIME):
        with site.database.begin(True) as unit:
            for number in range(begin, min(begin + A_TIME, size)):
                days = LONG if number == 0 else SHORT
                records.append(_patient(unit, site, doctor, number, days, dice))
    return doctor, records


def _patient(
    unit: StorageUnit, site: Site, doctor: Person, number: int, days: int, dice: random.Random
) -> RecordId:
    now = site.clock() - timedelta(days=days)
    patient, record = enrol_patient(
        unit, f"Patient {number:05}", language=Language.ENGLISH, zone=ZONE, now=now
    )
    offered = offer_care(
        unit, record_id=record.id, person=doctor, tie=Tie.DOCTOR, now=now, by_patient=False
    )
    confirm_care(unit, offered, by=patient, now=now)
    wish = Wish(KINDS, Purpose.TREATMENT, None, person=doctor.id)
    give_grant(unit, wish, record_id=record.id, by=patient, now=now)
    usual = dice.randrange(112, 150)
    segments = [_day(site, record, patient, back, usual, dice) for back in range(days)]
    desk = unit.desk
    for one in segments:
        identity = f"segment:{one.id}:{one.version}"
        desk.session.add(
            SegmentRow(
                id=one.id,
                version=1,
                record=one.record,
                kind=one.kind,
                day=one.day,
                recorded=one.recorded,
                newest=True,
                document=desk.cells.write(one.record, identity, one),
            )
        )
    index_all(desk, segments)
    return record.id


def _day(
    site: Site, record: Record, patient: Person, back: int, usual: int, dice: random.Random
) -> Segment:
    """Return a day's segment: a pressure and a pulse in the morning, and in the evening."""
    found: list[Observation] = []
    for hours in (3, 14):
        at = site.clock() - timedelta(days=back, hours=hours)
        said = {"effective": at, "recorded": at, "informant": patient.id, "author": patient.id}
        parts = pressure(usual + dice.randrange(-9, 10), 80 + dice.randrange(-7, 8))
        for code, more in (
            (Code.BLOOD_PRESSURE, {"components": parts}),
            (Code.HEART_RATE, {"value": Quantity(70 + dice.randrange(9), "/min")}),
        ):
            one = Observation(ObservationId(fresh()), code, channel=Channel.CHAT, **said, **more)
            found.append(one)
    kind, at = SegmentKind.PHYSICAL_SIGNS, found[0].effective
    return Segment(
        id=TrackingId(fresh()),
        record=record.id,
        kind=kind,
        day=day_of(kind, at, ZONE),
        version=1,
        observations=tuple(found),
        recorded=at,
        author=patient.id,
    )
