"""When a house is the demo, and that one whose filling was cut off is begun again."""

from pathlib import Path

import pytest

from storage.demo.starting import FILLED, FILLING, is_demo, prepare_demo
from storage.settings import StorageSettings, read_settings

DATABASE = "kanglu.sqlite"


@pytest.fixture
def settings(tmp_path: Path) -> StorageSettings:
    return read_settings({"INSTANCE_DIR": str(tmp_path / "instance")})


def written(settings: StorageSettings, name: str) -> Path:
    path = settings.instance / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"something")
    return path


def test_a_house_where_nothing_is_set_and_nothing_was_kept_is_the_demo(
    settings: StorageSettings,
) -> None:
    assert is_demo({}, settings)
    assert not is_demo({"DATABASE_URL": "postgresql://somewhere/kanglu"}, settings)
    assert not is_demo({"TELEGRAM_BOT_TOKEN": "0:token"}, settings)


@pytest.mark.parametrize(("mark", "demo"), [(None, False), (FILLING, True), (FILLED, True)])
def test_a_house_that_kept_something_is_the_demo_only_by_its_mark(
    settings: StorageSettings, mark: str | None, demo: bool
) -> None:
    written(settings, DATABASE)
    if mark:
        written(settings, mark)
    assert is_demo({}, settings) is demo


def test_a_demo_whose_filling_was_cut_off_is_begun_again(settings: StorageSettings) -> None:
    prepare_demo(settings)
    assert (settings.instance / FILLING).exists()
    begun = [written(settings, name) for name in (DATABASE, f"{DATABASE}-wal", "keys.sqlite")]
    prepare_demo(settings)
    assert not any(path.exists() for path in begun)
    assert (settings.instance / "master.key").exists()


def test_a_demo_that_was_filled_is_left_alone(settings: StorageSettings) -> None:
    kept = [written(settings, name) for name in (DATABASE, FILLED)]
    prepare_demo(settings)
    assert all(path.exists() for path in kept)
    assert not (settings.instance / FILLING).exists()
