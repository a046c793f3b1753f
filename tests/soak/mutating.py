"""Updates as Telegram sends them, and what a hostile or broken sender could make of them."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

PRESSURES = ("128/82", "血压 128/82 心率 70", "118 76 66", "mum 150/95", "2026-03-01 08:10 121/79")
SUGARS = ("7.2 fasting", "餐后血糖 8.1", "sugar 126 mg/dL before breakfast", "HI", "血糖 LO")
WORDS = (
    "took my pills",
    "吃药了，没有胸痛",
    "chest pain since an hour",
    "walked 30 min",
    "mood 😀",
    "pain 4/10",
    "no, 138",
    "改成 138/82",
    "do not record this 128/82",
    "keep this private: 140/90",
    "65.5 kg",
    "37.2 C",
    "昨天早上 130/85",
)
COMMANDS = (
    *("/menu", "/help", "/share", "/undo", "/settings", "/stop", "/today", "/start", "/start x"),
    *("my numbers", "family", "sign in", "📋 My numbers", "☰ 菜单", "orders", "who looked"),
)
HOSTILE_TEXTS = (
    "",
    " ",
    "\x00",
    "\x00128/82\x07",
    "\u202e28/821\u202c",
    "\ud800",
    "\udfff 128/82",
    "9" * 400 + "/" + "8" * 400,
    "1" * 10_000,
    "128/82 " * 1_400,
    "血" * 4_096,
    "'; DROP TABLE spool; --",
    "<b>128/82</b>",
    "{{7*7}} %s %(name)s {0}",
    "１２８／８２",
    "a\u0301" * 2_000,
    "👨‍👩‍👧‍👦" * 300,
    "-1/-1",
    "NaN/inf",
    "1e309 kg",
    "2026-02-30 25:61 128/82",
    "/start " + "A" * 64,
    "/start f_" + "x" * 43,
    "c_" + "y" * 43,
)
HOSTILE_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 10**30, 10**400, 0.5, 1e308),
    *("", "0", "null", [], {}, [[]], {"id": None}, "\x00", "é" * 300, [1, "a", None]),
)

ADDED = ("text", "caption", "chat", "from", "data", "migrate_to_chat_id")


def text_of(chance: random.Random) -> str:
    """Return something to write: sensible, a command, or hostile."""
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice((*PRESSURES, *SUGARS, *WORDS))
    if kind < 7:
        return chance.choice(COMMANDS)
    if kind < 9:
        return chance.choice(HOSTILE_TEXTS)
    letters = [chr(chance.randrange(32, 0x3000)) for _ in range(chance.randrange(1, 60))]
    return "".join(letters)


def update_of(
    chance: random.Random, number: int, chat: int, date: int, token: str
) -> dict[str, Any]:
    """Return a whole update of any kind the bot asks for, from this chat at this time."""
    person = {"id": chat, "is_bot": False, "first_name": "Li", "language_code": "zh-hans"}
    private = {"id": chat, "type": "private", "first_name": "Li"}
    message = {"message_id": number, "date": date, "chat": private, "from": person}
    makers: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: {"message": message | {"text": text_of(chance)}},
        lambda: {"message": message | {"text": text_of(chance)}},
        lambda: {"message": message | {"text": text_of(chance)}},
        lambda: {"edited_message": message | {"text": text_of(chance), "edit_date": date}},
        lambda: {"message": message | {"photo": [{"file_id": "p"}], "caption": text_of(chance)}},
        lambda: {"message": message | {"voice": {"file_id": "v", "duration": 3}}},
        lambda: {"message": message | {"document": {"file_id": "d", "file_name": "a.csv"}}},
        lambda: {"message": message | {"location": {"latitude": 1.0, "longitude": 2.0}}},
        lambda: {"message": message | {"pinned_message": dict(message)}},
        lambda: {
            "callback_query": {
                "id": str(number),
                "from": person,
                "message": message,
                "data": chance.choice((token, token, "forged", "x" * 64, "\x00")),
            }
        },
        lambda: {
            "my_chat_member": {
                "chat": private,
                "from": person,
                "date": date,
                "new_chat_member": {"status": chance.choice(("kicked", "member", "left", "odd"))},
            }
        },
        lambda: {
            "message": message
            | {"chat": {"id": -chat, "type": chance.choice(("group", "supergroup", "channel"))}}
        },
    )
    return {"update_id": number, **chance.choice(makers)()}


def mutated(chance: random.Random, update: dict[str, Any]) -> bytes:
    """Return the update as bytes, changed in one of many ways or in none."""
    kind = chance.randrange(12)
    if kind < 3:
        return dumped(update)
    if kind < 9:
        for _ in range(chance.randrange(1, 4)):
            update = _changed(chance, update)
        return dumped(update)
    body = bytearray(dumped(update))
    if kind == 9:
        return bytes(body[: chance.randrange(len(body) + 1)])
    if kind == 10:
        for _ in range(chance.randrange(1, 6)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        return bytes(body)
    depth = chance.choice((50, 900, 5_000, 40_000))
    return b'{"update_id":%d,"message":%s' % (chance.randrange(2**31), b"[" * depth)


def _changed(chance: random.Random, update: dict[str, Any]) -> dict[str, Any]:
    """Return a copy with one place of it changed, added, or taken away."""
    whole = copy.deepcopy(update)
    places = _places(whole)
    if not places:
        return update
    holder, key = chance.choice(places)
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1:
            holder[key] = chance.choice(HOSTILE_VALUES)
        case 2:
            holder[key] = chance.choice(HOSTILE_TEXTS)
        case 3:
            other, place = chance.choice(places)
            holder[key] = copy.deepcopy(other.get(place))
        case _:
            holder[chance.choice(ADDED)] = chance.choice((*HOSTILE_VALUES, *HOSTILE_TEXTS))
    return whole


def _places(value: Any) -> list[tuple[dict[str, Any], str]]:
    found: list[tuple[dict[str, Any], str]] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            found.append((value, key))
            found += _places(inner)
    elif isinstance(value, list):
        for inner in value:
            found += _places(inner)
    return found


def dumped(update: object) -> bytes:
    """Return an update as JSON bytes, lone surrogates and all."""
    return json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")
