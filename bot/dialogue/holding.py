"""Lines that wait until the chat knows of whom they speak: kept as rows, filed with their time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialogue.attachments import Enclosure
from bot.dialogue.caregiving import Whose
from bot.dialogue.turn import Turn
from records.chats import Card
from records.documents import read, write
from records.wording.questions import for_whom_card


@dataclass(frozen=True, slots=True)
class Held:
    """A line with its message's key and time; `called` is the word that names somebody in it.

    `enclosed` is the picture, voice note or file that came with it.
    """

    text: str
    key: str
    sent: datetime
    edited: bool = False
    called: str = ""
    enclosed: Enclosure | None = None


def hold(turn: Turn, people: Sequence[Whose], held: Held, *, nobody: bool = False) -> Card:
    """Keep a line until it is said for whom it is, and ask that.

    `nobody`: it may be for somebody the speaker does not help; then it need not be kept.
    """
    _keep(turn, held)
    waiting = len(turn.unit.waiting.of_chat(turn.chat.id))
    choices = tuple((one.record, one.name) for one in people)
    return for_whom_card(choices, waiting=waiting, nobody=nobody, language=turn.language)


def waiting_in(turn: Turn) -> tuple[Held, ...]:
    """Return the lines that wait in this chat, oldest first."""
    found = turn.unit.waiting.of_chat(turn.chat.id)
    return tuple(read(one.encode(), Held) for one in found)


def release(turn: Turn) -> tuple[Held, ...]:
    """Return the lines that wait in this chat, which wait no more."""
    found = waiting_in(turn)
    turn.unit.waiting.clear(turn.chat.id)
    return found


def waits(turn: Turn, key: str) -> bool:
    """Say whether a message waits in this chat."""
    return any(one.key == key for one in waiting_in(turn))


def change(turn: Turn, edited: Held) -> Turn:
    """Put an edited message's words in the place of the line that waits."""
    for one in waiting_in(turn):
        if one.key == edited.key:
            _keep(turn, replace(one, text=edited.text, called=""))
    return turn


def drop(turn: Turn, key: str) -> None:
    """Let one message wait no more; the others go on waiting in their order."""
    for one in release(turn):
        if one.key != key:
            _keep(turn, one)


def _keep(turn: Turn, held: Held) -> None:
    turn.unit.waiting.keep(turn.chat.id, held.key, write(held).decode())
