"""The settings of a chat: its language, what may stand in it, the way to the site, and its end."""

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.menus import have_code, keys_below, menu_button

LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}


def choose_language_card() -> Card:
    """Return the question for the language, in both."""
    buttons = tuple(
        Button(words, Tap(TapName.LANGUAGE, language)) for language, words in LANGUAGE_NAMES.items()
    )
    return Card("Choose your language. / 请选择语言", (buttons,))


def settings_card(language: Language, *, may_ask_tells: bool, tells: bool) -> Card:
    """Return the settings of this chat."""
    rows: list[tuple[Button, ...]] = [
        (Button(say(language, "🌏 Language"), Tap(TapName.MENU, "language")),)
    ]
    if may_ask_tells and tells:
        rows.append((Button(say(language, "🔒 Show less here"), Tap(TapName.TELLS, "no")),))
    elif may_ask_tells:
        rows.append((Button(say(language, "💬 Show all texts here"), Tap(TapName.TELLS, "yes")),))
    rows.append((Button(say(language, "📏 Units"), Tap(TapName.MENU, "units")),))
    rows.append((Button(say(language, "☁️ Where it is kept"), Tap(TapName.MENU, "places")),))
    rows.append((Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in")),))
    rows.append((Button(say(language, "✋ Stop this chat"), Tap(TapName.MENU, "stop")),))
    return Card(say(language, "⚙️ Settings"), tuple(rows))


def ask_tells_card(language: Language) -> Card:
    """Return the question whether more than an echo may stand in this chat."""
    text = say(
        language,
        "May I show your doctor's texts and your averages in this chat? The chat company could read"
        " them.",
    )
    return Card(
        text,
        (
            (
                Button(say(language, "Yes, here"), Tap(TapName.TELLS, "yes")),
                Button(say(language, "No, on the site"), Tap(TapName.TELLS, "no")),
            ),
        ),
    )


def only_on_the_site_card(language: Language) -> Card:
    """Return that this stands on the site unless the person lets it stand here."""
    text = say(language, "I show this on the site. Shall I show it in this chat too?")
    return Card(
        text,
        (
            (
                Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in")),
                Button(say(language, "Yes, here"), Tap(TapName.TELLS, "yes")),
            ),
        ),
    )


def tells_card(language: Language, *, tells: bool) -> Card:
    """Return what the chat will say from now on."""
    text = (
        say(language, "👌 I will show texts here. You can change this in Settings.")
        if tells
        else say(language, "👌 I will only repeat what you type. The rest is on the site.")
    )
    return Card(text, ((menu_button(language),),))


def language_card(language: Language) -> Card:
    """Return that the language was changed."""
    return Card(say(language, "👌 I speak English now."), keys=keys_below(language))


def sign_in_card(url: str, language: Language) -> Card:
    """Return the one-time link to the site."""
    text = say(language, "Open this within 10 minutes. It works once, only for you:")
    return Card(f"{text}\n{url}", ((menu_button(language),),))


def stopped_card(language: Language) -> Card:
    """Return that the chat was parted from the account; what was written in it stays in it."""
    text = say(
        language,
        "This chat is stopped. Your record is safe. Old messages stay in this chat until you delete"
        " them.",
    )
    return Card(text, ((have_code(language),),))
