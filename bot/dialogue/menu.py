"""What the menu, the keys below the chat and the commands lead to."""

from collections.abc import Callable
from datetime import timedelta

from bot.dialogue import (
    helping,
    leaving,
    orders,
    own_units,
    places,
    prompts,
    settings,
    sharing,
    today,
    walking,
)
from bot.dialogue.caregiving import Whose, begins_with_name, keys_of
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.language import Command, Context, understand
from records.people import Scope
from records.services.viewing import open_record, points_of
from records.services.walks import WalkName
from records.tracking import RecordId
from records.vocabulary import Code, Language
from records.wording import catalogue, menus, questions
from records.wording import leaving as leaving_cards
from records.wording.helping import may_not_answer_card, may_not_see_card
from records.wording.lists import numbers_card
from records.wording.settings import choose_language_card, only_on_the_site_card

NUMBERS = (Code.BLOOD_PRESSURE, Code.HEART_RATE, Code.GLUCOSE, Code.WEIGHT)
DAYS = 7
KEPT = frozenset(
    {"pressure", "glucose", "medicine", "check_in", "about_me", "see_all"}
)  # asked below the card, not in its place

COMMANDS = {
    Command.HELP: "help",
    Command.MENU: "",
    Command.TODAY: "today",
    Command.MY_NUMBERS: "numbers",
    Command.SHARE: "share",
    Command.WHO_LOOKED: "looked",
    Command.STOP: "stop",
    Command.FAMILY: "family",
    Command.SETTINGS: "settings",
    Command.LANGUAGE: "language",
    Command.SIGN_IN: "sign_in",
    Command.PLACES: "places",
    Command.THANKS: "welcome",
}
KEYS = {
    menus.PRESSURE_KEY: "pressure",
    menus.GLUCOSE_KEY: "glucose",
    menus.MEDICINE_KEY: "medicine",
    menus.NUMBERS_KEY: "numbers",
    menus.MENU_KEY: "",
}


def place_of(words: str) -> str | None:
    """Return where a key below the chat leads, whatever its language; None where it is no key."""
    for english, place in KEYS.items():
        both = (catalogue(language).gettext(english) for language in Language)
        if words.strip() in both:
            return place
    return None


def go(turn: Turn, whose: Whose, place: str) -> list[Reply]:
    """Go to a place of the menu."""
    found = PLACES.get(place)
    return found(turn, whose) if found else [menus.menu_card(turn.language)]


def go_in_place(turn: Turn, whose: Whose, place: str, message: MessageId) -> list[Reply]:
    """Go there in the card that was tapped, where it can show the place."""
    replies = go(turn, whose, place)
    first = replies[0]
    if place in KEPT or isinstance(first, Edit) or first.keys:
        return replies
    return [Edit(message, first), *replies[1:]]


def _pressure(turn: Turn, _whose: Whose) -> list[Reply]:
    turn.ask(Code.BLOOD_PRESSURE)
    return [questions.type_numbers_card(turn.language)]


def _glucose(turn: Turn, _whose: Whose) -> list[Reply]:
    turn.ask(Code.GLUCOSE)
    return [questions.type_glucose_card(turn.language)]


def _medicine(turn: Turn, _whose: Whose) -> list[Reply]:
    return [questions.medicine_card(turn.language)]


def _numbers(turn: Turn, whose: Whose) -> list[Reply]:
    if not whose.may(Scope.SEE):
        return [may_not_see_card(whose.name, turn.language)]
    if not turn.full:
        return [only_on_the_site_card(turn.language)]
    since = (turn.now - timedelta(days=DAYS)).date()
    view = open_record(turn.unit, whose.record, by=turn.by, now=turn.now, since=since)
    series = [(code, points_of(turn.unit, view, code, now=turn.now, days=DAYS)) for code in NUMBERS]
    measures = turn.unit.own_units.of(whose.record)
    return [numbers_card(series, measures, zone=turn.zone, language=turn.language)]


def _walk(turn: Turn, whose: Whose, name: WalkName) -> list[Reply]:
    return begins_with_name(turn, whose, walking.begin(turn, whose, name))


def _orders(turn: Turn, whose: Whose) -> list[Reply]:
    if not whose.may(Scope.ANSWER_ORDERS):
        return [may_not_answer_card(whose.name, turn.language)]
    return orders.list_orders(turn, whose.record)


def _help(turn: Turn, _whose: Whose) -> list[Reply]:
    return [
        menus.help_card(
            emergency=turn.settings.emergency_number,
            phone=turn.settings.clinic_phone,
            language=turn.language,
        )
    ]


def _stop(turn: Turn) -> Card:
    return leaving_cards.stop_card(turn.language, own=turn.own_record() is not None)


def _one(card: Callable[[Turn], Card]) -> Callable[[Turn, Whose], list[Reply]]:
    return lambda turn, _whose: [card(turn)]


PLACES: dict[str, Callable[[Turn, Whose], list[Reply]]] = {
    "pressure": _pressure,
    "glucose": _glucose,
    "medicine": _medicine,
    "numbers": _numbers,
    "today": today.show,
    "see_all": _numbers,
    "reminders": lambda turn, _whose: prompts.show(turn),
    "orders": _orders,
    "check_in": lambda turn, whose: _walk(turn, whose, WalkName.CHECK_IN),
    "about_me": lambda turn, whose: _walk(turn, whose, WalkName.ABOUT_ME),
    "share": lambda turn, _whose: sharing.overview(turn),
    "looked": lambda turn, _whose: sharing.looked(turn),
    "family": helping.family,
    "help": _help,
    "welcome": _one(lambda turn: menus.you_are_welcome_card(turn.language)),
    "sign_in": _one(settings.sign_in),
    "settings": _one(settings.show),
    "units": own_units.show,
    "places": places.show,
    "language": _one(lambda _turn: choose_language_card()),
    "stop": _one(_stop),
    "stop_reminders": lambda turn, _whose: prompts.stop(turn),
    "stop_chat": _one(settings.stop_chat),
    "erase": _one(lambda turn: leaving_cards.erase_card(turn.language)),
    "erase_yes": leaving.wish_for_deletion,
    "keep_all": leaving.keep_all,
    "code": _one(lambda turn: menus.code_card(turn.language)),
}


ANYBODYS = frozenset({"help", "sign_in", "settings", "language", "stop", "stop_chat"})
NOBODY = Whose(RecordId(""), "", own=False)


def said_by_anybody(turn: Turn, text: str) -> list[Reply] | None:
    """Do what also somebody may ask for who speaks of no record, such as a doctor."""
    now = turn.now.replace(tzinfo=None)
    asked = understand(text, turn.language, Context(now)).command
    return tapped_by_anybody(turn, COMMANDS.get(asked, "") if asked else "", None)


def tapped_by_anybody(turn: Turn, place: str, message: MessageId | None) -> list[Reply] | None:
    """Go to a place that has nothing to do with a record; None where it has."""
    if place not in ANYBODYS:
        return None
    if message is None:
        return go(turn, NOBODY, place)
    return go_in_place(turn, NOBODY, place, message)


def hello(turn: Turn) -> Card:
    """Return a greeting with the keys below the chat."""
    card = menus.hello_again_card(turn.language)
    return Card(card.text, card.rows, keys_of(turn), card.silent)
