"""A year of the timetable: every slot is done once or said to be too late, whatever happens.

Three workers share one database whose clock is put forward and back by an hour and by a day; they
are stopped for hours and for days, and die in the middle of a slot. Zones put their clocks both
ways, a leap day passes, rules change, move to another zone and pause. What should come of it is
worked out here by looking at the wall clocks of each zone, a quarter of an hour at a time.

    python -m tests.soak.timetable [rules] [days]
"""

import random
import sys
import tempfile
import threading
import time
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import structlog
from sqlalchemy import text

from records.recurring import Rule
from records.tracking import RuleId
from records.walltime import wall_of
from storage.cells import Cells
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.masterkey import make_master_key, read_master_key
from storage.migrations import upgrade
from storage.timetable import Timetable
from storage.unit import StorageUnit
from tests.cast import Clock
from tests.parts.postgres import Postgres

ZONES = (
    "Europe/London",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
)
HOURS = ((8, 20), (7, 19), (1, 9), (2, 14))
START = datetime(2028, 2, 20, tzinfo=UTC)  # the leap day and the spring changes come soon
USEFUL = timedelta(hours=3)
QUARTER = timedelta(minutes=15)
STEPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1))
WORKERS = 3
MANY = 10_000


class Killed(BaseException):
    """A worker that died in the middle of a slot."""


@dataclass
class Expected:
    """What should become of each slot: its key, and when it is due."""

    due: dict[str, datetime] = field(default_factory=dict)
    changed: list[datetime] = field(default_factory=list)

    def add(self, rule: Rule, until: datetime) -> None:
        """Add the slots of a rule in this form, due after its beginning and up to a moment."""
        first = rule.since - timedelta(days=2)
        quarters = [first + QUARTER * n for n in range((until - first) // QUARTER + 200)]
        shown = list(accumulate((wall_of(one, rule.zone) for one in quarters), max))
        day = shown[0].replace(hour=0, minute=0)
        while day <= shown[-1] - timedelta(days=1):
            for hour in _hours(rule):
                wall = day.replace(hour=hour, minute=30)
                due = quarters[bisect_left(shown, wall)]
                if rule.since < due <= until:
                    self.due.setdefault(f"{rule.id}:{wall:%Y-%m-%dT%H:%M}", due)
            day += timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """What came of it."""

    slots: int
    done: int
    too_late: int
    taken_off: int
    missed: int
    doubled: int
    wrong: int  # late though it could have been run, or run though nobody could have
    rounds: int
    kills: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.slots} slots in {self.rounds} rounds of {WORKERS} workers, {self.kills} kills:"
            f" {self.done} done, {self.too_late} too late, {self.taken_off} taken off by a change,"
            f" {self.missed} missed, {self.doubled} doubled, {self.wrong} wrong"
            f" ({self.seconds:.0f} s)"
        )


