"""Sharing and hiding in free words: what is not plain is asked, and nothing holds before a yes."""

from datetime import timedelta

from bot.dialogue import sharing
from bot.dialogue.leave_choice import (
    EVERYONE,
    Choice,
    begin,
    ends,
    grant_wished,
    hidings_wished,
    parts_of,
    read_choice,
    today_of,
)
from bot.dialogue.leave_people import Named, choices_of, meant
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.consent import Grant, Hiding
from records.errors import NotFound
from records.language.leave import LeaveWish, Verb, leave_wished
from records.services.addressing import whom_of
from records.services.concealing import hide, hidings_of, show_again
from records.services.consenting import give_grant, grants_of, preview_grant
from records.wording import leave as cards
from records.wording.settings import only_on_the_site_card
from records.wording.sharing import UNTIL, given_card, preview_card
from records.wording.topics import parts_words


def heard(turn: Turn, text: str) -> list[Reply] | None:
    """Answer a line that is a wish about who may see what; None where it is none."""
    wish = leave_wished(text, today_of(turn))
    if wish is None:
        return None
    if wish.verb is Verb.LOOKED:
        return sharing.looked(turn)
    choice, names = begin(wish), _meant(turn, wish)
    if choice.verb is Verb.STOP and choice.topics:
        choice = choice.with_(verb=Verb.HIDE)
    if choice.verb is Verb.STOP:
        names = _with_a_grant(turn, names)
        if len(names) > 1:
            return sharing.overview(turn)
    if len(names) == 1 and names[0].sure:
        choice = choice.with_(who=names[0].token)
    return [next_card(turn, choice, names)]


