"""An update of any shape is read, or is strange; never an exception."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.dialogue import (
    Blocked,
    EditedText,
    Elsewhere,
    File,
    Photo,
    Started,
    Strange,
    Tapped,
    Text,
    Unblocked,
    Voice,
)
from bot.telegram.reading import ALLOWED, envelope, read

CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 3, "date": 1_764_000_000, "chat": CHAT, "from": {"id": 7}}


def _read(kind: str, content: object) -> object:
    return read(json.dumps({"update_id": 1, kind: content}).encode())


SHAPES = [
    ("message", MESSAGE | {"text": "128/82"}, Text),
    ("message", MESSAGE | {"text": "/start"}, Started),
    ("message", MESSAGE | {"text": "/start@care_bot i_abc"}, Started),
    ("message", MESSAGE | {"text": "/started"}, Text),
    ("message", MESSAGE | {"photo": []}, Photo),
    ("message", MESSAGE | {"voice": {}}, Voice),
    ("message", MESSAGE | {"location": {}}, File),
    ("message", MESSAGE | {"pinned_message": {}}, Strange),
    ("message", MESSAGE | {"text": "a", "date": 10**30}, Strange),
    ("message", MESSAGE | {"text": ""}, Strange),
    ("message", MESSAGE | {"text": "a", "date": 2**62}, Strange),
    ("message", MESSAGE | {"text": "a", "chat": {"id": -4, "type": "group"}}, Elsewhere),
    ("edited_message", MESSAGE | {"text": "130/80"}, EditedText),
    ("edited_message", MESSAGE | {"caption": "130/80"}, EditedText),
    ("callback_query", {"id": "9", "from": {"id": 7}, "message": MESSAGE, "data": "t"}, Tapped),
    ("callback_query", {"id": "9", "from": {"id": 7}, "message": MESSAGE}, Strange),
    ("my_chat_member", {"chat": CHAT, "new_chat_member": {"status": "kicked"}}, Blocked),
    ("my_chat_member", {"chat": CHAT, "new_chat_member": {"status": "member"}}, Unblocked),
    ("poll", {}, Strange),
]


@pytest.mark.parametrize(("kind", "content", "wanted"), SHAPES)
def test_each_shape_is_told_apart(kind: str, content: object, wanted: type) -> None:
    assert isinstance(_read(kind, content), wanted)


def test_a_start_carries_its_payload_and_who_pressed_it() -> None:
    person = {"id": 7, "first_name": "Li", "last_name": "Na", "language_code": "zh-hans"}
    content = MESSAGE | {"text": "/start i_abc", "from": person}
    assert _read("message", content) == Started("i_abc", "Li Na", "zh-hans")


def test_the_envelope_says_which_chat_and_what_spins() -> None:
    query = {"id": "9", "from": {"id": 8}, "message": MESSAGE, "data": "t"}
    found = envelope({"update_id": 5, "callback_query": query})
    assert found is not None
    assert (found.update_id, found.address, found.query) == (5, "7", "9")


_KEYS = some.sampled_from(
    ["message", "chat", "from", "id", "text", "date", "message_id", "data", "type", "photo"]
)
JSON: Any = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text() | _KEYS, inner),
    max_leaves=12,
)


def test_half_characters_and_nul_can_be_kept() -> None:
    content = MESSAGE | {"text": "\ud83d\ude00 \ud800 \x00 128/82"}
    body = json.dumps({"update_id": 1, "message": content}).encode()
    found = read(body)
    assert isinstance(found, Text)
    assert found.text == "😀 \ufffd \ufffd 128/82"


def test_half_a_character_in_a_file_or_a_language_can_be_kept() -> None:
    person = {"id": 5, "language_code": "\ud800"}
    started = MESSAGE | {"text": "/start", "from": person}
    voice = MESSAGE | {"voice": {"file_id": "\udfff", "file_size": 9}}
    for content in (started, voice):
        found = read(json.dumps({"update_id": 1, "message": content}).encode())
        assert "\ufffd" in repr(found)


@given(some.sampled_from(ALLOWED), JSON)
def test_nothing_makes_the_reader_stumble(kind: str, content: object) -> None:
    body = json.dumps({"update_id": 1, kind: content}).encode()
    assert read(body) is not None
    assert envelope(json.loads(body)) is not None


@given(some.binary())
def test_bytes_of_any_kind_are_strange(body: bytes) -> None:
    assert isinstance(read(body), Strange)


@pytest.mark.parametrize("update", [None, [], "", {"update_id": "1"}, {"update_id": True}, {}])
def test_what_has_no_id_has_no_envelope(update: object) -> None:
    assert envelope(update) is None
