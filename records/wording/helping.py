"""Who helps, and what they may do: what both sides read and choose."""

from collections.abc import Iterable
from datetime import datetime

from records.chats import Button, Card, Tap, TapName
from records.people import CHOSEN_HELP, Relationship, Scope
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.sharing import until_words


def may_not_send_card(name: str, language: Language) -> Card:
    """Return to a helper who may not send that nothing was stored, and who can change that."""
    text = say(language, "{name} has not let you send numbers. Nothing was stored.", name=name)
    ask = say(language, "{name} can allow it: Menu, Family.", name=name)
    return Card(f"{text}\n{ask}", ((menu_button(language),),))


def may_not_see_card(name: str, language: Language) -> Card:
    """Return to a helper who may not see that the record stays closed, and who can change that."""
    text = say(language, "{name} has not let you see the numbers.", name=name)
    ask = say(language, "{name} can allow it: Menu, Family.", name=name)
    return Card(f"{text}\n{ask}", ((menu_button(language),),))


def may_not_answer_card(name: str, language: Language) -> Card:
    """Return to a helper who may not answer orders that these stay closed."""
    text = say(language, "{name} has not let you answer orders.", name=name)
    ask = say(language, "{name} can allow it: Menu, Family.", name=name)
    return Card(f"{text}\n{ask}", ((menu_button(language),),))


SCOPE_NAMES = {
    Scope.RECORD: later("send numbers"),
    Scope.SEE: later("see numbers"),
    Scope.ANSWER_ORDERS: later("answer orders"),
    Scope.URGENT: later("hear of urgent numbers"),
    Scope.GUARDIAN: later("decide for the patient"),
}
SCOPE_BUTTONS = {
    Scope.RECORD: later("Send numbers"),
    Scope.SEE: later("See numbers"),
    Scope.ANSWER_ORDERS: later("Answer orders"),
    Scope.URGENT: later("Urgent news"),
}


def may_words(scopes: Iterable[Scope], language: Language) -> str:
    """Return what somebody may do: send numbers ✔ see numbers ✔."""
    chosen = frozenset(scopes)
    return " ".join(f"{say(language, SCOPE_NAMES[one])} ✔" for one in Scope if one in chosen)


