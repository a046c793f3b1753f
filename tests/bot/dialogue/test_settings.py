"""Menu, help, settings, the way to the site, and the taps nobody waits for."""

import re

import pytest

from records.services.linking import LinkPurpose, use_link
from storage.database import Database
from tests.bot.talking import Talk, labels
from tests.cast import Cast


def test_the_first_thing_seen_has_the_keys(amina: Talk) -> None:
    line = amina.start()
    assert line.keys == (("🩺 Blood pressure", "🩸 Sugar"), ("💊 Medicine", "📋 My numbers"))


def test_help_says_whom_to_call(amina: Talk) -> None:
    text = amina.say("help").text
    assert "In an emergency call 999." in text
    assert "555 0100" in text


@pytest.mark.parametrize("words", ["/help", "/menu", "/share", "/settings", "/stop"])
def test_the_commands_of_the_channel_are_words(amina: Talk, words: str) -> None:
    assert labels(amina.say(words))


def test_a_sign_in_link_lets_this_person_in_once(
    amina: Talk, database: Database, cast: Cast
) -> None:
    text = amina.say("sign in").text
    (payload,) = re.findall(r"https://care\.example/sign-in/(s_[A-Za-z0-9_-]{43})", text)
    with database.begin(True) as unit:
        link = use_link(unit, payload, LinkPurpose.SIGN_IN, database.clock())
    assert link.person == cast.amina.id


def test_the_menu_is_walked_in_one_card(amina: Talk) -> None:
    amina.say("menu")
    before = len(amina.lines)
    amina.tap("❓ Help")
    amina.tap("☰ Menu")
    amina.tap("⚙️ Settings")
    assert len(amina.lines) == before


def test_a_button_works_once(amina: Talk) -> None:
    amina.say("128/82")
    token = amina.last.rows[0][0].token
    for _ in range(2):
        amina.post({"kind": "tap", "token": token})
        amina.desk.work()
    assert amina.last.text == "That button was used already."
    assert labels(amina.last) == ["☰ Menu"]


def test_a_button_of_another_chat_does_nothing(amina: Talk, bela: Talk) -> None:
    bela.start()
    amina.say("128/82")
    bela.post({"kind": "tap", "token": amina.last.rows[0][0].token})
    bela.desk.work()
    assert bela.last.text == "That button was used already."
    assert amina.last.text == "✅ 128/82 noted, 12:00. On target."


def test_no_answer_blames_the_person(amina: Talk) -> None:
    lines = [
        "",
        "???",
        "1/2",
        "/nonsense",
        "\u202e12",
        "💥" * 50,
        "12345678901234567890",
        "yes",
        "no",
    ]
    for line in filter(None, lines):
        text = amina.say(line).text.lower()
        assert not any(word in text for word in ("invalid", "error", "command"))
        assert labels(amina.last) or text.startswith("👌")
