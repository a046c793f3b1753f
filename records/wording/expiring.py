"""What is said when help, or deciding for somebody, comes to its end."""

from datetime import datetime

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import menu_button
from records.wording.sharing import until_words


def help_ends_card(
    name: str, relationship: str, ends: datetime, *, zone: str, language: Language
) -> Card:
    """Return to the patient that somebody soon helps no more, with the button to renew it."""
    text = say(
        language,
        "{name} helps you {until}. Shall it go on for a year?",
        name=name,
        until=until_words(ends, zone, language),
    )
    renew = Button(say(language, "Yes, a year"), Tap(TapName.HELP, f"year.{relationship}"))
    return Card(text, ((renew, Button(say(language, "Let it end"), Tap(TapName.CHOOSE, "ok"))),))


def you_stop_helping_card(name: str, ends: datetime, *, zone: str, language: Language) -> Card:
    """Return to a helper until when the help lasts, and who can let it go on."""
    text = say(
        language,
        "You help {name} {until}. {name} can let it go on: Menu, Family.",
        name=name,
        until=until_words(ends, zone, language),
    )
    return Card(text, ((menu_button(language),),))


def of_age_card(name: str, record: str, language: Language) -> Card:
    """Return to who decided for a patient that the patient is of age, with the way to hand over."""
    text = say(
        language,
        "{name} is 18 now and decides alone. Your access has stopped. Nothing is lost.",
        name=name,
    )
    phone = say(language, "Give {name} the record", name=name)
    return Card(text, ((Button(phone, Tap(TapName.MANAGE, f"phone.{record}")),),))


def of_age_help_card(name: str, language: Language) -> Card:
    """Return to a helper that the patient is of age and may ask for the help again."""
    text = say(
        language,
        "{name} is 18 now and decides alone. Your access has stopped.",
        name=name,
    )
    return Card(text, ((menu_button(language),),))
