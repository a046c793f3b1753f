"""A real series through the real bot process: nothing lost, nothing doubled, whatever is killed."""

import csv
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from records.chats import Chat, ChatChannel
from records.tracking import ChatId, fresh
from records.vocabulary import Code, Language
from storage.house import StorageHouse, prepare
from storage.settings import read_settings
from tests.cast import Cast, enter
from tests.conftest import REPOSITORY
from tests.parts.botapi import BotApi
from tests.parts.process import Process, clean_environment, wait_until

KILLS = 20
CHAT = 4201
ZONE = "Asia/Tokyo"


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


@contextmanager
def a_bot(settings: dict[str, str], log: Path) -> Iterator[Process]:
    process = Process([sys.executable, "-m", "bot"], log=log, env=clean_environment() | settings)
    try:
        yield process
    finally:
        process.kill()


def numbers(house: StorageHouse, cast: Cast, code: Code) -> list[tuple[datetime, tuple[int, ...]]]:
    start = datetime(2019, 1, 1, tzinfo=ZoneInfo(ZONE))
    end = datetime(2020, 1, 1, tzinfo=ZoneInfo(ZONE))
    with house.begin(False) as unit:
        points = unit.series.points(cast.record.id, code, start, end)
    return [(point.at, tuple(int(number) for number in point.numbers)) for point in points]


def test_a_series_is_filed_once_under_kills_and_redelivery(
    tmp_path: Path, shared_data: Path, say: Callable[[str], None]
) -> None:
    expected = rows(shared_data)
    assert len(expected) == 108
    with BotApi() as api:
        settings = {
            "INSTANCE_DIR": str(tmp_path / "instance"),
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_BASE": api.url,
            "PYTHONPATH": str(REPOSITORY),
        }
        read = read_settings(settings)
        prepare(read)
        house = StorageHouse(read)
        house.migrate()
        with house.begin(True) as unit:
            cast = enter(unit, house.clock())
            unit.people.put(replace(cast.amina, zone=ZONE))
            unit.chats.put(
                Chat(
                    ChatId(fresh()),
                    ChatChannel.TELEGRAM,
                    str(CHAT),
                    Language.ENGLISH,
                    cast.amina.id,
                )
            )
        api.redeliver(every=2)
        lines = [f"{at:%Y-%m-%d %H:%M} {high}/{low} {pulse}" for at, high, low, pulse in expected]
        killed = replay(api, lines, house, cast, settings, tmp_path)
        say(f"replayed {len(expected)} lines with {killed} kills")
        pressures = sorted((at, (high, low)) for at, high, low, _ in expected)
        pulses = sorted((at, (pulse,)) for at, _, _, pulse in expected)
        assert sorted(numbers(house, cast, Code.BLOOD_PRESSURE)) == pressures
        assert sorted(numbers(house, cast, Code.HEART_RATE)) == pulses
        assert killed == KILLS
        house.close()


def replay(
    api: BotApi,
    lines: list[str],
    house: StorageHouse,
    cast: Cast,
    settings: dict[str, str],
    folder: Path,
) -> int:
    """Say a few lines, kill the bot while it is at them, begin again; then let it finish."""
    chance = random.Random(20261123)
    killed = 0
    for number in range(KILLS):
        for line in lines[number * 5 : number * 5 + 5]:
            api.say(CHAT, line)
        with a_bot(settings, folder / f"bot{number}.log") as process:
            wait_until(lambda: bool(api.calls("getUpdates")), seconds=10)
            time.sleep(chance.uniform(1.0, 2.2))
            assert process.alive
        killed += 1
    for line in lines[KILLS * 5 :]:
        api.say(CHAT, line)
    with a_bot(settings, folder / "bot.log"):
        wait_until(lambda: len(numbers(house, cast, Code.HEART_RATE)) >= len(lines), seconds=120)
        time.sleep(2)  # a doubled one would come now
    return killed
