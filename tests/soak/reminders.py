"""200 due reminders, three workers that are killed at random: 200 sent, none twice.

The workers run the timetable; the bot, which speaks to the Bot API server, stays up: what dies
between a message and its answer can only be repeated and marked, which the soak of killing counts.

    python -m tests.soak.reminders [--reminders 200] [--seed 1]
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from records.orders import OrderKind, State
from records.people import Tie
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.ordering import place_order
from records.tracking import RecordId
from records.vocabulary import Language
from storage.rows.orders import OccurrenceRow
from tests.parts.botapi import BotApi
from tests.parts.nursery import Member, running
from tests.parts.process import wait_until
from tests.standing import House, standing_house

ZONE = "Asia/Shanghai"
REMINDERS, PATIENTS, WORKERS = 200, 20, 3
SPREAD = 20.0  # seconds over which they fall due
PAUSES = (2.0, 9.0)  # seconds between two kills: some workers die before they did anything
LIMIT = 1500.0  # seconds; what a dead worker had claimed waits for its lease
FIRST_CHAT = 7000


@dataclass(frozen=True, slots=True)
class Figures:
    """What the phones saw of the reminders, and what a doctor reads of them."""

    reminders: int
    kills: int
    sent: int
    missed: int
    doubled: int
    states: dict[str, int]
    seconds: float

    @property
    def good(self) -> bool:
        """Whether each came once and is known to have come."""
        all_sent = self.states == {str(State.SENT): self.reminders}
        return self.sent == self.reminders and not (self.missed or self.doubled) and all_sent


def soak(reminders: int = REMINDERS, *, seed: int = 1) -> Figures:
    """Let so many reminders fall due while the workers die, and count what arrived."""
    chance, began, kills = random.Random(seed), time.monotonic(), 0
    with (
        tempfile.TemporaryDirectory() as folder,
        BotApi() as api,
        standing_house(api, Path(folder), zone=ZONE) as house,
        ExitStack() as stack,
    ):
        wanted = _place(house, _enrol(house), reminders, chance)
        # The bot is not killed here: its claims need not run out soon, however busy the machine.
        house.environ["LEASE_SECONDS"] = "60"
        stack.enter_context(running("bot", house.environ, house.folder / "bot.log"))
        workers = [_worker(house, stack) for _ in range(WORKERS)]
        while _open(house):
            time.sleep(chance.uniform(*PAUSES))
            place = chance.randrange(WORKERS)
            workers[place].kill()
            kills += 1
            workers[place] = _worker(house, stack)
            assert time.monotonic() - began < LIMIT, _states(house)
        assert wait_until(lambda: not _states(house).get("queued"), seconds=300), _states(house)
        time.sleep(3)  # whatever would come a second time comes now
        seen = Counter(
            one.text.partition(": ")[2]
            for number in range(PATIENTS)
            for one in api.sent(FIRST_CHAT + number)
        )
        states = _states(house)
    return Figures(
        reminders,
        kills,
        sum(min(seen[one], 1) for one in wanted),
        sum(seen[one] == 0 for one in wanted),
        sum(max(seen[one] - 1, 0) for one in wanted),
        states,
        time.monotonic() - began,
    )


def _worker(house: House, stack: ExitStack) -> Member:
    return stack.enter_context(running("worker", house.environ, house.folder / "worker.log"))


def _enrol(house: House) -> list[RecordId]:
    records, doctor = [], house.cast.chen
    for number in range(PATIENTS):
        with house.storage.begin(True) as unit:
            now = house.storage.clock()
            person, record = enrol_patient(
                unit, f"Patient {number}", language=Language.ENGLISH, zone=ZONE, now=now
            )
            offered = offer_care(
                unit, record_id=record.id, person=doctor, tie=Tie.DOCTOR, now=now, by_patient=False
            )
            confirm_care(unit, offered, by=person, now=now)
        house.link(FIRST_CHAT + number, person, tells=True)
        house.api.say(FIRST_CHAT + number, "hello")  # a bot may write to nobody who has not
        records.append(record.id)
    return records


def _place(
    house: House, records: list[RecordId], reminders: int, chance: random.Random
) -> list[str]:
    wanted = [f"Reminder {number}" for number in range(reminders)]
    with house.storage.begin(True) as unit:
        now = house.storage.clock()
        for number, text in enumerate(wanted):
            place_order(
                unit,
                record_id=records[number % len(records)],
                by=house.cast.chen,
                now=now,
                kind=OrderKind.DO,
                text=text,
                due=now + timedelta(seconds=chance.uniform(5, 5 + SPREAD)),
                urgent=True,  # at whatever hour this runs
            )
    return wanted


def _open(house: House) -> int:
    return _states(house).get(str(State.WAITING), 0)


def _states(house: House) -> dict[str, int]:
    asked = select(OccurrenceRow.state, func.count()).group_by(OccurrenceRow.state)
    with house.storage.database.session(writing=False) as session:
        return {str(state): count for state, count in session.execute(asked)}


def main(argv: Sequence[str]) -> int:
    """Soak, print the figures and return 1 where something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reminders", type=int, default=REMINDERS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    figures = soak(given.reminders, seed=given.seed)
    print(f"   {figures}", flush=True)
    return 0 if figures.good else 1


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
