"""Sharing in the chat: to whom, what, until when, exactly what is seen, and the way back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from records.chats import Button, Card, Tap, TapName
from records.consent import Grant, Label
from records.segments import Segment
from records.services.consenting import GrantView
from records.vocabulary import Language, SegmentKind
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import day_words, kind_name, phrase
from records.wording.topics import grant_words

NUMBERS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})
LIFE = NUMBERS | {SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.RECORD_OF_LIFE, SegmentKind.OTHER}
CARE = LIFE | {
    SegmentKind.HEALTH_STATUS,
    SegmentKind.FAMILY_HISTORY,
    SegmentKind.DOCTOR_DESCRIPTION,
}
TEMPLATES = {
    "numbers": (NUMBERS, Label.RESTRICTED, later("Only my numbers")),
    "life": (LIFE, Label.RESTRICTED, later("Numbers and daily life")),
    "care": (CARE, Label.RESTRICTED, later("All about my health")),
    "no_mood": (CARE, Label.NORMAL, later("All but my mood")),
}
"""Which kinds, how restricted at most, and what a person calls it."""
UNTIL = {
    "30": (timedelta(days=30), later("1 month")),
    "90": (timedelta(days=90), later("3 months")),
    "365": (timedelta(days=365), later("1 year")),
    "0": (None, later("Until I stop it")),
}
LINES = 25  # lines of a preview: what one chat message shows without hiding the buttons


def sharing_card(
    grants: Sequence[GrantView], *, can_share: bool, zone: str, language: Language
) -> Card:
    """Return who may see what now, with a button to stop each and one to share."""
    lines = [say(language, "🤝 Who may see what:")]
    rows: list[tuple[Button, ...]] = []
    for one in grants:
        lines.append(
            say(
                language,
                "{name}: {kinds}, {until}",
                name=one.grantee.name,
                kinds=grant_words(one.grant, language),
                until=until_words(one.grant.until, zone, language),
            )
        )
        stop = say(language, "Stop: {name}", name=one.grantee.name)
        rows.append((Button(stop, Tap(TapName.GRANT_WITHDRAW, one.grant.id)),))
    if not grants:
        lines = [say(language, "🤝 Only you can see your record.")]
    if can_share:
        rows.append((Button(say(language, "Share with a doctor"), Tap(TapName.CHOOSE, "share")),))
    rows.append((menu_button(language),))
    return Card("\n".join(lines), tuple(rows))


def kinds_words(kinds: Iterable[SegmentKind], language: Language) -> str:
    """Return the names of kinds in their usual order."""
    chosen = frozenset(kinds)
    return say(language, ", ").join(
        kind_name(one, language) for one in SegmentKind if one in chosen
    )


def until_words(until: datetime | None, zone: str, language: Language) -> str:
    """Return until when, in words."""
    if until is None:
        return say(language, "until you stop it")
    last = until - timedelta(seconds=1)
    return say(language, "until {day} {year}", day=day_words(last, zone, language), year=last.year)


def nobody_card(*, phone: str, language: Language) -> Card:
    """Return that no doctor is tied to the patient yet."""
    text = say(language, "No doctor is connected to you yet. Your clinic can do that.")
    if phone:
        text += "\n" + say(language, "Your clinic: {phone}", phone=phone)
    return Card(text, ((menu_button(language),),))


def choose_doctor_card(doctors: Sequence[tuple[str, str]], language: Language) -> Card:
    """Return the question to whom; `doctors` are (person id, name)."""
    rows = tuple(
        (Button(f"👩‍⚕️ {name}", Tap(TapName.CHOOSE, f"share.{who}")),) for who, name in doctors
    )
    return Card(say(language, "Who may see it?"), (*rows, (menu_button(language),)))


def choose_kinds_card(who: str, name: str, language: Language) -> Card:
    """Return the question which kinds."""
    rows = tuple(
        (Button(say(language, words), Tap(TapName.CHOOSE, f"share.{who}.{template}")),)
        for template, (_, _, words) in TEMPLATES.items()
    )
    site = Button(say(language, "Choose one by one (site)"), Tap(TapName.MENU, "sign_in"))
    return Card(say(language, "What may {name} see?", name=name), (*rows, (site,)))


def choose_until_card(who: str, template: str, language: Language) -> Card:
    """Return the question until when."""
    buttons = [
        Button(say(language, words), Tap(TapName.CHOOSE, f"share.{who}.{template}.{days}"))
        for days, (_, words) in UNTIL.items()
    ]
    return Card(say(language, "Until when?"), (tuple(buttons[:2]), tuple(buttons[2:])))


def preview_card(
    segments: Sequence[Segment],
    *,
    name: str,
    kinds: frozenset[SegmentKind],
    until: datetime | None,
    zone: str,
    ref: str,
    language: Language,
) -> Card:
    """Return exactly what this person would see, with [Yes, share this] [No]."""
    head = say(
        language,
        "{name} will see this, and what you add to it, {until}:",
        name=name,
        until=until_words(until, zone, language),
    )
    seen = [
        f"• {_when(one, zone, language)}{phrase(observation, language)}"
        for one in segments
        for observation in one.standing
    ]
    body = seen[:LINES] or [say(language, "Nothing is there yet.")]
    if len(seen) > LINES:
        body.append(
            say(language, "… and {count} more; all of it is on the site.", count=len(seen) - LINES)
        )
    foot = say(language, "Kinds: {kinds}", kinds=kinds_words(kinds, language))
    return Card(
        "\n".join((head, *body, foot)),
        (
            (
                Button(say(language, "Yes, share this"), Tap(TapName.GRANT_GIVE, ref)),
                Button(say(language, "No"), Tap(TapName.CHOOSE, "no")),
            ),
            (Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in")),),
        ),
    )


def _when(segment: Segment, zone: str, language: Language) -> str:
    if segment.day is None:
        return ""
    observation = segment.standing[0]
    return day_words(observation.effective, zone, language) + say(language, ": ")


def given_card(grant: Grant, *, name: str, zone: str, language: Language) -> Card:
    """Return that the grant was given, with the way back."""
    text = say(
        language,
        "✅ {name} can now see: {kinds}, {until}.",
        name=name,
        kinds=grant_words(grant, language),
        until=until_words(grant.until, zone, language),
    )
    text += "\n" + say(language, "🧾 Your receipt is on the site.")
    stop = Button(say(language, "Stop sharing"), Tap(TapName.GRANT_WITHDRAW, grant.id))
    return Card(text, ((stop,), (menu_button(language),)))


def withdrawn_card(*, name: str, language: Language) -> Card:
    """Return that this person sees nothing more from now on."""
    text = say(language, "✋ {name} can no longer see your record.", name=name)
    text += "\n" + say(language, "🧾 Your receipt is on the site.")
    return Card(text, ((menu_button(language),),))


def not_shared_card(language: Language) -> Card:
    """Return that nothing was shared."""
    return Card(say(language, "👌 OK. Nothing was shared."), ((menu_button(language),),))
