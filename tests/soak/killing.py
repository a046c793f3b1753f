"""kill -9 at random moments while several patients write: nothing lost, nothing doubled.

Every reading is a value of its own, at a minute of its own, so a lost one and a doubled one both
show. Each patient writes in one chat; the processes are killed wherever they happen to be.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from records.chats import ChatChannel
from records.services.enrolling import enrol_patient
from records.tracking import RecordId
from records.vocabulary import Code, Language
from storage.rows.chats import OutboxRow
from tests.parts.botapi import BotApi, Fault
from tests.parts.process import wait_until
from tests.standing import House, standing_house

ZONE = "Asia/Shanghai"
START = datetime(2026, 3, 1, tzinfo=UTC)
PATIENTS, AT_ONCE = 12, 6
KILLS = 200
LONGEST = 0.9  # seconds a house lives at most after its first answer


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody who writes: the chat and the record it goes into."""

    chat: int
    record: RecordId


@dataclass
class Figures:
    """What was counted, in the words of the note."""

    kills: int = 0
    said: int = 0
    lost: int = 0
    doubled: int = 0
    set_aside: int = 0
    silent: int = 0  # messages neither seen by the person nor marked as unknown
    repeated: int = 0  # messages seen twice that nobody marked
    unknown: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everything is where it must be."""
        return not (self.lost or self.doubled or self.set_aside or self.silent or self.repeated)


def line(number: int) -> str:
    """Return the reading with this number: a minute and a value nobody else has."""
    at = START + timedelta(minutes=10 * number)
    return f"{at:%Y-%m-%d %H:%M} {100 + number % 80}/{60 + number // 80 % 35} {50 + number % 97}"


def enrol(house: House) -> list[Patient]:
    """Enrol the patients and tie a chat to each."""
    patients = []
    for number in range(PATIENTS):
        with house.storage.begin(True) as unit:
            person, record = enrol_patient(
                unit,
                f"Patient {number}",
                language=Language.ENGLISH,
                zone=ZONE,
                now=house.storage.clock(),
            )
        house.link(9000 + number, person)
        patients.append(Patient(9000 + number, record.id))
    return patients


def soak(mode: str, kills: int, *, seed: int = 1) -> Figures:
    """Kill a house so many times under load and count what became of every line."""
    chance = random.Random(seed)
    figures = Figures()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        BotApi() as api,
        standing_house(api, Path(folder), mode=mode, zone=ZONE) as house,
    ):
        patients = enrol(house)
        api.redeliver(every=2)
        said = dict.fromkeys(patients, 0)
        for number in range(kills):
            write(api, said, chance)
            with house.running(str(number % 10)):
                live(house, chance)
            figures.kills += 1
            if number % 20 == 19:
                print(f"   {mode}: {number + 1} kills, {house.waiting()} waiting", flush=True)
        with house.running("last"):
            api.wait_until_confirmed(120)
            assert wait_until(lambda: not house.waiting(), seconds=300), house.waiting()
            assert wait_until(lambda: not _outgoing(house), seconds=900), _outgoing(house)
            time.sleep(1)
        count(house, said, figures)
    figures.seconds = time.monotonic() - began
    return figures


def write(api: BotApi, said: dict[Patient, int], chance: random.Random) -> None:
    """Let some of the patients write the next of their lines, and let the server be moody."""
    for patient in chance.sample(list(said), chance.randrange(1, AT_ONCE)):
        for _ in range(chance.randrange(1, 3)):
            api.say(patient.chat, line(said[patient]))
            said[patient] += 1
    if chance.random() < 0.2:
        api.next("sendMessage", chance.choice([Fault.server_error(), Fault.too_many_requests(1)]))


def live(house: House, chance: random.Random) -> None:
    """Let the house work for a moment that ends anywhere."""
    if chance.random() < 0.1:  # it dies while it comes up
        time.sleep(chance.uniform(0, 0.4))
        return
    before = len(house.api.calls("getMe"))
    house.api.wait_until(lambda: len(house.api.calls("getMe")) > before, 30)
    time.sleep(chance.uniform(0, LONGEST))


def count(house: House, said: dict[Patient, int], figures: Figures) -> None:
    """Compare what was said with what is filed, and what was answered with what was seen."""
    for patient, lines in said.items():
        wanted = Counter(_reading(number) for number in range(lines))
        found = Counter(_filed(house, patient.record))
        figures.said += lines
        figures.lost += (wanted - found).total()
        figures.doubled += (found - wanted).total()
        _count_messages(house, patient, lines, figures)
    figures.set_aside = house.set_aside()


def _reading(number: int) -> tuple[datetime, int]:
    """Return the minute (in the patient's zone, as UTC) and the upper number of a line."""
    return START + timedelta(minutes=10 * number, hours=-8), 100 + number % 80


def _filed(house: House, record: RecordId) -> list[tuple[datetime, int]]:
    with house.storage.begin(False) as unit:
        points = unit.series.points(
            record, Code.BLOOD_PRESSURE, START - timedelta(days=1), START + timedelta(days=200)
        )
    return [(point.at, int(point.numbers[0])) for point in points]


def _count_messages(house: House, patient: Patient, lines: int, figures: Figures) -> None:
    """Every line has one answer in the outbox; each was seen once, or is marked as unknown."""
    with house.storage.database.session(writing=False) as session:
        rows = session.scalars(select(OutboxRow)).all()
        mine = [row for row in rows if row.chat == _chat_of(house, patient)]
    seen = [one.message_id for one in house.api.sent(patient.chat)]
    sent = {int(row.external_id) for row in mine if row.external_id and row.edits is None}
    unknown = sum(row.state == "unknown" for row in mine)
    figures.unknown += unknown
    figures.silent += len(mine) - len(sent) - unknown + max(0, lines - len(mine))
    figures.repeated += max(0, len(seen) - len(sent) - unknown)


def _chat_of(house: House, patient: Patient) -> str:
    with house.storage.begin(False) as unit:
        chat = unit.chats.at(ChatChannel.TELEGRAM, str(patient.chat))
    return chat.id if chat else ""


def _outgoing(house: House) -> int:
    asked = select(func.count()).where(OutboxRow.state.in_(("waiting", "claimed")))
    with house.storage.database.session(writing=False) as session:
        return session.scalar(asked) or 0


def run(mode: str, argv: Sequence[str]) -> int:
    """Soak one mode, print its figures and return 1 where something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    figures = soak(mode, given.kills, seed=given.seed)
    print(f"   {mode}: {figures}", flush=True)
    return 0 if figures.good else 1
