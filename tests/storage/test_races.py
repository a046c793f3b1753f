"""Withdrawing against reading: whatever is closed before a page or a file is done stays closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.consent import Part
from records.errors import NotPermitted
from records.observations import Channel, pressure
from records.services.concealing import Concealment, hide, hidings_of, show_again
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.exporting import as_table
from records.services.handing import hand_out, summary
from records.services.intake import Draft, file_observations
from records.services.ports import Unit
from records.services.viewing import open_record, open_segment, points_of
from records.tracking import TrackingId
from records.vocabulary import Code, Language, Purpose, SegmentKind
from storage.database import Database
from tests.cast import ZONE, Cast, Clock

SIGNS = SegmentKind.PHYSICAL_SIGNS
STEPS = 3
GIVEN = Wish(frozenset({SIGNS}), Purpose.TREATMENT, None)


class House:
    """Amina's readings, granted to Dr Chen anew before each race."""

    def __init__(self, database: Database, cast: Cast, clock: Clock) -> None:
        self.database, self.cast, self.clock = database, cast, clock
        with self.writing() as unit:
            draft = Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(128, 82))
            (one,) = file_observations(
                unit, [draft], channel=Channel.CHAT, **self.asked
            ).observations
            self.segment = TrackingId(str(unit.series.segment_of(one.id)))
            self.part = Part(SIGNS, self.segment, one.id)

    @property
    def asked(self) -> dict[str, object]:
        return {"record_id": self.cast.record.id, "by": self.cast.amina, "now": self.clock()}

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        with self.database.begin(True) as unit:
            yield unit
        self.clock.pass_(seconds=1)

    def give(self) -> None:
        with self.writing() as unit:
            for one in hidings_of(unit, **self.asked):  # type: ignore[arg-type]
                show_again(unit, one.hiding.id, by=self.cast.amina, now=self.clock())
            wish = Wish(GIVEN.kinds, GIVEN.purpose, None, person=self.cast.chen.id)
            give_grant(unit, wish, **self.asked)  # type: ignore[arg-type]

    def withdraw(self) -> None:
        with self.writing() as unit:
            for one in unit.grants.of_record(self.cast.record.id):
                withdraw_grant(unit, one.id, by=self.cast.amina, now=self.clock())

    def hide(self) -> None:
        with self.writing() as unit:
            hide(unit, Concealment(self.part), **self.asked)  # type: ignore[arg-type]

    def narrow(self) -> None:
        with self.writing() as unit:
            kinds = frozenset({SegmentKind.SIGNS})
            wish = Wish(kinds, Purpose.TREATMENT, None, person=self.cast.chen.id)
            give_grant(unit, wish, **self.asked)  # type: ignore[arg-type]


def page(house: House, unit: Unit) -> bool:
    now, chen = house.clock(), house.cast.chen
    view = open_record(unit, house.cast.record.id, by=chen, now=now)
    points_of(unit, view, Code.BLOOD_PRESSURE, now=now, days=30)
    return any(one.standing for one in view.segments)


def document(house: House, unit: Unit) -> bool:
    segment, _ = open_segment(unit, house.segment, by=house.cast.chen, now=house.clock())
    return bool(segment.standing)


def export(house: House, unit: Unit) -> bool:
    now, chen = house.clock(), house.cast.chen
    handout = hand_out(unit, house.cast.record.id, by=chen, now=now)
    summary(unit, handout, now=now)
    return b"128" in as_table(unit, handout, language=Language.ENGLISH, zone=ZONE)


READS: dict[str, Callable[[House, Unit], bool]] = {
    "page": page,
    "document": document,
    "export": export,
}
CLOSES = ("withdraw", "hide", "narrow")


def disclosed(house: House, read: str, before_step: int, close: str) -> list[bool]:
    """Read in steps, closing before one of them; return what left the house, step by step."""
    seen: list[bool] = []
    try:
        with house.database.begin(False) as unit:
            for step in range(STEPS):
                if step == before_step:
                    getattr(house, close)()
                seen.append(READS[read](house, unit))
    except NotPermitted:
        return []
    return seen


@pytest.fixture
def house(database: Database, cast: Cast, clock: Clock) -> House:
    return House(database, cast, clock)


@settings(
    max_examples=18, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    read=st.sampled_from(sorted(READS)),
    close=st.sampled_from(CLOSES),
    before_step=st.integers(0, STEPS),
)
def test_what_is_closed_while_somebody_reads_does_not_leave_the_house(
    house: House, read: str, close: str, before_step: int
) -> None:
    """Only a reading that was done before the patient closed it has left."""
    house.give()
    seen = disclosed(house, read, before_step, close)
    if before_step < STEPS:
        assert not any(seen)
    else:
        assert seen == [True] * STEPS
        getattr(house, close)()
    assert not any(disclosed(house, read, STEPS, close)), "the next request"
