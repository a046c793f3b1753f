"""The door Telegram pushes updates through: a secret opens it, only a failed commit is 5xx."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from storage.rows.chats import SpoolRow
from tests.webapp.conftest import Furnished, Site, make_site
from webapp.views.machine import LARGEST

OLD, NEW = "o" * 32, "n" * 40
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 5, "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}}}


@pytest.fixture
def door(tmp_path: Path, furnished: Furnished) -> Iterator[Site]:
    yield from make_site(tmp_path / "house", furnished, telegram_webhook_secrets=(NEW, OLD))


def post(
    door: Site, body: bytes | str, secret: str = NEW, path: str = "hook", kind: str = ""
) -> int:
    answer = door.app.test_client().post(
        f"/telegram/{path}",
        data=body,
        headers={HEADER: secret},
        content_type=kind or "application/json",
    )
    assert answer.data == b"" or answer.status_code != 200
    return answer.status_code


def kept(door: Site) -> list[tuple[str, str]]:
    with door.database.session(writing=False) as session:
        rows = session.scalars(select(SpoolRow).order_by(SpoolRow.id))
        return [(row.update_id, row.address) for row in rows]


def test_both_secrets_are_good_while_one_follows_the_other(door: Site) -> None:
    assert post(door, json.dumps(UPDATE), NEW) == 200
    assert post(door, json.dumps(UPDATE | {"update_id": 6}), OLD) == 200
    assert kept(door) == [("5", "7"), ("6", "7")]


@pytest.mark.parametrize("secret", ["", "x" * 32, NEW[:-1], NEW + "n", "ñ" * 32])
def test_without_a_secret_there_is_no_door(door: Site, secret: str) -> None:
    assert post(door, json.dumps(UPDATE), secret) == 404
    assert post(door, json.dumps(UPDATE), path="other") == 404
    assert kept(door) == []


def test_an_update_that_comes_twice_is_kept_once(door: Site) -> None:
    for _ in range(2):
        assert post(door, json.dumps(UPDATE)) == 200
    assert post(door, "not an update") == post(door, "not an update") == 200
    assert len(kept(door)) == 2


POISON = [
    b"",
    b"\xff\xfe",
    b"[" * 60_000,
    b'{"update_id":' + b"9" * 5000 + b"}",
    b'{"update_id":1e400}',
    b'{"update_id":true,"message":{"chat":{"id":7}}}',
    b'{"update_id":-1,"message":{"chat":{"id":1e99}}}',
    b'{"update_id":7,"message":[]}',
    b'{"a":' * 20_000,
]


@pytest.mark.parametrize("body", POISON, ids=range(len(POISON)))
def test_poison_is_kept_aside_and_acknowledged(door: Site, body: bytes) -> None:
    assert post(door, body) == 200
    assert len(kept(door)) == 1


def test_too_much_and_what_is_not_json_are_refused(door: Site) -> None:
    assert post(door, b"{" + b" " * LARGEST + b"}") == 413
    assert post(door, b" " * (LARGEST - 2) + b"{}") == 200
    assert post(door, json.dumps(UPDATE), kind="text/plain") == 415


def test_only_a_failed_commit_asks_telegram_to_come_again(
    door: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OperationalError("INSERT", {}, OSError("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr("storage.spool.insert_for", full)
        door.app.config.update(PROPAGATE_EXCEPTIONS=False)
        assert 500 <= post(door, json.dumps(UPDATE)) < 600
    assert kept(door) == []
    assert post(door, json.dumps(UPDATE)) == 200
    assert kept(door) == [("5", "7")]
