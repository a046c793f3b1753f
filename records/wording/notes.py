"""A doctor's note in the chat, and the patient's own words beside it."""

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import menu_button

SHOW, SAY, BACK = "show", "say", "back"
CUT = 300  # characters of a note that one short card shows; all of it is on the site


def note_tap(act: str, *ids: str) -> Tap:
    """Return the tap on something about a note."""
    return Tap(TapName.NOTE, "~".join((act, *ids)))


def note_card(note: str, *, doctor: str, text: str, language: Language, full: bool) -> Card:
    """Return that a doctor wrote a note; `full` says the text may stand in this chat."""
    if not full:
        show = Button(say(language, "Show it here"), note_tap(SHOW, note))
        return Card(say(language, "📝 Your doctor wrote a note about you."), ((show,),))
    comment = Button(say(language, "✍️ Comment"), note_tap(SAY, note))
    if len(text) <= CUT:
        told = say(language, "📝 {doctor} wrote a note: {text}", doctor=doctor, text=text)
        return Card(told, ((comment, menu_button(language)),))
    told = say(language, "📝 {doctor} wrote a note: {text}", doctor=doctor, text=text[:CUT] + "…")
    site = Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in"))
    return Card(told, ((comment, site),))


def comment_asked_card(note: str, language: Language) -> Card:
    """Return the question what the patient says to a note."""
    text = say(language, "✍️ What do you want to say to this note? Type it in words.")
    return Card(text, (_back(note, language),))


def comment_too_long_card(note: str, language: Language) -> Card:
    """Return that this is more than can stand beside a note."""
    text = say(language, "That is too long to stand beside a note. Please write it shorter.")
    return Card(text, (_back(note, language),))


def commented_card(note: str, comment: str, version: int, language: Language) -> Card:
    """Return that the words stand beside the note, with the way back and to other words."""
    text = say(language, "✍️ Kept beside the note. Whoever reads the note reads it too.")
    undo = Button(say(language, "Undo"), note_tap(BACK, comment, str(version)))
    other = Button(say(language, "✏️ Say it differently"), note_tap(SAY, note))
    return Card(text, ((undo, other), (menu_button(language),)))


def comment_gone_card(note: str, comment: str, version: int, language: Language) -> Card:
    """Return that the words are taken back, with the way to put them back."""
    text = say(language, "❌ Taken back. Nothing stands beside the note.")
    again = Button(say(language, "Put back"), note_tap(BACK, comment, str(version)))
    other = Button(say(language, "✏️ Say it differently"), note_tap(SAY, note))
    return Card(text, ((again, other), (menu_button(language),)))


def _back(note: str, language: Language) -> tuple[Button, ...]:
    return (Button(say(language, "Back"), note_tap(SHOW, note)),)
