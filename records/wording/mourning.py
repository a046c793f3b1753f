"""What is said to those who helped a patient who has died."""

from records.chats import Card
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import menu_button


def death_noted_card(name: str, language: Language) -> Card:
    """Return to a helper that the death was noted, and that the access rests."""
    text = say(
        language,
        "The clinic has noted that {name} has died. We are sorry. Your access has stopped; ask the"
        " clinic.",
        name=name,
    )
    return Card(text, ((menu_button(language),),))


def death_was_a_mistake_card(name: str, language: Language) -> Card:
    """Return to a helper that the note was a mistake, and that everything goes on."""
    text = say(
        language,
        "That note about {name} was a mistake. We are sorry. You can help again.",
        name=name,
    )
    return Card(text, ((menu_button(language),),))
