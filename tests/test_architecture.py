"""The house keeps its arrows, and the test that says so can fail."""

from pathlib import Path

import pytest

from tests.arrows import ARROWS, CLOCK_AND_SETTINGS, ROOMS, Arrow, broken

REPOSITORY = Path(__file__).resolve().parents[1]
RULES = (*ARROWS, CLOCK_AND_SETTINGS)


@pytest.mark.parametrize("arrow", RULES, ids=lambda arrow: arrow.title.replace(" ", "-"))
def test_the_house_keeps_its_arrows(arrow: Arrow) -> None:
    faults = broken(REPOSITORY, arrow)
    assert not faults, "\n" + "\n".join(faults)


def test_every_room_is_read() -> None:
    assert all((REPOSITORY / room / "__init__.py").exists() for room in ROOMS)


BROKEN = [
    ("records/people.py", "import flask"),
    ("records/people.py", "from telegram import Bot"),
    ("records/people.py", "from cryptography.fernet import Fernet"),
    ("records/people.py", "import webapp.views"),
    ("records/people.py", "from storage.rows import people"),
    ("records/people.py", "import numpy"),
    ("records/people.py", "def late():\n    import sqlalchemy"),
    ("records/people.py", "from importlib import import_module\nimport_module('storage.keys')"),
    ("records/people.py", "import sqlite3"),
    ("records/people.py", "from lxml import etree"),
    ("records/people.py", "from datetime import datetime\ndatetime.now()"),
    ("records/people.py", "import datetime as d\nd.datetime.now(d.UTC)"),
    ("records/people.py", "from datetime import date\nmake = date.today"),
    ("records/people.py", "from time import time as read\nread()"),
    ("records/people.py", "import os\nos.environ['HOME']"),
    ("webapp/unit.py", "import bot"),
    ("webapp/views/chat.py", "from sqlalchemy import select"),
    ("webapp/unit.py", "import boto3.session"),
    ("webapp/unit.py", "from telegram import Update"),
    ("webapp/unit.py", "from wsgi import app"),
    ("bot/conversation.py", "from webapp import forms"),
    ("bot/conversation.py", "import storage.queue"),
    ("bot/conversation.py", "import flask_security"),
    ("bot/conversation.py", "from telegram import Update"),
    ("bot/dialogue/reply.py", "from ..telegram import markup"),
    ("bot/telegram/courier.py", "from sqlalchemy.orm import Session"),
    ("storage/queue.py", "import bot.dialogue"),
    ("storage/queue.py", "from webapp.access import person"),
    ("storage/queue.py", "from flask_security import UserMixin"),
    ("storage/stores/swift.py", "import boto3"),
    ("storage/stores/s3.py", "from swiftclient import Connection"),
    ("storage/sealing.py", "from lxml import etree"),
    ("wsgi.py", "import telegram"),
]


@pytest.mark.parametrize(("path", "source"), BROKEN)
def test_a_broken_arrow_is_named_with_file_line_and_remedy(
    tmp_path: Path, path: str, source: str
) -> None:
    _write(tmp_path, path, source)
    faults = [fault for rule in RULES for fault in broken(tmp_path, rule)]
    last_line = source.count("\n") + 1
    assert any(fault.startswith(f"{path}:{last_line} uses ") for fault in faults), faults
    assert all(": " in fault for fault in faults)


KEPT = [
    ("records/cda/reader.py", "from lxml import etree\nfrom dateutil import tz\nimport msgspec"),
    ("records/people.py", "from . import vocabulary\nfrom .language import lines\nimport babel"),
    ("records/people.py", "def at(now): return now.time()\nfrom datetime import datetime, time"),
    ("records/people.py", "from datetime import datetime\ndatetime.fromisoformat('2019-04-22')"),
    ("webapp/access.py", "import flask_security\nfrom records import policy"),
    ("bot/telegram/courier.py", "from telegram import Bot\nfrom ..dialogue import reply"),
    ("bot/__main__.py", "import telegram, storage.queue, sqlalchemy"),
    ("storage/__main__.py", "import records.services"),
    ("storage/rows/accounts.py", "from flask_security.models import fsqla_v3"),
    ("storage/stores/s3.py", "import boto3, botocore.exceptions"),
    ("storage/stores/swift.py", "import swiftclient"),
    ("wsgi.py", "import webapp, bot.telegram, storage, records, sqlalchemy"),
]


@pytest.mark.parametrize(("path", "source"), KEPT)
def test_what_is_allowed_passes(tmp_path: Path, path: str, source: str) -> None:
    _write(tmp_path, path, source)
    assert [fault for rule in RULES for fault in broken(tmp_path, rule)] == []


def _write(root: Path, path: str, source: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source)
