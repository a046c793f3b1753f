"""What the chat answers to readings: noted, with what it means, and the way back."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from records.chats import Button, Card, Tap, TapName
from records.findings.guidelines import HOME_TARGET_DIASTOLIC, HOME_TARGET_SYSTOLIC, NEAR_TARGET
from records.observations import Observation, Quantity
from records.vocabulary import MEANINGS, Code, Language
from records.wording.catalogue import later, say
from records.wording.names import day_words, phrase, plain
from records.wording.orders import clock_time

TARGET = f"{HOME_TARGET_SYSTOLIC.value}/{HOME_TARGET_DIASTOLIC.value}"
MEALTIMES = {
    "fasting": later("Fasting"),
    "before_meal": later("Before meal"),
    "after_meal": later("After meal"),
    "bedtime": later("Bedtime"),
}


def undo_row(ref: str, language: Language) -> tuple[Button, ...]:
    """Return the row with [Undo] for what was filed under this intake key."""
    return (Button(say(language, "Undo"), Tap(TapName.UNDO, ref)),)


def listed(observations: Sequence[Observation], language: Language) -> str:
    """Return several observations in one line."""
    return say(language, ", ").join(phrase(one, language) for one in observations)


def on_target(pressure: Observation) -> bool:
    """Say whether a home pressure lies below the target (ESH 2023)."""
    systolic, diastolic = (one.quantity.value for one in pressure.components)
    return systolic < HOME_TARGET_SYSTOLIC.value and diastolic < HOME_TARGET_DIASTOLIC.value


def as_typed(observations: Sequence[Observation], language: Language) -> str:
    """Return several observations in one line, with what was typed where it was converted."""
    return say(language, ", ").join(
        f"{one.stated} ({phrase(one, language)})" if one.stated else phrase(one, language)
        for one in observations
    )


def near_target(pressure: Observation) -> bool:
    """Say whether a pressure is above the target by so little that a second one must decide."""
    systolic, diastolic = (one.quantity.value for one in pressure.components)
    above = max(systolic - HOME_TARGET_SYSTOLIC.value, diastolic - HOME_TARGET_DIASTOLIC.value)
    return 0 <= above < NEAR_TARGET.value


def noted_card(
    observations: Sequence[Observation],
    *,
    ref: str,
    language: Language,
    zone: str,
    now: datetime,
) -> Card:
    """Return "✅ 128/82 noted, 08:10. On target." with [Undo]."""
    pressures = [one for one in observations if one.code is Code.BLOOD_PRESSURE]
    what = listed(observations, language)
    if pressures and not on_target(pressures[-1]):
        text = say(
            language,
            "✅ {what} noted. That is above your target ({target}).",
            what=what,
            target=TARGET,
        )
        again = Button(say(language, "Measure again"), Tap(TapName.MENU, "pressure"))
        return Card(text, ((again, *undo_row(ref, language)),))
    at = moment_words(observations[0].effective, zone=zone, now=now, language=language)
    if pressures:
        text = say(language, "✅ {what} noted, {time}. On target.", what=what, time=at)
    else:
        text = say(language, "✅ {what} noted, {time}.", what=what, time=at)
    return Card(text, (undo_row(ref, language),))


def moment_words(moment: datetime, *, zone: str, now: datetime, language: Language) -> str:
    """Return a moment as HH:MM, with the day where it is not today."""
    time = clock_time(moment, zone)
    day = day_words(moment, zone, language)
    return time if day == day_words(now, zone, language) else f"{day} {time}"


def average(pressures: Sequence[Observation]) -> str:
    """Return the mean of pressures as 135/84, halves rounded up."""
    columns = zip(
        *([part.quantity.value for part in one.components] for one in pressures), strict=True
    )
    means = (sum(column, Decimal(0)) / len(column) for column in columns)
    return "/".join(str(mean.quantize(Decimal(1), ROUND_HALF_UP)) for mean in means)


def private_card(observations: Sequence[Observation], *, ref: str, language: Language) -> Card:
    """Return that this was kept and that nobody else sees it."""
    text = say(
        language,
        "🔒 {what} noted. Only you can see this.",
        what=listed(observations, language),
    )
    return Card(text, (undo_row(ref, language),))


def nothing_kept_card(language: Language) -> Card:
    """Return that nothing was recorded, as wished."""
    return Card(say(language, "👌 OK. I kept nothing of this."))


def already_card(observations: Sequence[Observation], *, ref: str, language: Language) -> Card:
    """Return that this was filed before."""
    text = say(language, "👌 Already noted: {what}", what=listed(observations, language))
    return Card(text, (undo_row(ref, language),))


def removed_card(observations: Sequence[Observation], *, ref: str, language: Language) -> Card:
    """Return "❌ Removed 128/82." with [Put back]."""
    text = say(language, "❌ Removed {what}.", what=listed(observations, language))
    return Card(text, ((Button(say(language, "Put back"), Tap(TapName.PUT_BACK, ref)),),))


def put_back_card(observations: Sequence[Observation], *, ref: str, language: Language) -> Card:
    """Return that what was removed counts again."""
    text = say(language, "✅ {what} is back.", what=listed(observations, language))
    return Card(text, (undo_row(ref, language),))


def changed_card(observations: Sequence[Observation], *, ref: str, language: Language) -> Card:
    """Return "✏️ Changed to 138/82." with [Undo]."""
    text = say(language, "✏️ Changed to {what}.", what=listed(observations, language))
    return Card(text, (undo_row(ref, language),))


def mealtime_card(glucose: Observation, *, ref: str, language: Language) -> Card:
    """Return "🩸 7.2 noted. When was it?" with the four mealtimes."""
    text = say(language, "🩸 {value} noted. When was it?", value=_amount(glucose))
    buttons = [
        Button(say(language, words), Tap(TapName.CHOOSE, f"mealtime.{context}.{ref}"))
        for context, words in MEALTIMES.items()
    ]
    return Card(text, (tuple(buttons[:2]), tuple(buttons[2:]), undo_row(ref, language)))


def keep_reading_card(
    observation: Observation, *, ref: str, zone: str, now: datetime, language: Language
) -> Card:
    """Return "Your device sent 250/130 at 08:10. Keep it?" with [Yes] [No]."""
    text = say(
        language,
        "Your device sent {what} at {time}. Keep it?",
        what=phrase(observation, language),
        time=moment_words(observation.effective, zone=zone, now=now, language=language),
    )
    yes = Button(say(language, "Yes, keep it"), Tap(TapName.CONFIRM, ref))
    return Card(text, ((yes, Button(say(language, "No, drop it"), Tap(TapName.REJECT, ref))),))


def device_waits_card(language: Language) -> Card:
    """Return that a reading waits for an answer, in a chat that may not say which."""
    text = say(language, "A reading of your device looks unusual. Shall I show it here?")
    return Card(
        text,
        (
            (
                Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in")),
                Button(say(language, "Yes, here"), Tap(TapName.TELLS, "yes")),
            ),
        ),
    )


def _amount(glucose: Observation) -> str:
    number = plain(glucose.number(Code.GLUCOSE))
    value = glucose.value
    if isinstance(value, Quantity) and value.unit != MEANINGS[Code.GLUCOSE].ucum:
        return f"{number} {value.unit}"
    return number


def named(card: Card, name: str) -> Card:
    """Return the card with the name of whom it speaks of at its beginning."""
    return Card(f"👤 {name} {card.text}", card.rows, card.keys, card.silent)


def too_old_card(language: Language) -> Card:
    """Return that only the site can still change this."""
    text = say(language, "That was more than a day ago. You can still change it on the site.")
    button = Button(say(language, "Open the site"), Tap(TapName.MENU, "sign_in"))
    return Card(text, ((button,),))
