"""What is said when everything is to be erased, and when somebody changes their mind."""

from datetime import datetime

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import menu_button
from records.wording.names import day_words


def will_erase_card(due: datetime, *, zone: str, language: Language) -> Card:
    """Return when everything will be gone, with the button to change one's mind."""
    text = say(
        language,
        "Everything about you will be erased on {day}. Nothing is gone yet.",
        day=day_words(due, zone, language),
    )
    keep = Button(say(language, "Keep everything"), Tap(TapName.MENU, "keep_all"))
    return Card(text, ((keep,),))


def kept_card(language: Language) -> Card:
    """Return that nothing will be erased."""
    said = say(language, "Nothing will be erased. All is as before.")
    return Card(said, ((menu_button(language),),))
