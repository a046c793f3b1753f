"""Today's entries as one card: each can be taken back, and put back."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.chats import Button, Card, Tap, TapName
from records.observations import Observation, Status
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import menu_button
from records.wording.names import phrase
from records.wording.orders import clock_time

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and the name of who told it where that is somebody else."""

    observation: Observation
    teller: str = ""

    @property
    def gone(self) -> bool:
        """Say whether it was taken back."""
        return self.observation.status is Status.ENTERED_IN_ERROR


def today_card(
    entries: Sequence[Entry], *, name: str, may_change: bool, zone: str, language: Language
) -> Card:
    """Return today's entries, the newest of them, numbered as the buttons below are."""
    shown = entries[-SHOWN:]
    lines = [f"{place}. {_line(one, zone, language)}" for place, one in enumerate(shown, start=1)]
    head = say(language, "📅 Today:")
    if name:
        head = say(language, "📅 Today, {name}:", name=name)
    if not shown:
        head = say(language, "📅 Nothing yet today. Type two numbers, like 128 82")
    buttons = [_button(place, one, language) for place, one in enumerate(shown, start=1)]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Card(
        "\n".join((head, *lines)), (*(rows if may_change else ()), (menu_button(language),))
    )


def _line(entry: Entry, zone: str, language: Language) -> str:
    one = entry.observation
    words = f"{clock_time(one.effective, zone)} {phrase(one, language)}"
    if entry.teller:
        words += " · " + say(language, "by {name}", name=entry.teller)
    return say(language, "❌ {words} (removed)", words=words) if entry.gone else words


def _button(place: int, entry: Entry, language: Language) -> Button:
    ref = entry.observation.id
    if entry.gone:
        words = say(language, "Put back {number}", number=place)
        return Button(words, Tap(TapName.CHOOSE, f"today.back.{ref}"))
    words = say(language, "Remove {number}", number=place)
    return Button(words, Tap(TapName.CHOOSE, f"today.remove.{ref}"))
