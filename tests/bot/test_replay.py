"""A real diary of home readings, replayed as chat lines, every update delivered twice."""

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from records.vocabulary import Code
from tests.bot.conftest import Filed
from tests.bot.talking import Talk
from tests.cast import ZONE


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: what is tried is the dialogue."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


def test_each_reading_of_the_diary_is_filed_once_at_its_time(
    amina: Talk, filed: Filed, shared_data: Path
) -> None:
    with (shared_data / "timeseries" / "home_bp_jhs.csv").open() as file:
        rows = list(csv.DictReader(file))
    sent = amina.desk.clock().isoformat()
    for place, row in enumerate(rows):
        pressure = f"{row['sys_mmHg']}/{row['dia_mmHg']}"
        line = f"{row['DateTime'][:16]} {pressure} {row['pulse_bpm']}"
        for _ in range(2):
            amina.post({"kind": "text", "text": line, "sent": sent}, str(place))
    amina.desk.work()
    wanted = sorted(_at(row["DateTime"]) for row in rows)
    for code in (Code.BLOOD_PRESSURE, Code.HEART_RATE):
        found = [one for one in filed.all() if one.code is code]
        assert sorted(one.effective for one in found) == wanted
        assert {one.status for one in found} == {"final"}
    assert min(wanted).date() > date(2019, 1, 1)


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written[:16]).replace(tzinfo=ZoneInfo(ZONE))
