"""Cards of a wish about sharing or hiding: what is asked, the plain summary, and what was done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language, SegmentKind
from records.wording.catalogue import say
from records.wording.menus import menu_button
from records.wording.names import kind_name
from records.wording.sharing import UNTIL, until_words

OFFERED = (
    SegmentKind.PHYSICAL_SIGNS,
    SegmentKind.SIGNS,
    SegmentKind.NON_PHYSICAL_SIGNS,
    SegmentKind.RECORD_OF_LIFE,
    SegmentKind.HEALTH_STATUS,
    SegmentKind.FAMILY_HISTORY,
)
MANY = 8  # people a card offers


def choose_whom_card(
    choices: Sequence[tuple[str, str]], *, sharing: bool, language: Language
) -> Card:
    """Return the question with whom, or from whom; a choice is a name and what a tap carries."""
    asked = (
        say(language, "Who may see it?") if sharing else say(language, "From whom shall I hide it?")
    )
    if not choices:
        return not_to_them_card(language)
    rows = tuple((Button(name, Tap(TapName.LEAVE, f"go~{ref}")),) for name, ref in choices[:MANY])
    return Card(asked, (*rows, (_no(language),)))


def what_to_hide_card(who: str, until: str, language: Language) -> Card:
    """Return the question what is to be hidden."""
    kinds = tuple(SegmentKind)
    buttons = [
        Button(
            kind_name(one, language),
            Tap(TapName.LEAVE, f"go~hide~k{kinds.index(one)}~{who}~{until}"),
        )
        for one in OFFERED
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    site = Button(say(language, "Choose one by one (site)"), Tap(TapName.MENU, "sign_in"))
    return Card(say(language, "What shall I hide?"), (*rows, (site,), (_no(language),)))


def until_when_card(ref: str, language: Language) -> Card:
    """Return the question until when something is shared; `ref` ends where the answer goes."""
    buttons = [
        Button(say(language, words), Tap(TapName.LEAVE, f"days~{ref}{days}"))
        for days, (_, words) in UNTIL.items()
    ]
    return Card(say(language, "Until when?"), (tuple(buttons[:2]), tuple(buttons[2:])))


def with_yes_and_no(card: Card, ref: str, language: Language) -> Card:
    """Return a preview with the buttons of a wish."""
    yes = Button(say(language, "Yes, share this"), Tap(TapName.LEAVE, f"yes~{ref}"))
    site = (Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in")),)
    return replace(card, rows=((yes, _no(language)), site))


def hide_card(
    what: str, *, name: str, until: datetime | None, zone: str, ref: str, language: Language
) -> Card:
    """Return what is to be hidden in a plain line, with [Yes, hide it] [No]."""
    whom = (
        say(language, "from {name}", name=name) if name else say(language, "from everyone but you")
    )
    when = _hidden_until(until, zone, language)
    text = say(language, "🙈 Hide {what} {whom}, {when}?", what=what, whom=whom, when=when)
    return Card(text, ((_yes(say(language, "Yes, hide it"), ref), _no(language)),))


def _hidden_until(until: datetime | None, zone: str, language: Language) -> str:
    if until is None:
        return say(language, "until you show it again")
    return until_words(until, zone, language)


def hidden_card(ref: str, language: Language) -> Card:
    """Return that it is hidden, with the way back."""
    again = Button(say(language, "Show again"), Tap(TapName.LEAVE, f"go~{ref}"))
    text = say(language, "🙈 Hidden. You still see it yourself.")
    text += "\n" + say(language, "🧾 Your receipt is on the site.")
    return Card(text, ((again, menu_button(language)),))


def show_card(what: str, *, ref: str, language: Language) -> Card:
    """Return what is to be shown again, with [Yes, show it] [No]."""
    text = say(language, "👁 Show {what} again to those you shared it with?", what=what)
    return Card(text, ((_yes(say(language, "Yes, show it"), ref), _no(language)),))


def shown_card(language: Language) -> Card:
    """Return that it is shown again."""
    text = say(language, "👁 OK. It is shown again.")
    text += "\n" + say(language, "🧾 Your receipt is on the site.")
    return Card(text, ((menu_button(language),),))


def stop_card(name: str, *, ref: str, language: Language) -> Card:
    """Return whose seeing is to end, with [Yes, stop] [No]."""
    text = say(language, "✋ Stop sharing with {name}? From then on they see nothing.", name=name)
    return Card(text, ((_yes(say(language, "Yes, stop"), ref), _no(language)),))


def nothing_hidden_card(language: Language) -> Card:
    """Return that nothing of the kind is hidden."""
    return Card(say(language, "👁 Nothing like that is hidden."), ((_sharing(language),),))


def not_to_them_card(language: Language) -> Card:
    """Return that nobody of the kind is tied to the record, with who may see what."""
    text = say(language, "I know nobody like that here. Tap to see who may see what.")
    return Card(text, ((_sharing(language), menu_button(language)),))


def nothing_changed_card(language: Language) -> Card:
    """Return that everything stays as it is."""
    return Card(say(language, "👌 OK. Nothing was changed."), ((menu_button(language),),))


def _yes(words: str, ref: str) -> Button:
    return Button(words, Tap(TapName.LEAVE, f"yes~{ref}"))


def _no(language: Language) -> Button:
    return Button(say(language, "No"), Tap(TapName.LEAVE, "no"))


def _sharing(language: Language) -> Button:
    return Button(say(language, "🤝 Sharing"), Tap(TapName.MENU, "share"))
