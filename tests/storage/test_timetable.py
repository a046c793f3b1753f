"""The timetable: every slot once, by any number of workers, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from records.errors import NotFound
from records.recurring import Rule
from records.tracking import RuleId
from storage.database import Database
from storage.rows.orders import SlotRow
from storage.timetable import Timetable
from storage.unit import StorageUnit
from tests.cast import ZONE, Clock
from tests.soak.timetable import Simulation

AT_8 = "FREQ=DAILY;BYHOUR=8;BYMINUTE=0;BYSECOND=0"
SINCE = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def rule(rrule: str = AT_8, since: datetime = SINCE) -> Rule:
    return Rule(
        RuleId("r1"),
        "note",
        "p1",
        "pressure",
        ZONE,
        rrule,
        datetime.fromisoformat("2026-11-23"),
        since,
        timedelta(hours=3),
    )


class Bench:
    """A timetable whose one job writes down what it was called with."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.done: list[str] = []
        self.timetable = Timetable(database, {"note": self._note, "gone": self._gone})

    def _note(self, _unit: StorageUnit, key: str) -> None:
        self.done.append(key)

    def _gone(self, _unit: StorageUnit, _key: str) -> None:
        raise NotFound

    def put(self, one: Rule) -> None:
        with self.database.begin(True) as unit:
            unit.timetable.put_rule(one)

    def state(self, key: str) -> str:
        with self.database.session(writing=False) as session:
            return session.get_one(SlotRow, key).state


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_a_slot_is_run_at_its_hour_and_once(bench: Bench, clock: Clock) -> None:
    bench.put(rule())
    assert bench.timetable.step(10) == 0
    clock.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    bench.timetable.step(10)
    bench.timetable.step(10)
    assert bench.done == ["r1:2026-11-24T08:00"]


def test_after_two_days_of_silence_only_what_is_still_useful_is_run(
    bench: Bench, clock: Clock
) -> None:
    bench.put(rule())
    clock.now = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    bench.timetable.step(10)
    assert bench.done == ["r1:2026-11-26T08:00"]
    assert bench.state("r1:2026-11-24T08:00") == "too_late"
    assert bench.state("r1:2026-11-25T08:00") == "too_late"


def test_what_a_clock_put_forward_called_too_late_comes_back_with_the_clock(
    bench: Bench, clock: Clock
) -> None:
    bench.put(rule())
    clock.now = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    bench.timetable.step(10)
    assert bench.state("r1:2026-11-24T08:00") == "too_late"
    clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    bench.timetable.step(10)
    assert bench.done == []
    clock.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    bench.timetable.step(10)
    assert bench.done == ["r1:2026-11-24T08:00"]


def test_a_changed_rule_keeps_nothing_of_its_old_form(bench: Bench, clock: Clock) -> None:
    bench.put(rule())
    clock.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    bench.timetable.insert_due(10)
    later = AT_8.replace("BYHOUR=8", "BYHOUR=9")
    bench.put(replace(rule(later), since=clock.now))
    bench.timetable.step(10)
    assert bench.done == []
    clock.pass_(hours=1)
    bench.timetable.step(10)
    assert bench.done == ["r1:2026-11-24T09:00"]


def test_a_rule_that_has_ended_comes_round_no_more(bench: Bench, clock: Clock) -> None:
    bench.put(replace(rule(), ended=True))
    clock.now = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    assert bench.timetable.step(10) == 0
    assert bench.done == []


def test_moving_to_another_zone_does_not_ask_twice_for_one_morning(
    bench: Bench, clock: Clock
) -> None:
    bench.put(rule())
    clock.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    bench.timetable.step(10)
    bench.put(replace(rule(), zone="Europe/London", since=clock.now))
    clock.now = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    bench.timetable.step(10)
    assert bench.done == ["r1:2026-11-24T08:00", "r1:2026-11-25T08:00"]


def test_the_slot_of_something_that_is_gone_is_set_aside_and_holds_nothing_up(
    bench: Bench, clock: Clock
) -> None:
    with bench.database.begin(True) as unit:
        unit.timetable.set("a", clock.now, "gone", "x")
        unit.timetable.set("b", clock.now, "note", "y")
        unit.timetable.set("c", clock.now, "no such job", "z")
    bench.timetable.step(10)
    assert bench.done == ["y"]
    assert bench.state("a") == "set_aside"
    for _ in range(6):
        clock.pass_(minutes=5)
        bench.timetable.step(10)
    assert bench.state("c") == "set_aside"


def test_a_week_in_which_clocks_are_put_forward_loses_and_doubles_nothing(
    database: Database, clock: Clock
) -> None:
    start = datetime(2028, 3, 8, tzinfo=UTC)  # New York and St John's change on the 12th
    figures = Simulation(database, clock, seed=7).run(rules=6, days=8, start=start)
    assert figures.slots > 60
    assert (figures.missed, figures.doubled, figures.wrong) == (0, 0, 0), figures
