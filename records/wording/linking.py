"""Linking a chat to a person, and a caregiver to a patient: what both sides read and confirm."""

from collections.abc import Iterable

from records.chats import Button, Card, Tap, TapName
from records.people import Scope
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.helping import may_words
from records.wording.menus import have_code, menu_button


def masked(name: str) -> str:
    """Return a name its owner knows again and nobody else learns: A•••a, 王•."""
    words = name.split()
    return " ".join(_masked(one) for one in words)


def _masked(word: str) -> str:
    if len(word) <= 2:
        return f"{word[:1]}•"
    return f"{word[0]}•••{word[-1]}"


def unlinked_card(language: Language) -> Card:
    """Return that an invitation is needed first."""
    text = say(
        language,
        "Hello. I need an invitation from your clinic first. Ask them for the QR code.",
    )
    return Card(text, ((have_code(language),),))


def too_many_links_card(language: Language) -> Card:
    """Return that a chat has tried too many links for now."""
    text = say(language, "That was the wrong link a few times. Please try again in an hour.")
    return Card(text, ((have_code(language),),))


def only_in_private_card(link: str, language: Language) -> Card:
    """Return the one sentence a group ever reads of us."""
    if not link:
        return Card(say(language, "I speak in private chats only."))
    return Card(say(language, "I speak in private chats only: {link}", link=link))


def is_this_you_card(name: str, language: Language) -> Card:
    """Return the question whether this chat belongs to the masked account, before it is linked."""
    text = say(
        language,
        "Connect this chat with the account {name}? Only say yes if you made this link yourself.",
        name=masked(name),
    )
    return Card(
        text,
        (
            (
                Button(say(language, "Yes, start"), Tap(TapName.LINK_CONFIRM)),
                Button(say(language, "Not me"), Tap(TapName.LINK_REFUSE)),
            ),
        ),
    )


def take_over_card(name: str, language: Language) -> Card:
    """Return the question whether a patient takes over what somebody else decided until now."""
    text = say(
        language,
        "Hello {name}. Your family kept your record until now. From now on you decide.",
        name=masked(name),
    )
    return Card(
        text,
        (
            (
                Button(say(language, "Yes, start"), Tap(TapName.LINK_CONFIRM)),
                Button(say(language, "Not me"), Tap(TapName.LINK_REFUSE)),
            ),
        ),
    )


def confirm_on_site_card(language: Language) -> Card:
    """Return to the chat that the site must say yes too."""
    text = say(language, "Thank you. Now open the chat page on the site and say yes there too.")
    button = Button(say(language, "Not me"), Tap(TapName.LINK_REFUSE))
    return Card(text, ((button,),))


def chat_asks_card(name: str, chat: str, language: Language) -> Card:
    """Return to the site's chat that a chat under this shown name wants to be connected."""
    text = say(
        language,
        "📱 A phone chat named “{name}” wants to be connected with your account. Is that you?",
        name=name,
    )
    return Card(
        text,
        (
            (
                Button(say(language, "Yes, connect"), Tap(TapName.LINK_CONFIRM, chat)),
                Button(say(language, "Not me"), Tap(TapName.LINK_REFUSE, chat)),
            ),
        ),
    )


def connected_card(language: Language) -> Card:
    """Return to the site's chat that the phone chat is connected."""
    return Card(say(language, "✅ Your phone chat is connected."), ((menu_button(language),),))


def new_chat_card(language: Language) -> Card:
    """Return to the other chats of a person that a new one was connected."""
    text = say(
        language, "📱 A new chat was connected with your account. Not you? Tell your clinic."
    )
    return Card(text, ((menu_button(language),),))


def not_connected_card(language: Language) -> Card:
    """Return that nothing was connected."""
    return Card(say(language, "👌 OK. Nothing was connected."), ((have_code(language),),))


def link_used_card(language: Language) -> Card:
    """Return that the link was used already."""
    text = say(language, "This link was used already. Ask for a new one.")
    return Card(text, ((have_code(language),),))


def link_expired_card(language: Language) -> Card:
    """Return that the link has expired."""
    text = say(language, "This link has expired. Ask for a new one.")
    return Card(text, ((have_code(language),),))


def that_is_you_card(language: Language) -> Card:
    """Return that the link leads to the own account."""
    return Card(say(language, "That is you."), ((menu_button(language),),))


def family_card(url: str, rows: tuple[tuple[Button, ...], ...], language: Language) -> Card:
    """Return the link for a helper; `rows` are what it lets them do, and who helps now."""
    text = say(language, "Send this to your helper. It works once, for 24 hours.")
    return Card(f"{text}\n{url}", (*rows, (menu_button(language),)))


def asks_for_help_card(name: str, scopes: Iterable[Scope], language: Language) -> Card:
    """Return "Mrs Wong asks you to help …" with [Accept] [No]."""
    chosen = frozenset(scopes)
    what = may_words(chosen - {Scope.GUARDIAN}, language)
    text = say(language, "{name} asks you to help. You may: {what}", name=name, what=what)
    if Scope.GUARDIAN in chosen:
        text = say(language, "Will you decide for {name}? You may: {what}", name=name, what=what)
    return Card(
        text,
        (
            (
                Button(say(language, "Accept"), Tap(TapName.ACCEPT_HELP, "yes")),
                Button(say(language, "No"), Tap(TapName.LINK_REFUSE)),
            ),
        ),
    )


def now_helps_card(name: str, relationship: str, language: Language) -> Card:
    """Return to the patient "Li Na can now help you." with [OK] [Remove]."""
    return Card(
        say(language, "{name} can now help you.", name=name),
        (
            (
                Button(say(language, "OK"), Tap(TapName.CHOOSE, "ok")),
                Button(say(language, "Remove"), Tap(TapName.ACCEPT_HELP, f"remove.{relationship}")),
            ),
        ),
    )


def removed_helper_card(name: str, language: Language) -> Card:
    """Return that this person no longer helps; old messages stay in that chat."""
    text = say(
        language,
        "{name} no longer helps you. Old messages stay in that person's chat.",
        name=name,
    )
    return Card(text, ((menu_button(language),),))


def now_for_card(name: str, keys: tuple[tuple[str, ...], ...], language: Language) -> Card:
    """Return "Now for Dad."."""
    return Card(say(language, "Now for {name}.", name=name), keys=keys)


def no_longer_helps_card(name: str, language: Language) -> Card:
    """Return that nothing was stored, because this person no longer helps."""
    text = say(language, "You no longer help {name}. Nothing was stored.", name=name)
    return Card(text, ((menu_button(language),),))


def no_record_card(language: Language) -> Card:
    """Return to somebody without a record of the own that the site is their place."""
    text = say(language, "Your account keeps no record of its own. Your place is the site.")
    button = Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in"))
    return Card(text, ((button,),))


def chat_taken_card(language: Language) -> Card:
    """Return that this chat belongs to another account already."""
    text = say(
        language,
        "This chat is connected with another account. Stop it there first: Menu, Settings.",
    )
    return Card(text, ((menu_button(language),),))
