"""The hours people name when they want to be reminded."""

import pytest

from records.language import Command, Context, understand
from records.language.reminding import clock_read, hours_wished, topic_wished
from records.vocabulary import Language
from tests.cast import NOON

WISHES = [
    ("remind me at 8", ["08:00"], "pressure"),
    ("Remind me at 8am and 8pm", ["08:00", "20:00"], "pressure"),
    ("remind me at 7:30", ["07:30"], "pressure"),
    ("remind me to take my medicine at 9 in the evening", ["21:00"], "medicine"),
    ("please remind me at 20:15 to measure my sugar", ["20:15"], "glucose"),
    ("remind me", [], "pressure"),
    ("提醒我早上8点", ["08:00"], "pressure"),
    ("提醒我早上八点和晚上八点", ["08:00", "20:00"], "pressure"),
    ("每天下午3点半提醒我测血糖", ["15:30"], "glucose"),
    ("晚上9点提醒我吃药", ["21:00"], "medicine"),
    ("提醒我 8:30", ["08:30"], "pressure"),
    ("提醒我早上十点", ["10:00"], "pressure"),
    ("提醒我中午12点", ["12:00"], "pressure"),
    ("每天７点提醒我", ["07:00"], "pressure"),
    ("提醒我", [], "pressure"),
]


@pytest.mark.parametrize(("said", "hours", "topic"), WISHES)
def test_the_hours_and_the_thing_are_read(said: str, hours: list[str], topic: str) -> None:
    assert [f"{one:%H:%M}" for one in hours_wished(said)] == hours
    assert topic_wished(said) == topic


@pytest.mark.parametrize("said", [one for one, *_ in WISHES])
def test_a_wish_to_be_reminded_is_a_command_and_no_reading(said: str) -> None:
    language = Language.CHINESE if any(one >= "\u4e00" for one in said) else Language.ENGLISH
    understood = understand(said, language, Context(now=NOON.replace(tzinfo=None)))
    assert understood.command is Command.REMIND
    assert not [one for one in understood.readings if one.value is not None]


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("15:10", "15:10"),
        ("3:10 pm", "15:10"),
        ("下午3点10分", "15:10"),
        ("8", "08:00"),
        ("it is 7 o'clock", "07:00"),
        ("128 82", None),
        ("128/82", None),
        ("hello", None),
        ("between 7 and 8", None),
        ("25:00", None),
    ],
)
def test_a_clock_that_is_read_out(said: str, clock: str | None) -> None:
    found = clock_read(said)
    assert (f"{found:%H:%M}" if found else None) == clock
