"""One command brings the whole house up, says what is what, and goes down cleanly."""

import re
import signal
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cast import Clock
from tests.conftest import REPOSITORY
from tests.parts.process import Process, clean_environment, free_ports, wait_until
from tests.storage.cloud.houses import file_clouds, furnish, open_house, sqlite

START = [sys.executable, "wsgi.py"]


def settings(folder: Path, port: int) -> dict[str, str]:
    return clean_environment() | {
        "INSTANCE_DIR": str(folder / "instance"),
        "PORT": str(port),
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
    }


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    return tmp_path_factory.mktemp("house"), free_ports(1)[0]


def test_the_first_start_brings_people_and_says_how_to_be_them(place: tuple[Path, int]) -> None:
    folder, port = place
    site = f"http://127.0.0.1:{port}"
    process = Process(
        [START[0], REPOSITORY / START[1]], log=folder / "log", env=settings(folder, port)
    )
    try:
        assert wait_until(lambda: answers(f"{site}/readyz"), seconds=180)
        said = (folder / "log").read_text()
        assert len(re.findall(rf"{site}/sign-in/s_[\w-]{{43}}", said)) == 7
        for setting in ("DATABASE_URL", "PRIVATE_STORE", "PUBLIC_STORE", "TELEGRAM_BOT_TOKEN"):
            assert setting in said
        second = subprocess.run(
            [START[0], str(REPOSITORY / START[1])],
            env=settings(folder, port),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert second.returncode == 2
        assert f"Port {port} is taken" in second.stderr
        assert "Traceback" not in second.stderr
    finally:
        process.send(signal.SIGINT)
        assert wait_until(lambda: not process.alive, seconds=60)
        process.kill()
    assert "Stopped." in (folder / "log").read_text()
    assert "Traceback" not in (folder / "log").read_text()


def test_secrets_are_for_their_owner_alone(place: tuple[Path, int]) -> None:
    instance = place[0] / "instance"
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    for name in ("master.key", "secret.key"):
        assert stat.S_IMODE((instance / name).stat().st_mode) == 0o600


def test_an_unreadable_setting_is_one_sentence(tmp_path: Path) -> None:
    refused = subprocess.run(
        [START[0], str(REPOSITORY / START[1])],
        env=settings(tmp_path, 8000) | {"PORT": "eight thousand"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 2
    assert refused.stderr.strip() == "PORT must be a number between 1 and 65535, such as 8000."


def test_the_command_brings_a_house_back_and_refuses_where_one_is(tmp_path: Path) -> None:
    clouds = file_clouds(tmp_path / "clouds")
    house = open_house(clouds, sqlite(clouds.folder), Clock(), "keys")
    furnish(house)
    house.settle()
    house.close()
    there = {
        "MASTER_KEY_FILE": str(clouds.folder / "master.key"),
        "PRIVATE_STORE": f"file://{clouds.folder}/private",
        "PUBLIC_STORE": f"file://{clouds.folder}/public",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "restore"]
    said = []
    for code in (0, 2):
        run = subprocess.run(
            command,
            env=settings(tmp_path, 8000) | there,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert run.returncode == code, run.stderr
        assert "Traceback" not in run.stderr
        said.append(run.stdout)
    assert "✔ 1 records and " in said[0]
    assert "This database is not empty" in said[1]
