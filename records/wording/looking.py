"""Who looked, in words: what they did, why they could, where and how often; and being told."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from records.chats import Button, Card, Tap, TapName
from records.services.looking import LOOKING, Visit, Visitor, What, Why
from records.services.looks import Often
from records.services.ports import Face
from records.tracking import GrantId
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import day_words
from records.wording.sharing import kinds_words

WHATS = {
    What.READ: later("looked at: {kinds}"),
    What.NAMED: later("opened your page, saw only your name"),
    What.LISTED: later("saw you in the list of patients"),
    What.COPIED: later("took a copy of: {kinds}"),
    What.ORDERS: later("looked at the orders"),
    What.RELEASED: later("read what you released: {kinds}"),
    What.REFUSED: later("wanted to look, was refused"),
}
WHYS = {
    Why.OWN: later("it is the own record"),
    Why.HELPS: later("they help you"),
    Why.LEAVE: later("you let them"),
    Why.CARES: later("they care for you"),
    Why.RELEASE: later("you released it"),
    Why.EMERGENCY: later("it was an emergency"),
    Why.NO_LEAVE: later("you did not let them"),
}
FACES = {Face.SITE: later("on the site"), Face.CHAT: later("in the chat")}
OFTEN = {
    Often.NEVER: later("Never"),
    Often.EACH: later("Each time"),
    Often.DAILY: later("Once a day"),
}
CHOSEN = {
    Often.NEVER: later("👌 OK. I say nothing when others look. /who shows it."),
    Often.EACH: later("👌 OK. I tell you each time others look."),
    Often.DAILY: later("👌 OK. I tell you once a day who looked."),
}
LINES, STOPS = 6, 3  # of one card


def what_words(visit: Visit, language: Language) -> str:
    """Return what somebody did, and how often that day if more than once."""
    said = say(language, WHATS[visit.what], kinds=kinds_words(visit.kinds, language))
    if len(visit.times) < 2:
        return said
    return say(language, "{what}, {count} times", what=said, count=len(visit.times))


def looked_card(visitors: Sequence[Visitor], language: Language) -> Card:
    """Return who looked, newest first, with a way to stop each who looks by a grant."""
    lines = _lines(visitors, language)
    text = say(language, "👀 Who looked at your record:")
    if not lines:
        text = say(language, "👀 Nobody but you has looked at your record.")
    stops = {one.grant.id: one for one in visitors if one.grant is not None and one.by is not None}
    rows = [(_stop(one, language),) for one in list(stops.values())[:STOPS]]
    tell = Button(say(language, "Tell me of looks"), Tap(TapName.CHOOSE, "notice"))
    return Card("\n".join((text, *lines[:LINES])), (*rows, (tell, menu_button(language))))


def _stop(visitor: Visitor, language: Language) -> Button:
    name = visitor.by.name if visitor.by else ""
    grant = visitor.grant.id if visitor.grant else ""
    return Button(say(language, "Stop: {name}", name=name), Tap(TapName.CHOOSE, f"stop.{grant}"))


def _lines(visitors: Sequence[Visitor], language: Language) -> list[str]:
    return [
        say(
            language,
            "{day} {name} {what} – {why}",
            day=_day(visitor, language),
            name=visitor.by.name if visitor.by else say(language, "Somebody"),
            what=what_words(visit, language),
            why=say(language, WHYS[visit.why]),
        )
        for visitor in visitors
        for visit in visitor.visits
        if visit.action in LOOKING
    ]


def _day(visitor: Visitor, language: Language) -> str:
    return day_words(datetime.combine(visitor.day, time(12), tzinfo=UTC), "UTC", language)


def stop_card(grant: GrantId, *, name: str, language: Language) -> Card:
    """Return whether to stop sharing with somebody: nothing is stopped by one tap."""
    text = say(
        language, "Stop sharing with {name}?\nThey then see nothing of your record.", name=name
    )
    yes = Button(say(language, "Yes, stop"), Tap(TapName.GRANT_WITHDRAW, grant))
    return Card(text, ((yes, Button(say(language, "No"), Tap(TapName.MENU, "looked"))),))


def choose_notice_card(language: Language) -> Card:
    """Return the question how often to tell of looks."""
    buttons = [
        Button(say(language, words), Tap(TapName.CHOOSE, f"notice.{often}"))
        for often, words in OFTEN.items()
    ]
    text = say(language, "👀 Shall I tell you when others look at your record?")
    return Card(text, ((buttons[1], buttons[2]), (buttons[0], menu_button(language))))


def notice_chosen_card(often: Often, language: Language) -> Card:
    """Return how often looks will be told of."""
    again = Button(say(language, "👀 Who looked"), Tap(TapName.MENU, "looked"))
    return Card(say(language, CHOSEN[often]), ((again, menu_button(language)),))


def notice_card(visitors: Sequence[Visitor], *, full: bool, language: Language) -> Card:
    """Return that others looked; who and at what only where the chat may say all."""
    lines = _lines(visitors, language)[:LINES] if full else []
    text = say(language, "👀 Others looked at your record.")
    who = Button(say(language, "👀 Who looked"), Tap(TapName.MENU, "looked"))
    change = Button(say(language, "Tell me less"), Tap(TapName.CHOOSE, "notice"))
    return Card("\n".join((text, *lines)), ((who, change),))