class Simulation:
    """One database, its clock, the rules and the workers."""

    def __init__(self, database: Database, clock: Clock, seed: int) -> None:
        self.database = database
        self.clock = clock
        self.chance = random.Random(seed)
        self.expected = Expected()
        self.told: list[datetime] = []  # what the clock said in each round
        self.put_in: dict[str, int] = {}
        self.kills = 0
        with database.session(writing=True) as session:
            session.execute(text("CREATE TABLE effects (slot VARCHAR(120))"))

    def run(self, rules: int, days: int, start: datetime = START) -> Figures:
        """Let so many rules come round for so many days."""
        began = time.monotonic()
        self.clock.now = start
        current = [self._rule(n, start) for n in range(rules)]
        for one in current:
            self._put(one)
        truth, skew, hold = start, timedelta(0), 0
        end = start + timedelta(days=days)
        while truth < end:
            truth += timedelta(hours=1)
            if hold:
                hold -= 1
            elif skew:
                skew = timedelta(0)
            elif self.chance.random() < 0.012:
                skew, hold = self.chance.choice(STEPS), self.chance.randrange(1, 5)
            elif self.chance.random() < 0.003:
                truth += timedelta(hours=self.chance.choice((2, 5, 12, 30, 100)))
            elif self.chance.random() < 0.02:
                place = self.chance.randrange(rules)
                current[place] = self._change(current[place])
            self.clock.now = truth + skew
            self._round()
        self.clock.now = end + timedelta(days=2)
        self._round()
        self._round()
        for one in current:
            if not one.ended:
                self.expected.add(one, self._latest(one, end))
        return self._figures(time.monotonic() - began)

    def _rule(self, number: int, start: datetime) -> Rule:
        zone = ZONES[number % len(ZONES)]
        return Rule(
            id=RuleId(f"r{number}"),
            job="soak",
            ref=f"p{number}",
            topic="pressure",
            zone=zone,
            rrule=_daily(HOURS[number % len(HOURS)]),
            starts=datetime.fromisoformat("2028-02-19"),
            since=start,
            useful=USEFUL,
        )

    def _change(self, rule: Rule) -> Rule:
        """Give the rule other hours or another zone, stop it, or let it go on."""
        now = self.clock.now
        if not rule.ended:
            self.expected.add(rule, self._latest(rule, now))
        how = self.chance.randrange(3)
        changed = replace(rule, since=now, ended=not rule.ended and how == 0)
        if how == 1:
            changed = replace(changed, rrule=_daily(self.chance.choice(HOURS)))
        if how == 2:
            changed = replace(changed, zone=self.chance.choice(ZONES))
        self.expected.changed.append(now)
        self._put(changed)
        return changed

    def _latest(self, rule: Rule, now: datetime) -> datetime:
        """Return the latest moment the clock has shown since the rule got this form."""
        return max([now, *self.told[self.put_in.get(rule.id, 0) :]])

    def _put(self, rule: Rule) -> None:
        self.put_in[rule.id] = len(self.told)
        with self.database.begin(True) as unit:
            unit.timetable.put_rule(rule)

    def _round(self) -> None:
        self.told.append(self.clock.now)
        threads = [threading.Thread(target=self._work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self) -> None:
        try:
            Timetable(self.database, {"soak": self._effect}).step(1000)
        except Killed:
            self.kills += 1

    def _effect(self, unit: StorageUnit, key: str) -> None:
        session = unit.desk.session
        session.execute(text("INSERT INTO effects (slot) VALUES (:key)"), {"key": key})
        if self.chance.random() < 0.01:
            raise Killed

    def _figures(self, seconds: float) -> Figures:
        with self.database.session(writing=False) as session:
            states = dict(session.execute(text("SELECT key, state FROM timetable")).all())
            effects = list(session.scalars(text("SELECT slot FROM effects")))
        came = [states.get(key, "") for key in self.expected.due]
        return Figures(
            slots=len(came),
            done=came.count("done"),
            too_late=came.count("too_late"),
            taken_off=came.count(""),
            missed=sum(self._is_missed(key, states.get(key, "")) for key in self.expected.due),
            doubled=len(effects) - len(set(effects)),
            wrong=self._wrong(states, set(effects)),
            rounds=len(self.told),
            kills=self.kills,
            seconds=seconds,
        )

    def _chances(self, key: str) -> int:
        """Return in how many rounds the slot was due and not yet too late."""
        due = self.expected.due[key]
        return sum(due <= one < due + USEFUL for one in self.told)

    def _is_missed(self, key: str, state: str) -> bool:
        """Say whether a slot was not done though it could have been, also once after a kill."""
        if not state:  # it waited, or the clock had run ahead of it, when the rule changed
            due, near = self.expected.due[key], timedelta(days=2)
            return not any(abs(one - due) <= near for one in self.expected.changed)
        return state != "done" and (state != "too_late" or self._chances(key) > MOST_KILLS)

    def _wrong(self, states: dict[str, str], effects: set[str]) -> int:
        """Count what was done without ever being due, unknown slots, and effects without a slot."""
        never = sum(
            state == "done" and key in self.expected.due and not self._chances(key)
            for key, state in states.items()
        )
        done = {key for key, state in states.items() if state == "done"}
        unknown = {key for key in done if key not in self.expected.due}
        return never + len(unknown) + len(effects ^ done)


MOST_KILLS = 2


def _daily(hours: tuple[int, ...]) -> str:
    return f"FREQ=DAILY;BYHOUR={','.join(map(str, hours))};BYMINUTE=30;BYSECOND=0"


def _hours(rule: Rule) -> list[int]:
    return [int(one) for one in rule.rrule.split("BYHOUR=")[1].split(";")[0].split(",")]


def main(arguments: list[str]) -> int:
    """Run the year on SQLite and on PostgreSQL and print what came of it."""
    wanted = [int(one) for one in arguments]
    rules = wanted[0] if wanted else 18
    days = wanted[1] if len(wanted) > 1 else 366
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    postgres = Postgres()
    postgres.start()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        make_master_key(Path(folder) / "master.key")
        master = read_master_key(Path(folder) / "master.key")
        keys = KeyStore(f"sqlite:///{folder}/keys.sqlite", master)
        for name, url in (
            ("SQLite", f"sqlite:///{folder}/soak.sqlite"),
            ("PostgreSQL", postgres.new_database()),
        ):
            engine = open_engine(url)
            upgrade(engine)
            clock = Clock()
            figures = Simulation(Database(engine, Cells(keys), clock), clock, 2028).run(rules, days)
            print(f"{name}: {figures}", flush=True)
            good &= not (figures.missed or figures.doubled or figures.wrong)
            engine.dispose()
        keys.close()
    postgres.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
