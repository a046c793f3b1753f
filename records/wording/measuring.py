"""The second reading of a session: asked for, reminded of, and averaged."""

from collections.abc import Sequence

from records.chats import Button, Card, Tap, TapName
from records.observations import Observation
from records.vocabulary import Code, Language
from records.wording.catalogue import catalogue, say
from records.wording.readings import average, listed, undo_row


def remind_button(minutes: int, code: Code, language: Language, ref: str = "") -> Button:
    """Return [⏱ Remind me] in so many minutes; `ref` is what was filed before the wait."""
    return Button(
        say(language, "⏱ Remind me"), Tap(TapName.CHOOSE, f"remind.{minutes}.{code}.{ref}")
    )


def _no_need(language: Language) -> str:
    """Return "No" as the answer to an offer: in Chinese not the word that denies."""
    return catalogue(language).pgettext("to an offer", "No")


def one_more_card(
    observations: Sequence[Observation], *, minutes: int, ref: str, language: Language
) -> Card:
    """Return "✅ 138/85 noted. One more in 1 minute? Sit still." with [Remind me] [No]."""
    text = say(
        language,
        "✅ {what} noted. One more in 1 minute? Sit still.",
        what=listed(observations, language),
    )
    return Card(
        text,
        (
            (
                remind_button(minutes, Code.BLOOD_PRESSURE, language, ref),
                Button(_no_need(language), Tap(TapName.CHOOSE, f"enough.{ref}")),
            ),
            undo_row(ref, language),
        ),
    )


def will_remind_card(minutes: int, *, ref: str, language: Language) -> Card:
    """Return that the chat speaks up again in so many minutes."""
    text = (
        say(language, "⏱ I will tell you in 1 minute. Sit still.")
        if minutes == 1
        else say(language, "⏱ I will tell you in {minutes} minutes.", minutes=minutes)
    )
    return Card(text, (undo_row(ref, language),) if ref else ())


def now_again_card(code: Code, language: Language) -> Card:
    """Return that the wait is over and what to send now."""
    text = (
        say(language, "⏱ Now your sugar again, please – like 7.2")
        if code is Code.GLUCOSE
        else say(language, "⏱ Now your two numbers again, please – like 128 82.")
    )
    return Card(text, ((Button(say(language, "Skip"), Tap(TapName.CHOOSE, "ok")),),))


def second_card(
    observations: Sequence[Observation],
    session: Sequence[Observation],
    *,
    ref: str,
    language: Language,
) -> Card:
    """Return "✅ 132/82 too. Average 135/84. Thank you." for a later reading of a session."""
    what = listed(observations, language)
    if len(session) > sum(one.code is Code.BLOOD_PRESSURE for one in observations):
        text = say(
            language,
            "✅ {what} too. Average {average}. Thank you.",
            what=what,
            average=average(session),
        )
    else:
        text = say(
            language,
            "✅ {what} noted. Average {average}. Thank you.",
            what=what,
            average=average(session),
        )
    return Card(text, (undo_row(ref, language),))
