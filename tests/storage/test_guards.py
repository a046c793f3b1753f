"""Where the master key lies: a file, the environment, shut by KMS or by Vault; never a default."""

import base64
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.keys import KeyStore
from storage.masterkey import MasterKeyRefused, encoded
from storage.masterkeys import make_first_key, open_master_keys
from storage.settings import read_settings
from storage.stores.address import UnreadableSetting
from tests.conftest import REPOSITORY
from tests.parts.keepers import Keeper, Kms, Vault
from tests.parts.process import clean_environment


@pytest.fixture
def kms() -> Iterator[Kms]:
    with Kms() as kept:
        yield kept


@pytest.fixture
def vault() -> Iterator[Vault]:
    with Vault() as kept:
        yield kept


@pytest.fixture(params=["kms", "vault"])
def keeper(request: pytest.FixtureRequest) -> Keeper:
    return request.getfixturevalue(request.param)


def settings_of(keeper: Keeper) -> dict[str, str]:
    if isinstance(keeper, Kms):
        return {**keeper.settings, "KMS_ENDPOINT_URL": keeper.url}
    return {**keeper.settings, "VAULT_ADDR": keeper.url}  # type: ignore[attr-defined]


def test_a_guarded_key_is_made_opened_once_and_never_written_open(keeper, tmp_path) -> None:
    settings, path = settings_of(keeper), tmp_path / "master.key"
    make_first_key(settings, path)
    written = path.read_text().strip()
    assert written.startswith(("kms:", "vault:v1:"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    masters = open_master_keys(settings, path)
    key = masters.in_use
    assert len(key) == 32
    assert encoded(key) not in written
    asked = len(keeper.asked)
    for _ in range(3):
        masters.look_again()
    assert len(keeper.asked) == asked
    assert open_master_keys(settings, path).in_use == key
    assert open_master_keys({**settings, "MASTER_KEY": written}, tmp_path / "none").in_use == key


def test_a_house_opens_with_a_guarded_key_and_not_without_its_guard(keeper, tmp_path) -> None:
    settings, path = settings_of(keeper), tmp_path / "master.key"
    make_first_key(settings, path)
    url = f"sqlite:///{tmp_path}/keys.sqlite"
    first = KeyStore(url, open_master_keys(settings, path))
    kept, house = first.key_of("amina"), first.house_key("cells")
    first.close()
    again = KeyStore(url, open_master_keys(settings, path))
    assert (again.key_of("amina"), again.house_key("cells")) == (kept, house)
    again.close()
    keeper.keys["kanglu"] = os.urandom(32)
    refused(settings, path, "does not open the master key")
    keeper.keys.clear()
    refused(settings, path, "does not open the master key")


def test_a_guard_that_is_away_or_refuses_us_is_one_sentence(keeper, tmp_path) -> None:
    settings, path = settings_of(keeper), tmp_path / "master.key"
    make_first_key(settings, path)
    stranger = {"VAULT_TOKEN": "hvs.stranger", "AWS_ACCESS_KEY_ID": "AKIASTRANGER"}
    refused(settings | stranger, path, "refuses this token|UnrecognizedClientException")
    away = dict.fromkeys(("VAULT_ADDR", "KMS_ENDPOINT_URL"), "http://127.0.0.1:9")
    refused(settings | away, path, "cannot be reached")
    refused(settings | {"MASTER_KEY_GUARD": "kms://"}, path, "set MASTER_KEY_GUARD to")
    plain = dict.fromkeys(("VAULT_ADDR", "KMS_ENDPOINT_URL"), "http://keys.example")
    with pytest.raises((MasterKeyRefused, UnreadableSetting), match="plain http"):
        open_master_keys(settings | plain, path)


def refused(settings: dict[str, str], path: Path, why: str) -> None:
    with pytest.raises(MasterKeyRefused, match=rf"({why}).*\.$") as raised:
        open_master_keys(settings, path)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    assert "stranger" not in str(raised.value).lower()


def test_the_environment_may_hold_the_key(tmp_path) -> None:
    new, old = os.urandom(32), os.urandom(32)
    masters = open_master_keys({"MASTER_KEY": f"{encoded(new)}, {encoded(old)}"}, tmp_path / "no")
    assert list(masters.accepted) == [new, old]
    assert masters.in_use == new
    with pytest.raises(
        MasterKeyRefused, match="set old,new and restart every process, then new,old"
    ):
        open_master_keys({"MASTER_KEY": encoded(old)}, tmp_path / "no").begin_change()


@pytest.mark.parametrize("written", ["secret", "", "a,b", base64.b64encode(b"x" * 31).decode()])
def test_a_key_that_is_none_is_refused_without_being_repeated(written, tmp_path) -> None:
    with pytest.raises(MasterKeyRefused, match=r"not 32 bytes|no master key") as raised:
        open_master_keys({"MASTER_KEY": written}, tmp_path / "absent")
    assert not written or written not in str(raised.value)


def test_no_key_is_ever_assumed(tmp_path) -> None:
    with pytest.raises(MasterKeyRefused, match=r"python -m storage\.masterkeys"):
        open_master_keys({}, read_settings({"INSTANCE_DIR": str(tmp_path)}).master_key_file)
    with pytest.raises(UnreadableSetting, match="MASTER_KEY_GUARD"):
        make_first_key({"MASTER_KEY_GUARD": "gcp://key"}, tmp_path / "master.key")


def test_an_operator_makes_the_first_key_by_one_command(tmp_path) -> None:
    environ = clean_environment(PYTHONPATH=str(REPOSITORY), INSTANCE_DIR=str(tmp_path / "place"))
    made = run(environ, tmp_path)
    assert "Keep a copy" in made.stdout
    (key,) = (tmp_path / "place" / "master.key").read_text().split()
    assert key not in made.stdout
    run(environ, tmp_path)
    assert (tmp_path / "place" / "master.key").read_text().split() == [key]
    shown = run(environ | {"MASTER_KEY": key}, tmp_path).stdout.strip()
    assert len(base64.urlsafe_b64decode(shown)) == 32
    assert shown != key


def run(environ: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "storage.masterkeys"],
        env=environ,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
