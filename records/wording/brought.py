"""What the chat says of a document a clinician brought: what came in, and the way back."""

from collections.abc import Sequence

from records.cda.words import CODES
from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Code, Language
from records.wording.catalogue import later, say
from records.wording.imports import CAN_BE_UNDONE
from records.wording.menus import menu_button

HIDE = "hide"
NAMED = 3  # what is named of what was added
LONGEST = 40  # letters of a name in a card
SOMETHING_BROUGHT = later("📄 Your doctor put more in your record for you.")
ONE_BROUGHT = later("📄 {doctor} added 1 entry from a document of {place}:")
SEVERAL_BROUGHT = later("📄 {doctor} added {n} entries from a document of {place}:")


def brought_card(
    added: Sequence[Code],
    *,
    doctor: str,
    place: str,
    attachment: str,
    full: bool,
    language: Language,
) -> Card:
    """Return what a clinician added to the patient's record, with [Undo] and [Keep private]."""
    text = say(language, SOMETHING_BROUGHT)
    if full:
        phrase = ONE_BROUGHT if len(added) == 1 else SEVERAL_BROUGHT
        where = place[:LONGEST] or say(language, "an unnamed place")
        text = say(language, phrase, doctor=doctor, n=len(added), place=where)
        text += "\n" + _names_of(added, language)
    if len(added) > CAN_BE_UNDONE:
        return Card(text, ((menu_button(language),),))
    undo = Button(say(language, "Undo"), _tap("undo", attachment))
    hide = Button(say(language, "Keep private"), _tap(HIDE, attachment))
    return Card(text, ((undo, hide),))


def _names_of(added: Sequence[Code], language: Language) -> str:
    """Return what was added in a few words: "Blood pressure, Weight and 3 more"."""
    codes = list(dict.fromkeys(added))
    named = say(language, ", ").join(say(language, CODES[one]) for one in codes[:NAMED])
    rest = len(codes) - NAMED
    return named if rest <= 0 else say(language, "{named} and {n} more", named=named, n=rest)


def kept_private_card(count: int, *, language: Language) -> Card:
    """Return that what came from a document is for the patient alone now."""
    text = say(language, "🔒 Kept private: {n}. Only you see it.", n=count)
    return Card(text, ((menu_button(language),),))


def _tap(what: str, attachment: str) -> Tap:
    return Tap(TapName.CHOOSE, f"import.{what}.{attachment}")
