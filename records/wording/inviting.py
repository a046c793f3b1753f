"""The first minute of somebody a clinic invited: the language, who asks, and what it means."""

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.linking import masked
from records.wording.settings import LANGUAGE_NAMES


def first_card(guess: Language) -> Card:
    """Return the question for the language, in both, the likely one first."""
    order = sorted(LANGUAGE_NAMES, key=lambda one: one is not guess)
    buttons = tuple(Button(LANGUAGE_NAMES[one], Tap(TapName.LANGUAGE, one)) for one in order)
    return Card("Choose your language. / 请选择语言", (buttons,))


def _answers(language: Language) -> tuple[Button, ...]:
    return (
        Button(say(language, "Yes, start"), Tap(TapName.LINK_CONFIRM)),
        Button(say(language, "Not me"), Tap(TapName.LINK_REFUSE)),
    )


def invited_card(name: str, *, doctor: str, language: Language) -> Card:
    """Return "Hello …. Dr Chan's clinic invited you. …" to the masked name."""
    first = (
        say(
            language,
            "Hello {name}. {doctor}'s clinic invited you.",
            name=masked(name),
            doctor=doctor,
        )
        if doctor
        else say(language, "Hello {name}. Your clinic has invited you.", name=masked(name))
    )
    second = say(
        language,
        "Your numbers are seen only by you and those you choose. You can stop at any time.",
    )
    more = Button(say(language, "Read more"), Tap(TapName.MENU, "read_more"))
    return Card(f"{first}\n{second}", (_answers(language), (more,)))


def more_card(*, emergency: str, language: Language) -> Card:
    """Return what somebody should know before saying yes."""
    lines = (
        say(language, "• You type your numbers here. I keep them locked away for you."),
        say(language, "• You choose which doctor sees what, and for how long."),
        say(language, "• The chat company could read what is written in this chat."),
        say(
            language,
            "• I am a machine. In an emergency call {number}.",
            number=emergency,
        ),
        say(language, "• You can stop at any time: type stop."),
    )
    return Card("\n".join(lines), (_answers(language),))
