"""A tap of a linked person: what its button means, done, and shown in the card it was on."""

from collections.abc import Callable

from bot.dialogue import (
    caregiving,
    helping,
    imports,
    leave,
    measuring,
    menu,
    moving,
    notes,
    orders,
    own_units,
    places,
    profiles,
    prompts,
    questions,
    requests,
    routing,
    settings,
    sharing,
    today,
    walking,
)
from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.readings import answer
from bot.dialogue.told import draft_of, file, key_of, record_behind
from bot.dialogue.turn import Turn
from bot.dialogue.urgency import feel
from records.chats import MessageId, Tap, TapName
from records.language import Expect, Understanding
from records.people import Scope
from records.tracking import RecordId, fresh
from records.vocabulary import Code
from records.wording import menus
from records.wording.helping import may_not_send_card
from records.wording.questions import NOBODY, thanks_card
from records.wording.safety import BETTER, FINE
from records.wording.sharing import not_shared_card

OF_AN_OBSERVATION = frozenset({TapName.UNDO, TapName.PUT_BACK, TapName.CONFIRM, TapName.REJECT})


def tap_on(turn: Turn, tap: Tap, message: MessageId) -> list[Reply]:
    """Do what a button asks for."""
    if tap.name in OF_AN_OBSERVATION:
        return _of_an_observation(turn, tap, message)
    if tap.name in (
        TapName.ORDER_DONE,
        TapName.ORDER_LATER,
        TapName.ORDER_QUESTION,
        TapName.REVEAL,
    ):
        return _of_an_order(turn, tap, message)
    if tap.name is TapName.MANAGE:
        return profiles.tapped(turn, tap.ref, message)
    if tap.name is TapName.PROMPT:
        return prompts.tap(turn, tap.ref, message)
    whose = caregiving.current(turn)
    if whose is None:
        found = menu.tapped_by_anybody(turn, tap.ref, message) if tap.name is TapName.MENU else None
        if found is not None:
            return found
        return [caregiving.nobody_card(turn)]
    do = DOES.get(tap.name)
    return do(turn, whose, tap.ref, message) if do else [menus.used_button_card(turn.language)]


def _of_an_observation(turn: Turn, tap: Tap, message: MessageId) -> list[Reply]:
    record_id = record_behind(turn, tap.ref)
    match tap.name:
        case TapName.UNDO:
            replies = questions.undo(turn, tap.ref, message)
        case TapName.PUT_BACK:
            replies = questions.put_back(turn, tap.ref, message)
        case TapName.CONFIRM:
            replies = questions.confirm(turn, record_id, tap.ref, message)
            return _named(turn, record_id, replies, walks=True)
        case _:
            replies = questions.reject(turn, tap.ref, message)
    return _named(turn, record_id, replies)


def _named(
    turn: Turn, record_id: RecordId, replies: list[Reply], *, walks: bool = False
) -> list[Reply]:
    """Put the name before the replies, and what a walk asks next behind them."""
    for one in caregiving.people_of(turn):
        if one.record == record_id:
            said = walking.go_on(turn, one, replies) if walks else replies
            return caregiving.begins_with_name(turn, one, said)
    return replies


def _of_an_order(turn: Turn, tap: Tap, message: MessageId) -> list[Reply]:
    match tap.name:
        case TapName.ORDER_DONE:
            return orders.done(turn, tap.ref)
        case TapName.ORDER_LATER:
            return orders.later(turn, tap.ref, message)
        case TapName.ORDER_QUESTION:
            return orders.question(turn, tap.ref)
        case _:
            return orders.reveal(turn, tap.ref, message)


def _choose(turn: Turn, whose: Whose, ref: str, message: MessageId) -> list[Reply]:
    what, _, chosen = ref.partition(".")
    match what:
        case "share":
            return sharing.choose(turn, chosen, message)
        case "no":
            return [Edit(message, not_shared_card(turn.language))]
        case "medicine":
            return _medicine(turn, whose, chosen)
        case "own_medicine":
            own = (one for one in caregiving.people_of(turn) if one.own)
            return _medicine(turn, next(own, whose), chosen)
        case "move":
            return moving.move(turn, chosen, record_behind(turn, chosen), "", message)
        case "moveto":
            to, _, key = chosen.partition(".")
            return moving.move(turn, key, record_behind(turn, key), to, message)
        case "today" | "units" | "places" | "medicine_of":
            return OF_THE_RECORD[what](turn, whose, chosen, message)
        case "mealtime" | "number" | "which":
            return _settle(turn, what, chosen, message)
        case "walk" | "remind" | "enough" | "import" | "stop" | "notice":
            return GOES_ON[what](turn, chosen, message)
        case _:
            turn.close_question()
            return [thanks_card(turn.language)]


