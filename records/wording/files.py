"""What the chat says of pictures, voice notes and files: kept, and honestly not read."""

from records.attachments import Media
from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.readings import undo_row

TOO_LARGE = {
    Media.PICTURE: later("That photo is too large for me. Please send a smaller one, up to 10 MB."),
    Media.VOICE: later("That voice note is too long for me. Please send a shorter one."),
    Media.FILE: later(
        "That file is too large for me. A file may have 2 MB, a photo or a health document 10 MB."
    ),
}
GONE = {
    Media.PICTURE: later("I could not get your photo. Please send it once more."),
    Media.VOICE: later("I could not get your voice note. Please send it once more."),
    Media.FILE: later("I could not get your file. Please send it once more."),
}
UNREADABLE = later("I could not open that picture. Please send it as a photo.")
EMPTY = later("There was nothing in that file. Please send it once more.")


def got_photo_card(*, ref: str, language: Language) -> Card:
    """Return "Got the photo. Please type the two big numbers."."""
    text = say(language, "Got the photo. Please type the two big numbers.")
    return Card(text, (undo_row(ref, language),))


def got_voice_card(*, ref: str, doctor: str, language: Language) -> Card:
    """Return that a voice note is kept and cannot be heard yet, and what helps."""
    text = say(
        language,
        "I kept your voice note for {doctor}. I can't hear numbers yet – please type them, like"
        " 128 82.",
        doctor=doctor,
    )
    return Card(text, (undo_row(ref, language),))


def one_moment_card(*, ref: str, language: Language) -> Card:
    """Return that a file is being looked into."""
    text = say(language, "📄 Got the file. One moment, I am looking into it.")
    return Card(text, (undo_row(ref, language),))


def got_file_card(*, ref: str, doctor: str, language: Language) -> Card:
    """Return that a file is kept and cannot be read, and what helps."""
    text = say(
        language,
        "I kept the file for {doctor}. I can't read it – please type what is in it.",
        doctor=doctor,
    )
    return Card(text, (undo_row(ref, language),))


def nothing_in_it_card(*, ref: str, doctor: str, language: Language) -> Card:
    """Return that what came was noted, though there is nothing in it to keep."""
    text = say(
        language,
        "I noted for {doctor} that you sent something. I can't read it – please type it.",
        doctor=doctor,
    )
    return Card(text, (undo_row(ref, language),))


def too_large_card(media: Media, language: Language) -> Card:
    """Return that something is too large to be kept, and what helps."""
    return Card(say(language, TOO_LARGE[media]), ((menu_button(language),),))


def lost_card(reason: str, media: Media, language: Language) -> Card:
    """Return that the bytes of something could not be kept, and what helps."""
    text = {
        "file_too_large": TOO_LARGE[media],
        "picture_unreadable": UNREADABLE,
        "file_empty": EMPTY,
    }.get(reason, GONE[media])
    help_ = Button(say(language, "❓ Help"), Tap(TapName.MENU, "help"))
    return Card(say(language, text), ((help_, menu_button(language)),))
