"""Today's entries as one card: each can be taken back, and put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from records.chats import Button, Card, Tap, TapName
from records.observations import Observation, Status
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import menu_button
from records.wording.names import phrase, shortened
from records.wording.orders import clock_time

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and the name of who told it where that is somebody else.

    What is asked about and does not count yet has the key under which it is answered.
    """

    observation: Observation
    teller: str = ""
    asked: str = ""

    @property
    def gone(self) -> bool:
        """Say whether it was taken back."""
        return self.observation.status is Status.ENTERED_IN_ERROR


def today_card(
    entries: Sequence[Entry],
    *,
    name: str,
    may_change: bool,
    zone: str,
    language: Language,
    waiting: Sequence[str] = (),
    dropped: Sequence[time] = (),
    may_hide: bool = False,
    hiding: bool = False,
) -> Card:
    """Return today's entries, the newest of them, numbered as the buttons below are.

    Behind them stand the lines that wait for a name, and the hours at which nothing was asked.
    `hiding` puts a button to hide where the one to take back was.
    """
    shown = entries[-SHOWN:]
    lines = [f"{place}. {_line(one, zone, language)}" for place, one in enumerate(shown, start=1)]
    head = say(language, "📅 Today:")
    if name:
        head = say(language, "📅 Today, {name}:", name=name)
    if not shown:
        head = say(language, "📅 Nothing yet today. Type two numbers, like 128 82")
    lines += [say(language, "⏳ {words} – for whom?", words=shortened(one)) for one in waiting]
    lines += [
        say(language, "⏰ Not asked at {time}: the house was off.", time=f"{one:%H:%M}")
        for one in dropped
    ]
    rows = _hide_rows(shown, language) if hiding else _rows(shown, language)
    last: tuple[Button, ...] = (menu_button(language),)
    if may_hide and not hiding and any(not one.gone for one in shown):
        last = (Button(say(language, "🙈 Hide one"), Tap(TapName.CHOOSE, "today.hide")), *last)
    return Card("\n".join((head, *lines)), (*(rows if may_change else ()), last))


def _rows(shown: Sequence[Entry], language: Language) -> list[tuple[Button, ...]]:
    """Return the answers to what is asked, then the buttons that take back or put back."""
    numbered = list(enumerate(shown, start=1))
    buttons = [_button(place, one, language) for place, one in numbered if not one.asked]
    asked = [_answers(place, one, language) for place, one in numbered if one.asked]
    return [*asked, *(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))]


def _hide_rows(shown: Sequence[Entry], language: Language) -> list[tuple[Button, ...]]:
    numbered = enumerate(shown, start=1)
    buttons = [_hide_button(place, one, language) for place, one in numbered if not one.gone]
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def _line(entry: Entry, zone: str, language: Language) -> str:
    one = entry.observation
    words = f"{clock_time(one.effective, zone)} {phrase(one, language)}"
    if entry.teller:
        words += " · " + say(language, "by {name}", name=entry.teller)
    if entry.asked:
        return say(language, "❓ {words} – is that right?", words=words)
    return say(language, "❌ {words} (removed)", words=words) if entry.gone else words


def _answers(place: int, entry: Entry, language: Language) -> tuple[Button, ...]:
    return (
        Button(say(language, "Yes, {number}", number=place), Tap(TapName.CONFIRM, entry.asked)),
        Button(say(language, "No, {number}", number=place), Tap(TapName.REJECT, entry.asked)),
    )


def _button(place: int, entry: Entry, language: Language) -> Button:
    ref = entry.observation.id
    if entry.gone:
        words = say(language, "Put back {number}", number=place)
        return Button(words, Tap(TapName.CHOOSE, f"today.back.{ref}"))
    words = say(language, "Remove {number}", number=place)
    return Button(words, Tap(TapName.CHOOSE, f"today.remove.{ref}"))


def _hide_button(place: int, entry: Entry, language: Language) -> Button:
    words = say(language, "Hide {number}", number=place)
    return Button(words, Tap(TapName.LEAVE, f"go~hide~e{entry.observation.id}~~"))