def _enough(turn: Turn, chosen: str, message: MessageId) -> list[Reply]:
    replies = measuring.enough(turn, chosen, message)
    return _named(turn, record_behind(turn, chosen), replies)


GOES_ON: dict[str, Callable[[Turn, str, MessageId], list[Reply]]] = {
    "import": imports.choose,
    "stop": sharing.wish_to_stop,
    "notice": sharing.notice,
    "walk": walking.tap,
    "remind": measuring.remind,
    "enough": _enough,
}


def _medicine_of(turn: Turn, whose: Whose, chosen: str, _message: MessageId) -> list[Reply]:
    """Note the medicine of the patient a prompt was about, whoever the chat speaks of now."""
    record, _, taken = chosen.partition(".")
    asked = (one for one in caregiving.people_of(turn) if one.record == record)
    found = next(asked, None)
    return _medicine(turn, found, taken) if found else [menus.used_button_card(turn.language)]


OF_THE_RECORD: dict[str, Callable[[Turn, Whose, str, MessageId], list[Reply]]] = {
    "today": today.change,
    "units": own_units.choose,
    "places": places.choose,
    "medicine_of": _medicine_of,
}


def _settle(turn: Turn, what: str, chosen: str, message: MessageId) -> list[Reply]:
    choice, _, ref = chosen.rpartition(".")
    record_id = record_behind(turn, ref)
    if what == "mealtime":
        replies = questions.choose_mealtime(turn, choice, ref, message)
    elif what == "number":
        replies = questions.choose_number(turn, record_id, Code(choice), ref, message)
    else:
        replies = questions.choose_which(turn, record_id, int(choice), ref, message)
    return _named(turn, record_id, replies, walks=True)


def _medicine(turn: Turn, whose: Whose, taken: str) -> list[Reply]:
    if not whose.may(Scope.RECORD):
        return [may_not_send_card(whose.name, turn.language)]
    key = f"m{fresh()[:16]}"
    ref = key_of(turn.chat, key)
    draft = draft_of(turn, questions.medicine(turn, taken), turn.now)
    observations = file(turn, whose.record, [draft], ref).observations
    card = answer(turn, whose.record, Understanding(Expect.STORE), observations, ref)
    return caregiving.begins_with_name(turn, whose, walking.go_on(turn, whose, [card]))


def _feel(turn: Turn, whose: Whose, how: str, _message: MessageId) -> list[Reply]:
    replies = feel(turn, whose.record, how)
    if how.startswith((FINE, BETTER)):
        replies = walking.go_on(turn, whose, replies, advised=True)
    return caregiving.begins_with_name(turn, whose, replies)


def _help(turn: Turn, _whose: Whose, ref: str, message: MessageId) -> list[Reply]:
    _, _, relationship = ref.partition(".")
    return helping.remove(turn, relationship, message)


def _subject(turn: Turn, _whose: Whose, record_id: str, message: MessageId) -> list[Reply]:
    if record_id == NOBODY:
        return routing.keep_nothing(turn, message)
    for one in caregiving.people_of(turn):
        if one.record == record_id:
            return routing.speak_of(turn, one, message)
    return [menus.used_button_card(turn.language)]


DOES: dict[TapName, Callable[[Turn, Whose, str, MessageId], list[Reply]]] = {
    TapName.CHOOSE: _choose,
    TapName.MENU: menu.go_in_place,
    TapName.GRANT_GIVE: lambda turn, _, ref, message: sharing.give(turn, ref, message),
    TapName.GRANT_WITHDRAW: lambda turn, _, ref, message: sharing.withdraw(turn, ref, message),
    TapName.REQUEST: lambda turn, _, ref, message: requests.tapped(turn, ref, message),
    TapName.LEAVE: lambda turn, _, ref, message: leave.tapped(turn, ref, message),
    TapName.TELLS: lambda turn, _, ref, message: settings.choose_tells(turn, ref, message),
    TapName.FEEL: _feel,
    TapName.SUBJECT: _subject,
    TapName.ACCEPT_HELP: _help,
    TapName.NOTE: lambda turn, _, ref, message: notes.tapped(turn, ref, message),
    TapName.HELP: lambda turn, _, ref, message: helping.tapped(turn, ref, message),
}
