"""A record for somebody without a phone: what is asked of whoever begins it."""

from records.chats import Button, Card, Tap, TapName
from records.people import Basis
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button

LONGEST_NAME = 80
BASES = {
    Basis.ASKED: later("They asked me to"),
    Basis.BY_LAW: later("I am the guardian by law"),
}


def _stop(language: Language) -> Button:
    return Button(say(language, "Stop"), Tap(TapName.MANAGE, "stop"))


def ask_name_card(language: Language) -> Card:
    """Return the question for the name of somebody without a phone."""
    text = say(language, "I can keep a record for somebody without a phone. What is the name?")
    return Card(text, ((_stop(language),),))


def ask_sex_card(name: str, language: Language) -> Card:
    """Return the question for the sex, which may be left open."""
    return Card(
        say(language, "Is {name} a woman or a man?", name=name),
        (
            (
                Button(say(language, "Woman"), Tap(TapName.MANAGE, "sex.female")),
                Button(say(language, "Man"), Tap(TapName.MANAGE, "sex.male")),
            ),
            (Button(say(language, "Skip"), Tap(TapName.MANAGE, "sex.skip")), _stop(language)),
        ),
    )


def ask_born_card(name: str, language: Language) -> Card:
    """Return the question for the year of birth, which may be left open."""
    return Card(
        say(language, "In which year was {name} born? Type it, like 1950", name=name),
        ((Button(say(language, "Skip"), Tap(TapName.MANAGE, "born.skip")), _stop(language)),),
    )


def ask_basis_card(name: str, language: Language) -> Card:
    """Return the question on what ground the speaker decides for the patient."""
    rows = tuple(
        (Button(say(language, words), Tap(TapName.MANAGE, f"basis.{basis}")),)
        for basis, words in BASES.items()
    )
    text = say(language, "You will decide for {name}. Why may you?", name=name)
    return Card(text, (*rows, (_stop(language),)))


def begun_card(name: str, record: str, language: Language) -> Card:
    """Return that the record is there and how it is used."""
    text = say(language, "✅ {name} has a record now. Type two numbers, like 128 82", name=name)
    note = say(language, "Whoever reads it sees that you told it.")
    family = Button(say(language, "👪 Family"), Tap(TapName.MENU, "family"))
    return Card(f"{text}\n{note}", ((family, menu_button(language)),))


def start_again_card(language: Language) -> Card:
    """Return that the questions begin anew, because something else came between."""
    start = Button(say(language, "Start again"), Tap(TapName.MANAGE, "start"))
    return Card(say(language, "Something came between. Shall we start again?"), ((start,),))


def too_many_card(language: Language) -> Card:
    """Return that one person decides for enough people already."""
    text = say(language, "You decide for many people already. Please ask your clinic to help.")
    return Card(text, ((menu_button(language),),))
