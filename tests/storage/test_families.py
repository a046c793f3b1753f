"""Families: whatever must survive is noted where it changes, and nothing that stays the same is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from records.attachments import Cleaned, Media
from records.chats import Chat, ChatChannel
from records.tracking import AttachmentId, ChatId, ObservationId, fresh
from storage.database import Database
from storage.families.every import FAMILIES
from storage.families.members import pack, unpack
from storage.rows.cloud import UnsyncedRow
from tests.cast import Cast, Clock

STORAGE = Path(__file__).resolve().parents[2] / "storage"


def waiting(database: Database, family: str) -> list[tuple[str, str, int]]:
    found = select(UnsyncedRow).where(UnsyncedRow.family == family)
    with database.session(writing=False) as session:
        return [(row.owner, row.ref, row.changes) for row in session.scalars(found)]


def test_members_come_apart_as_they_were_put_together() -> None:
    for members in ((), (b"",), (b"a\n1", b"", b"\x00" * 9)):
        assert unpack(pack(*members)) == members


@pytest.mark.parametrize("content", [b"", b"3\nab", b"-1 3\nab", b"x\n", b"1\nab"])
def test_what_was_never_packed_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(content)


def test_a_patient_goes_to_the_own_container_and_staff_to_the_house(
    database: Database, cast: Cast
) -> None:
    owners = {ref: owner for owner, ref, _ in waiting(database, "person")}
    assert owners[cast.chen.id] == owners[cast.bela.id] == "house"
    mine = [owner for owner, ref, _ in waiting(database, "person") if ref == cast.amina.id]
    assert cast.record.id in mine


def test_a_change_is_counted_and_what_does_not_matter_is_not(
    database: Database, cast: Cast, clock: Clock
) -> None:
    chat = Chat(ChatId(fresh()), ChatChannel.WEB, "1", cast.bela.language, cast.bela.id)
    for spoken in (None, clock(), clock.pass_(minutes=1)):
        with database.begin(True) as unit:
            unit.chats.put(Chat(**{**_fields(chat), "spoken": spoken}))
    assert waiting(database, "chat") == [("house", chat.id, 1)]
    with database.begin(True) as unit:
        unit.chats.put(Chat(**{**_fields(chat), "tells": True}))
    assert waiting(database, "chat") == [("house", chat.id, 2)]


def _fields(chat: Chat) -> dict[str, object]:
    return {name: getattr(chat, name) for name in Chat.__dataclass_fields__}


def test_a_change_that_is_rolled_back_is_not_noted(database: Database, cast: Cast) -> None:
    before = waiting(database, "organisation")
    with pytest.raises(ZeroDivisionError), database.begin(True) as unit:
        unit.people.put_organisation(cast.clinic.__class__(fresh(), "x", cast.clinic.kind))
        unit.desk.session.flush()
        raise ZeroDivisionError
    assert waiting(database, "organisation") == before


def test_an_attachment_waits_only_once_it_belongs_somewhere(database: Database, cast: Cast) -> None:
    attachment = AttachmentId(fresh())
    with database.begin(True) as unit:
        unit.attachments.put(attachment, Cleaned(Media.VOICE, b"voice"), cast.amina.id)
    assert waiting(database, "attachment") == []
    with database.begin(True) as unit:
        unit.attachments.tie(attachment, cast.record.id, ObservationId(fresh()))
    assert [one[:2] for one in waiting(database, "attachment")] == [(cast.record.id, attachment)]


def test_no_statement_changes_many_rows_of_a_family_unseen() -> None:
    """What is noted is what the session sees; an UPDATE over rows it has not read passes by."""
    unseen = {family.rows.__name__: family.quietly | family.here.keys() for family in FAMILIES}
    found = [
        f"{path.name}:{line}: {name}"
        for path in STORAGE.rglob("*.py")
        for line, rows, names in _updates(ast.parse(path.read_text()))
        for name in names - unseen.get(rows, names)
    ]
    assert found == []


def _updates(tree: ast.AST) -> Iterator[tuple[int, str, set[str]]]:
    """Give each `update(Rows)….values(…)`: its line, the rows, and which columns it sets."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "values":
            for inner in ast.walk(node.func):
                if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "update":
                    rows = getattr(inner.args[0], "id", "")
                    yield node.lineno, rows, {one.arg or "" for one in node.keywords}
