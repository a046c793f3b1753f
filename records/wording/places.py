"""Where a record is kept, in plain words, and the choice to keep all of it in one place."""

from records.chats import Button, Card, Tap, TapName
from records.placing import Whereabouts
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button

STAY, MAY_MOVE = "stay", "move"
CHOICES = {
    STAY: later("Keep all of it in the clinic's own cloud"),
    MAY_MOVE: later("Old notes on weight and daily life may go, locked, to the public cloud"),
}

LATER = later("Later, old notes on weight and daily life may go, locked, to the public cloud.")
CHANGES = {STAY: later("Keep all there"), MAY_MOVE: later("Let old notes go")}


def place_words(where: Whereabouts, language: Language) -> tuple[str, str]:
    """Return where a record lies, and what happens to its old parts."""
    if not where.moved:
        lies = say(language, "All of the record lies in the clinic's own cloud.")
        if where.stays:
            return lies, say(language, "It stays there.")
        return lies, say(language, LATER)
    lies = say(language, "The record lies in the clinic's own cloud.")
    if where.stays:
        return lies, say(language, "Some old notes are coming back from the public cloud.")
    return lies, say(
        language, "Some old notes on weight and daily life lie locked in the public cloud."
    )


def places_card(where: Whereabouts, language: Language) -> Card:
    """Return where a record lies, with the button to change that."""
    choice = MAY_MOVE if where.stays else STAY
    change = Button(say(language, CHANGES[choice]), Tap(TapName.CHOOSE, f"places.{choice}"))
    lies, parts = place_words(where, language)
    return Card(f"☁️ {lies}\n{parts}", ((change, menu_button(language)),))