def tapped(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Take the next step, or do what was summed up, in the place of the card before."""
    act, _, told = ref.partition("~")
    if act == "no":
        return [Edit(message, cards.nothing_changed_card(turn.language))]
    choice = read_choice(told)
    if act == "days":
        choice = _until_chosen(turn, choice)
    card = DOES[choice.verb](turn, choice) if act == "yes" else next_card(turn, choice, None)
    return [Edit(message, card)]


def next_card(turn: Turn, choice: Choice, names: list[Named] | None) -> Card:
    """Return what is to be asked next, or the summary with yes and no."""
    language = turn.language
    everybody = choices_of(turn, for_sharing=choice.verb is Verb.SHARE)
    if choice.verb is Verb.SHARE and not choice.topics:
        return sharing.step(turn, (choice.who[1:],) if choice.person else ())
    if choice.verb is Verb.HIDE and not choice.topics:
        return cards.what_to_hide_card(choice.who, choice.until, language)
    if choice.verb is Verb.SHOW:
        return _sum_up_showing(turn, choice)
    if choice.verb is Verb.STOP:
        return _sum_up_stopping(turn, choice)
    if not choice.who:
        offered = names if names else everybody
        choices = [(one.name, choice.with_(who=one.token).ref) for one in offered]
        return cards.choose_whom_card(choices, sharing=choice.verb is Verb.SHARE, language=language)
    name = next((one.name for one in everybody if one.token == choice.who), "")
    if not name:
        return cards.not_to_them_card(language)
    return (_sum_up_sharing if choice.verb is Verb.SHARE else _sum_up_hiding)(turn, choice, name)


def _meant(turn: Turn, wish: LeaveWish) -> list[Named]:
    whom = whom_of(turn.unit, sharing.decided(turn), by=turn.by, now=turn.now)
    found = meant(whom, wish, turn.language)
    return found if wish.verb is not Verb.SHARE else [one for one in found if one.may_be_granted]


def _until_chosen(turn: Turn, choice: Choice) -> Choice:
    span, _ = UNTIL.get(choice.until, (None, ""))
    last = today_of(turn) + span if isinstance(span, timedelta) else None
    return choice.with_(until=f"{last:%Y%m%d}" if last else "never")


def _sum_up_sharing(turn: Turn, choice: Choice, name: str) -> Card:
    if not turn.full:
        return only_on_the_site_card(turn.language)
    if not choice.until:
        return cards.until_when_card(choice.ref, turn.language)
    wish = grant_wished(turn, choice)
    record_id = sharing.decided(turn)
    view = preview_grant(turn.unit, wish, record_id=record_id, by=turn.by, now=turn.now)
    card = preview_card(
        view.segments,
        name=name,
        kinds=view.kinds,
        until=wish.until,
        zone=turn.zone,
        ref="",
        language=turn.language,
    )
    return cards.with_yes_and_no(card, choice.ref, turn.language)


def _sum_up_hiding(turn: Turn, choice: Choice, name: str) -> Card:
    what = parts_words(parts_of(turn, choice), turn.language)
    return cards.hide_card(
        what,
        name="" if choice.who == EVERYONE else name,
        until=ends(turn, choice),
        zone=turn.zone,
        ref=choice.ref,
        language=turn.language,
    )


def _sum_up_showing(turn: Turn, choice: Choice) -> Card:
    found = _lifted(turn, choice)
    if not found:
        return cards.nothing_hidden_card(turn.language)
    what = parts_words(tuple(dict.fromkeys(one.part for one in found)), turn.language)
    return cards.show_card(what, ref=choice.ref, language=turn.language)


def _sum_up_stopping(turn: Turn, choice: Choice) -> Card:
    names = {one.token: one.name for one in _with_a_grant(turn, choices_of(turn))}
    if choice.who not in names:
        return cards.not_to_them_card(turn.language)
    return cards.stop_card(names[choice.who], ref=choice.ref, language=turn.language)


def _with_a_grant(turn: Turn, names: list[Named]) -> list[Named]:
    tokens = {_token(one) for one in _open_grants(turn)}
    return [one for one in names if one.token in tokens]


def _open_grants(turn: Turn) -> list[Grant]:
    found = grants_of(turn.unit, sharing.decided(turn), by=turn.by, now=turn.now)
    return [one.grant for one in found if one.grant.open(turn.now)]


def _token(grant: Grant) -> str:
    return f"p{grant.person}" if grant.person else f"o{grant.organisation}"


def _lifted(turn: Turn, choice: Choice) -> list[Hiding]:
    """Return what is hidden now and meant by the choice."""
    parts = parts_of(turn, choice)
    found = hidings_of(turn.unit, sharing.decided(turn), by=turn.by, now=turn.now)
    return [
        one.hiding
        for one in found
        if not parts or any(part.touches(one.hiding.part) for part in parts)
        if choice.who in ("", _whom(one.hiding))
    ]


def _whom(hiding: Hiding) -> str:
    if hiding.person is not None:
        return f"p{hiding.person}"
    return f"o{hiding.organisation}" if hiding.organisation is not None else EVERYONE


def _share(turn: Turn, choice: Choice) -> Card:
    wish = grant_wished(turn, choice)
    record_id = sharing.decided(turn)
    grant = give_grant(turn.unit, wish, record_id=record_id, by=turn.by, now=turn.now)
    name = next((one.name for one in choices_of(turn) if one.token == choice.who), "")
    return given_card(grant, name=name, zone=turn.zone, language=turn.language)


def _hide(turn: Turn, choice: Choice) -> Card:
    record_id = sharing.decided(turn)
    for one in hidings_wished(turn, choice):
        hide(turn.unit, one, record_id=record_id, by=turn.by, now=turn.now)
    return cards.hidden_card(choice.with_(verb=Verb.SHOW, until="").ref, turn.language)


def _show(turn: Turn, choice: Choice) -> Card:
    for one in _lifted(turn, choice):
        show_again(turn.unit, one.id, by=turn.by, now=turn.now)
    return cards.shown_card(turn.language)


def _stop(turn: Turn, choice: Choice) -> Card:
    ended = [one for one in _open_grants(turn) if _token(one) == choice.who]
    if not ended:
        raise NotFound
    replies = [sharing.withdrawn(turn, one.id) for one in ended]
    return replies[-1]


DOES = {Verb.SHARE: _share, Verb.HIDE: _hide, Verb.SHOW: _show, Verb.STOP: _stop}
