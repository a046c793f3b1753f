"""The keys below the chat, the menu behind them, commands, help and welcome."""

from datetime import datetime
from zoneinfo import ZoneInfo

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language, Role
from records.wording.catalogue import later, say

PRESSURE_KEY = later("🩺 Blood pressure")
GLUCOSE_KEY = later("🩸 Sugar")
MEDICINE_KEY = later("💊 Medicine")
NUMBERS_KEY = later("📋 My numbers")
MENU_KEY = later("☰ Menu")
KEYS = (PRESSURE_KEY, GLUCOSE_KEY, MEDICINE_KEY, NUMBERS_KEY)

MENU = (
    ("check_in", later("📝 Check-in")),
    ("about_me", later("🗒 About me")),
    ("numbers", later("📋 My numbers")),
    ("orders", later("👩‍⚕️ Orders")),
    ("share", later("🤝 Sharing")),
    ("looked", later("👀 Who looked")),
    ("family", later("👪 Family")),
    ("sign_in", later("🌐 Open the site")),
    ("reminders", later("🔔 Reminders")),
    ("settings", later("⚙️ Settings")),
    ("help", later("❓ Help")),
)
COMMANDS = (
    ("menu", later("Everything I can do")),
    ("share", later("Who may see what")),
    ("undo", later("Take the last one back")),
    ("settings", later("Language and this chat")),
    ("help", later("Help and phone number")),
    ("stop", later("Stop this chat")),
)
COMMANDS_OF = (  # a chat's own, by the first role its person has; six at most
    (Role.PATIENT, COMMANDS),
    (
        Role.CAREGIVER,
        (
            ("menu", later("Everything I can do")),
            ("undo", later("Take the last one back")),
            ("settings", later("Language and this chat")),
            ("help", later("Help and phone number")),
            ("stop", later("Stop this chat")),
        ),
    ),
    (
        Role.DOCTOR,
        (
            ("signin", later("Open the site")),
            ("settings", later("Language and this chat")),
            ("help", later("Help and phone number")),
            ("stop", later("Stop this chat")),
        ),
    ),
)
DESCRIPTION = later(
    "Send your blood pressure and sugar here. Your doctor sees them. Not for emergencies."
)
SHORT_DESCRIPTION = later("Your health record in a chat. Not for emergencies.")


def commands_of(roles: frozenset[Role]) -> tuple[tuple[str, str], ...]:
    """Return the commands, with their words, of somebody with these roles."""
    return next((commands for role, commands in COMMANDS_OF if role in roles), COMMANDS)


def keys_below(language: Language, people: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the keys that stay below the chat; a first row of people where there are several."""
    words = [say(language, one) for one in KEYS]
    rows = (tuple(words[:2]), tuple(words[2:]))
    return (people, *rows) if people else rows


def menu_card(language: Language) -> Card:
    """Return the menu: everything the chat can do, a tap each."""
    buttons = [Button(say(language, words), Tap(TapName.MENU, ref)) for ref, words in MENU]
    rows = tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
    return Card(say(language, "What would you like?"), rows)


def you_are_welcome_card(language: Language) -> Card:
    """Answer a thank you, and keep the way to the menu open."""
    return Card(say(language, "You are welcome. 🌿"), ((menu_button(language),),))


def menu_button(language: Language) -> Button:
    """Return the button that leads back to the menu."""
    return Button(say(language, MENU_KEY), Tap(TapName.MENU))


def help_card(*, emergency: str, phone: str, language: Language) -> Card:
    """Return five lines of help, the last one with the clinic's phone number where it is set."""
    lines = [
        say(language, "Blood pressure: type two numbers, like 128 82"),
        say(language, "Sugar: 7.2 fasting. Weight: 65.5 kg. Anything else is kept as a note."),
        say(language, "Wrong? Tap Undo, or change your message."),
        say(language, "In an emergency call {number}.", number=emergency),
    ]
    if phone:
        lines.append(say(language, "Your clinic: {phone}", phone=phone))
    else:
        lines.append(say(language, "All I can do: tap Menu."))
    return Card("\n".join(lines), ((menu_button(language),),))


def welcome_card(language: Language, people: tuple[str, ...] = ()) -> Card:
    """Return "All set. Try it …" with the keys below the chat."""
    text = say(language, "All set. Try it: type your two numbers, like 128 82")
    return Card(text, keys=keys_below(language, people))


def hello_again_card(language: Language, people: tuple[str, ...] = ()) -> Card:
    """Return a greeting to somebody the chat knows, with the keys below it."""
    text = say(language, "Hello. Type two numbers, like 128 82, or tap below.")
    return Card(text, keys=keys_below(language, people))


def used_button_card(language: Language) -> Card:
    """Return that a button has done its work already."""
    return Card(say(language, "That button was used already."), ((menu_button(language),),))


def sorry_card(language: Language) -> Card:
    """Return the polite answer to something the house could not deal with."""
    text = say(
        language,
        "Sorry, I could not deal with your last message. It is kept, and somebody will look at it.",
    )
    return Card(text, ((menu_button(language),),))


def absence_card(since: datetime, until: datetime, *, zone: str, language: Language) -> Card:
    """Return that the chat was away for a long time, and what to do."""
    start, end = (one.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M") for one in (since, until))
    text = say(
        language,
        "I was away from {start} to {end}. Messages you sent then may be missing. Please send them"
        " again.",
        start=start,
        end=end,
    )
    return Card(text, ((Button(say(language, NUMBERS_KEY), Tap(TapName.MENU, "numbers")),),))


def not_here_card(*, phone: str, language: Language) -> Card:
    """Return that this cannot be done here, whatever the reason, and whom to ask."""
    text = say(language, "I can't do that here.")
    if phone:
        text += "\n" + say(language, "Your clinic: {phone}", phone=phone)
    return Card(text, ((menu_button(language),),))


def have_code(language: Language) -> Button:
    """Return the button of somebody who has an invitation."""
    return Button(say(language, "I have a code"), Tap(TapName.MENU, "code"))


def code_card(language: Language) -> Card:
    """Return how an invitation is used."""
    text = say(
        language,
        "Open the link from your clinic or from the site, or send me its code here.",
    )
    return Card(text, ((Button(say(language, "🌏 Language"), Tap(TapName.MENU, "language")),),))
