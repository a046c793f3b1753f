"""A real series through the real processes: nothing lost, nothing doubled, whatever is killed.

By polling it is the bot process that is killed, by webhook the bot and the site together.
"""

import csv
import random
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from records.vocabulary import Code
from tests.parts.botapi import BotApi
from tests.parts.process import wait_until
from tests.standing import House, standing_house

KILLS = 20
CHAT = 4201
ZONE = "Asia/Tokyo"
AT_ONCE = 5


def rows(shared_data: Path) -> list[tuple[datetime, int, int, int]]:
    with (shared_data / "timeseries" / "home_bp_jhs.csv").open(newline="") as file:
        return [
            (
                datetime.strptime(row["DateTime"][:16], "%Y-%m-%d %H:%M").replace(
                    tzinfo=ZoneInfo(ZONE)
                ),
                int(row["sys_mmHg"]),
                int(row["dia_mmHg"]),
                int(row["pulse_bpm"]),
            )
            for row in csv.DictReader(file)
        ]


def numbers(house: House, code: Code) -> list[tuple[datetime, tuple[int, ...]]]:
    start = datetime(2019, 1, 1, tzinfo=ZoneInfo(ZONE))
    end = datetime(2020, 1, 1, tzinfo=ZoneInfo(ZONE))
    with house.storage.begin(False) as unit:
        points = unit.series.points(house.cast.record.id, code, start, end)
    return [(point.at, tuple(int(number) for number in point.numbers)) for point in points]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_a_series_is_filed_once_under_kills_and_redelivery(
    tmp_path: Path, shared_data: Path, say: Callable[[str], None], mode: str
) -> None:
    expected = rows(shared_data)
    assert len(expected) == 108
    lines = [f"{at:%Y-%m-%d %H:%M} {high}/{low} {pulse}" for at, high, low, pulse in expected]
    with BotApi() as api, standing_house(api, tmp_path, mode=mode, zone=ZONE) as house:
        house.link(CHAT, house.cast.amina)
        api.redeliver(every=2)
        began = time.monotonic()
        killed = replay(house, lines)
        say(f"{mode}: {len(lines)} lines, {killed} kills, {time.monotonic() - began:.0f} s")
        assert killed == KILLS
        given = api.handed_out
        assert {given.count(number) for number in given} >= {2}
        assert min(given.count(number) for number in given) >= 2
        pressures = sorted((at, (high, low)) for at, high, low, _ in expected)
        pulses = sorted((at, (pulse,)) for at, _, _, pulse in expected)
        assert sorted(numbers(house, Code.BLOOD_PRESSURE)) == pressures
        assert sorted(numbers(house, Code.HEART_RATE)) == pulses


def replay(house: House, lines: list[str]) -> int:
    """Say a few lines, kill the house while it is at them, begin again; then let it finish."""
    chance = random.Random(20261123)
    killed = 0
    for number in range(KILLS):
        for line in lines[number * AT_ONCE : (number + 1) * AT_ONCE]:
            house.api.say(CHAT, line)
        with house.running(f"{number}"):
            work_a_moment(house, chance)
        killed += 1
    for line in lines[KILLS * AT_ONCE :]:
        house.api.say(CHAT, line)
    with house.running("last"):
        house.api.wait_until_confirmed(150)
        assert wait_until(lambda: not house.waiting(), seconds=100)
    return killed


def work_a_moment(house: House, chance: random.Random) -> None:
    """Return somewhere in the middle of the work: an update was handed out, some are answered."""
    api = house.api
    before, answered = len(api.handed_out), house.answered()
    api.wait_until(lambda: len(api.handed_out) > before, 20)
    if chance.random() < 0.7:
        wait_until(lambda: house.answered() > answered + chance.randrange(3), seconds=3)
    time.sleep(chance.uniform(0, 0.12))
