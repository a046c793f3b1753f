"""What the chat says at once to an urgent value or word. A clinician must confirm these texts."""

from records.chats import Button, Card, Tap, TapName
from records.findings.guidelines import AFTER_HIGH_GLUCOSE, AFTER_SUGAR, REST_WHEN_URGENT
from records.vocabulary import Code, Language
from records.wording.catalogue import later, say
from records.wording.measuring import remind_button

FINE, UNWELL, FAMILY, BETTER = "fine", "unwell", "family", "ok"

VERY_HIGH = later(
    "⚠️ {what} is very high. Sit quietly for 5 minutes and measure again. Chest pain, hard to"
    " breathe, weak on one side, hard to speak? Call {number} now."
)
VERY_LOW = later(
    "⚠️ {what} is very low. Sit or lie down for 5 minutes and measure again. Faint, confused or"
    " chest pain? Call {number} now."
)
LOW_GLUCOSE = later(
    "⚠️ {what} is low. Take sugar now: half a glass of juice or 3 sweets. Measure again in 15"
    " minutes."
)
VERY_LOW_GLUCOSE = later(
    "⚠️ {what} is very low. Take sugar now: half a glass of juice or 3 sweets. Measure again in 15"
    " minutes. Sleepy or confused? Call {number} now."
)
HIGH_GLUCOSE = later(
    "⚠️ {what} is very high. Drink water and measure again in 1 hour. Feeling sick, sleepy, or"
    " breathing fast? Call {number} now."
)
METER_LO = later(
    "⚠️ LO means very low sugar. Take sugar now: half a glass of juice or 3 sweets. Measure again"
    " in 15 minutes. Sleepy or confused? Call {number} now."
)
METER_HI = later(
    "⚠️ HI means very high sugar. Wash your hands and measure again now. HI again, or feeling sick"
    " or sleepy? Call {number} now."
)
LOW_OXYGEN = later(
    "⚠️ {what} is low. Sit up, warm your hands and measure again. Hard to breathe? Call {number}"
    " now."
)
HIGH_FEVER = later(
    "⚠️ {what} is very high. Drink water and rest. Stiff neck, confused or hard to breathe? Call"
    " {number} now."
)
FAST_PULSE = later(
    "⚠️ {what} is very fast. Sit quietly for 5 minutes and measure again. Chest pain, faint or hard"
    " to breathe? Call {number} now."
)
SLOW_PULSE = later(
    "⚠️ {what} is very slow. Sit quietly for 5 minutes and measure again. Faint, confused or chest"
    " pain? Call {number} now."
)
PREGNANT = later(
    "⚠️ {what} is high while you are pregnant. Call your clinic today. Bad headache, spots before"
    " the eyes or pain under the ribs? Call {number} now."
)
UNUSUAL = later(
    "⚠️ {what} is noted. Please sit quietly and measure again. Feeling unwell? Call {number} now."
)


FINE_TEXT = later(
    "Good. Sit quietly for 5 minutes, then send me your numbers again. If you feel unwell, call"
    " {number}."
)
FINE_HIGH_GLUCOSE = later(
    "Good. Drink water and send me your sugar again in 1 hour. If you feel unwell, call {number}."
)


def safety_card(
    text: str, *, what: str, number: str, language: Language, code: Code | None = None
) -> Card:
    """Return one of the safety texts with [I feel fine] [I feel unwell]; `number` is whom to call.

    `code` is what was measured: who feels fine measures that again.
    """
    fine = f"{FINE}.{code}" if code else FINE
    return Card(
        say(language, text, what=what, number=number),
        (
            (
                Button(say(language, "I feel fine"), Tap(TapName.FEEL, fine)),
                unwell_button(language),
            ),
        ),
    )


def unwell_button(language: Language) -> Button:
    """Return [I feel unwell], which leads to whom to call."""
    return Button(say(language, "I feel unwell"), Tap(TapName.FEEL, UNWELL))


def low_glucose_card(*, what: str, number: str, urgent: bool, language: Language) -> Card:
    """Return "⚠️ 3.1 is low. Take sugar now …" with [OK] [Someone help me].

    Where it is urgent the text says also whom to call.
    """
    text = VERY_LOW_GLUCOSE if urgent else LOW_GLUCOSE
    return Card(
        say(language, text, what=what, number=number),
        (
            (
                Button(say(language, "OK"), Tap(TapName.FEEL, BETTER)),
                Button(say(language, "Someone help me"), Tap(TapName.FEEL, FAMILY)),
            ),
        ),
    )


def red_flag_card(*, number: str, doctor: str, language: Language) -> Card:
    """Return "📞 Please call 999 now. …" with [Call a family member]."""
    text = say(
        language, "📞 Please call {number} now. I am a machine and cannot see you.", number=number
    )
    if doctor:
        told = say(language, "I have told {doctor}'s list.", doctor=doctor)
        text += "\n" + told
    button = Button(say(language, "Call a family member"), Tap(TapName.FEEL, FAMILY))
    return Card(text, ((button,),))


def feels_fine_card(*, code: Code, number: str, language: Language) -> Card:
    """Return what to do now for somebody who feels fine, with a way to say that it got worse."""
    if code is Code.GLUCOSE:
        text, minutes = FINE_HIGH_GLUCOSE, AFTER_HIGH_GLUCOSE
    else:
        text, minutes = FINE_TEXT, REST_WHEN_URGENT
        code = Code.BLOOD_PRESSURE
    return Card(
        say(language, text, number=number),
        ((remind_button(int(minutes.value), code, language), unwell_button(language)),),
    )


def take_sugar_card(language: Language) -> Card:
    """Return that the sugar is waited for in 15 minutes."""
    text = say(language, "Good. Send me your sugar again in 15 minutes.")
    remind = remind_button(int(AFTER_SUGAR.value), Code.GLUCOSE, language)
    again = Button(say(language, "🩸 Sugar"), Tap(TapName.MENU, "glucose"))
    return Card(text, ((remind, again),))


def family_asked_card(*, names: str, number: str, language: Language) -> Card:
    """Return whom of the family was asked to call, or that nobody could be reached."""
    if not names:
        text = say(
            language,
            "I have nobody of your family here. Please call {number} or a neighbour now.",
            number=number,
        )
    else:
        text = say(
            language,
            "I have asked {names} to call you. If it gets worse, call {number} now.",
            names=names,
            number=number,
        )
    return Card(text, ((Button(say(language, "☰ Menu"), Tap(TapName.MENU)),),))


def please_call_card(*, name: str, language: Language) -> Card:
    """Return to a caregiver that this patient asks for a call."""
    return Card(say(language, "📞 {name} asks you to call now.", name=name))


def helper_told_card(*, name: str, what: str, language: Language) -> Card:
    """Return to a helper that something urgent was told; with what, where that may stand here."""
    if what:
        text = say(language, "⚠️ {name}: {what}. Please call {name} now.", name=name, what=what)
    else:
        text = say(language, "⚠️ {name} sent something urgent. Please call {name} now.", name=name)
    return Card(text, ((Button(say(language, "👌 I will call"), Tap(TapName.CHOOSE, "ok")),),))
