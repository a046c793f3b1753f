"""Cards of a request for leave: all of it, some of it, or no."""

from dataclasses import dataclass

from records.chats import Button, Card, Tap, TapName
from records.consent import Grant
from records.requests import Request
from records.vocabulary import Language, Purpose, SegmentKind
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import kind_name
from records.wording.sharing import kinds_words

PURPOSES = {
    Purpose.TREATMENT: later("to treat you"),
    Purpose.RESEARCH: later("for research, without your name"),
    Purpose.SERVICE: later("for a service, without your name"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, the name of who asks, and of the colleague it is for."""

    request: Request
    asker: str
    colleague: str = ""


def request_card(asked: Asked, *, full: bool, language: Language) -> Card:
    """Return who asks for what, with [Yes, all] [Choose] [No]; in short where not all may stand."""
    if not full:
        text = say(language, "🔑 You are asked to share more.")
        site = Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in"))
        return Card(text, ((site, _button(language, "show", asked)),))
    return Card(
        _text(asked, language),
        (
            (_button(language, "all", asked), _button(language, "no", asked)),
            (_button(language, "pick", asked, "1" * len(asked.request.kinds)),),
        ),
    )


def _text(asked: Asked, language: Language) -> str:
    request = asked.request
    values = {
        "name": asked.asker,
        "who": asked.colleague,
        "kinds": kinds_words(request.kinds, language),
        "why": say(language, PURPOSES[request.purpose]),
        "days": request.days,
    }
    head = say(language, "🔑 {name} asks to see: {kinds}, {why}, for {days} days.", **values)
    if asked.colleague:
        head = say(
            language,
            "🔑 {name} asks that {who} may see: {kinds}, {why}, for {days} days.",
            **values,
        )
    return head + "\n" + say(language, "Why: {reason}", reason=request.reason)


WORDS = {
    "show": later("Show it here"),
    "all": later("Yes, all"),
    "no": later("No"),
    "pick": later("Choose"),
    "some": later("Share these"),
}


def _button(language: Language, act: str, asked: Asked, mask: str = "") -> Button:
    ref = "~".join(filter(None, (act, asked.request.id, mask)))
    return Button(say(language, WORDS[act]), Tap(TapName.REQUEST, ref))


def choose_card(asked: Asked, mask: str, language: Language) -> Card:
    """Return each kind asked for as a button that puts it in or out, and [Share these]."""
    kinds = in_order(asked.request)
    rows = []
    for place, kind in enumerate(kinds):
        turned = mask[:place] + ("0" if mask[place] == "1" else "1") + mask[place + 1 :]
        mark = "✅" if mask[place] == "1" else "⬜"
        tap = Tap(TapName.REQUEST, f"pick~{asked.request.id}~{turned}")
        rows.append((Button(f"{mark} {kind_name(kind, language)}", tap),))
    done = _button(language, "some", asked, mask)
    last = (_button(language, "no", asked),)
    text = say(language, "What may {name} see? Tap to change.", name=asked.colleague or asked.asker)
    return Card(text, (*rows, (done, *last) if "1" in mask else last))


def in_order(request: Request) -> list[SegmentKind]:
    """Return the kinds asked for in their usual order."""
    return [one for one in SegmentKind if one in request.kinds]


def agreed_card(name: str, grant: Grant, language: Language) -> Card:
    """Return that leave was given, with the way back."""
    stop = Button(say(language, "Stop sharing"), Tap(TapName.GRANT_WITHDRAW, grant.id))
    text = say(language, "✅ {name} may see it now. You can stop it at any time.", name=name)
    return Card(text, ((stop, menu_button(language)),))


def refused_card(language: Language) -> Card:
    """Return that nothing was given, and that no reason is told."""
    text = say(language, "👌 OK. Not given. They learn only that.")
    return Card(text, ((menu_button(language),),))


def ended_card(language: Language) -> Card:
    """Return that the request was answered before, or has run out."""
    sharing = Button(say(language, "🤝 Sharing"), Tap(TapName.MENU, "share"))
    return Card(say(language, "This question is answered or has run out."), ((sharing,),))