def scope_rows(
    scopes: Iterable[Scope], *, asks: str, ref: str, language: Language
) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each thing a helper may or may not do; a tap turns it over."""
    chosen = frozenset(scopes)
    buttons = [
        Button(
            f"{'✔' if one in chosen else '✘'} {say(language, SCOPE_BUTTONS[one])}",
            Tap(TapName.HELP, f"{asks}.{one}.{ref}"),
        )
        for one in CHOSEN_HELP
    ]
    return tuple(buttons[:2]), tuple(buttons[2:])


def now_may_card(name: str, scopes: Iterable[Scope], language: Language) -> Card:
    """Return to a helper what they may do from now on."""
    what = may_words(scopes, language)
    text = say(language, "{name} has changed what you may do: {what}", name=name, what=what)
    return Card(text, ((menu_button(language),),))


def ended_by_patient_card(name: str, language: Language) -> Card:
    """Return to a helper that the help has ended; old messages stay."""
    text = say(language, "You no longer help {name}. Old messages stay in this chat.", name=name)
    return Card(text, ((menu_button(language),),))


def left_card(name: str, language: Language) -> Card:
    """Return to a helper who has stopped helping that it is done; old messages stay."""
    text = say(
        language, "👌 You have stopped helping {name}. Old messages stay in this chat.", name=name
    )
    return Card(text, ((menu_button(language),),))


def decides_now_card(name: str, language: Language) -> Card:
    """Return to who decided for a patient that the patient now decides, and the help goes on."""
    text = say(language, "{name} has a chat now and decides alone. You still help.", name=name)
    return Card(text, ((menu_button(language),),))


def helper_card(name: str, relationship: Relationship, *, zone: str, language: Language) -> Card:
    """Return what one helper may do and until when, with a button for each change."""
    what = may_words(relationship.scopes, language)
    lines = [say(language, "{name} may: {what}", name=name, what=what)]
    ends = relationship.ends
    rows = list(scope_rows(relationship.scopes, asks="may", ref=relationship.id, language=language))
    if ends is not None:
        lines.append(_lasts(ends, zone, language))
        year = Tap(TapName.HELP, f"year.{relationship.id}")
        rows.append((Button(say(language, "A year from today"), year),))
    remove = say(language, "Remove: {name}", name=name)
    rows.append(
        (
            Button(remove, Tap(TapName.ACCEPT_HELP, f"remove.{relationship.id}")),
            Button(say(language, "Back"), Tap(TapName.MENU, "family")),
        )
    )
    return Card("\n".join(lines), tuple(rows))


def _lasts(ends: datetime, zone: str, language: Language) -> str:
    return say(language, "It lasts {until}.", until=until_words(ends, zone, language))


def you_help_card(
    name: str, relationship: Relationship, *, zone: str, own: bool, language: Language
) -> Card:
    """Return to a helper what they may do for a patient and until when, with the way out."""
    what = may_words(relationship.scopes, language)
    lines = [say(language, "You help {name}: {what}", name=name, what=what)]
    if relationship.ends is not None:
        lines.append(_lasts(relationship.ends, zone, language))
    rows = [leave_row(relationship.id, name, language)]
    if own:
        rows.append(own_helpers_row(language))
    rows.append((no_phone_button(language),))
    return Card("\n".join(lines), (*rows, (menu_button(language),)))


def no_phone_button(language: Language) -> Button:
    """Return the button that begins a record for somebody without a phone."""
    return Button(say(language, "For somebody without a phone"), Tap(TapName.MANAGE, "start"))


def guardian_rows(record: str, name: str, language: Language) -> tuple[tuple[Button, ...], ...]:
    """Return what only who decides for a patient can do."""
    another = say(language, "Name another to decide")
    phone = say(language, "{name} has a phone now", name=name)
    return (
        (Button(another, Tap(TapName.HELP, f"guardian.{record}")),),
        (Button(phone, Tap(TapName.HELP, f"phone.{record}")),),
    )


def last_guardian_card(record: str, name: str, language: Language) -> Card:
    """Return to the last who decides for a patient what must be done before leaving."""
    text = say(language, "Nobody else decides for {name} yet.", name=name)
    first = say(language, "Name another first, or let {name} take over.", name=name)
    rows = guardian_rows(record, name, language)
    return Card(f"{text}\n{first}", (*rows, (menu_button(language),)))


def guardian_link_card(name: str, url: str, language: Language) -> Card:
    """Return the link by which another comes to decide for a patient."""
    text = say(
        language,
        "Send this to who shall decide for {name} too. It works once, for 24 hours.",
        name=name,
    )
    return Card(f"{text}\n{url}", ((menu_button(language),),))


def take_over_link_card(name: str, url: str, language: Language) -> Card:
    """Return the link by which a patient takes the own record over."""
    text = say(
        language,
        "Open this on {name}'s phone. It works once, for 24 hours. Then {name} decides.",
        name=name,
    )
    return Card(f"{text}\n{url}", ((menu_button(language),),))


def helper_rows(
    helpers: Iterable[tuple[str, str]], language: Language
) -> tuple[tuple[Button, ...], ...]:
    """Return a row a helper: what they may do, and the end of it; (relationship id, name) each."""
    return tuple(
        (
            Button(f"👤 {name}", Tap(TapName.HELP, f"of.{relationship}")),
            Button(
                say(language, "Remove: {name}", name=name),
                Tap(TapName.ACCEPT_HELP, f"remove.{relationship}"),
            ),
        )
        for relationship, name in helpers
    )


def leave_row(relationship: str, name: str, language: Language) -> tuple[Button, ...]:
    """Return the way out for somebody who helps."""
    stop = say(language, "Stop helping {name}", name=name)
    return (Button(stop, Tap(TapName.HELP, f"leave.{relationship}")),)


def own_helpers_row(language: Language) -> tuple[Button, ...]:
    """Return the way to the speaker's own helpers."""
    return (Button(say(language, "My own helpers"), Tap(TapName.HELP, "own")),)


def link_changed_card(text: str, rows: tuple[tuple[Button, ...], ...], language: Language) -> Card:
    """Return the card with a link again, with what the link now lets its finder do."""
    return Card(text, (*rows, (Button(say(language, "Back"), Tap(TapName.MENU, "family")),)))
