"""The daily check-in and the questions about a person: one question a card, each with a way on."""

from collections.abc import Sequence

from records.chats import Button, Card, Tap, TapName
from records.observations import Observation
from records.services.checking_in import FILLED_BY, Step
from records.services.walks import WalkName
from records.vocabulary import Code, Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import phrase, shortened
from records.wording.readings import undo_row

ASKS = {
    Step.PRESSURE: later("🩺 Your two numbers, please – like 128 82."),
    Step.GLUCOSE: later("🩸 Your sugar, please – like 7.2"),
    Step.MOOD: later("🙂 How do you feel today?"),
    Step.DIET: later("🍚 How did you eat today?"),
    Step.MEDICINE: later("💊 Did you take your medicine?"),
}
CHOICES: dict[Step, dict[str, tuple[Code, str]]] = {
    Step.MOOD: {
        "good": (Code.MOOD, later("Good")),
        "soso": (Code.MOOD, later("So-so")),
        "bad": (Code.MOOD, later("Not good")),
    },
    Step.DIET: {
        "usual": (Code.DIET, later("As usual")),
        "less": (Code.DIET, later("Less than usual")),
        "more": (Code.DIET, later("More than usual")),
    },
    Step.MEDICINE: {
        "taken": (Code.MEDICATION_TAKEN, later("Taken")),
        "missed": (Code.MEDICATION_MISSED, later("Not taken")),
    },
}
ABOUT = {
    Code.CONDITION: later("🗒 Which illnesses do you have? Tap, or type."),
    Code.MEDICINE: later("💊 Which medicines do you take? Tap, or type."),
    Code.ALLERGY: later("🌾 What can you not eat, take or touch? Tap, or type."),
    Code.RELATIVE_CONDITION: later("👪 Which illnesses run in your family? Tap, or type."),
}
COMMON: dict[Code, tuple[str, ...]] = {
    Code.CONDITION: (
        later("High blood pressure"),
        later("Diabetes"),
        later("Heart disease"),
        later("Stroke"),
        later("Kidney disease"),
        later("Asthma"),
    ),
    Code.MEDICINE: (
        later("Blood pressure pills"),
        later("Sugar pills"),
        later("Insulin"),
        later("Aspirin"),
        later("Cholesterol pills"),
        later("Herbs"),
    ),
    Code.ALLERGY: (
        later("Penicillin"),
        later("Seafood"),
        later("Nuts"),
        later("Pollen or dust"),
    ),
    Code.RELATIVE_CONDITION: (
        later("High blood pressure"),
        later("Diabetes"),
        later("Heart disease"),
        later("Stroke"),
        later("Cancer"),
    ),
}
NONE_KNOWN = later("None known")
NAMES = {WalkName.CHECK_IN: later("check-in"), WalkName.ABOUT_ME: later("about me")}
NONE, LATER, SKIP, STOP, ALL = (
    later("None"),
    later("Later"),
    later("Skip"),
    later("Stop for now"),
    later("That is all"),
)


def _way_on(name: WalkName, step: str, language: Language) -> tuple[Button, ...]:
    return (
        Button(say(language, SKIP), Tap(TapName.CHOOSE, f"walk.skip.{name}.{step}")),
        Button(say(language, STOP), Tap(TapName.CHOOSE, f"walk.stop.{name}")),
    )


def _in_twos(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))


def step_card(step: Step, language: Language, *, first: bool = False) -> Card:
    """Return the question of one step, with the common answers and the ways on."""
    text = say(language, ASKS[step])
    if first:
        text = f"{say(language, '📝 Your check-in of today:')}\n{text}"
    buttons = [
        Button(say(language, words), Tap(TapName.CHOOSE, f"walk.day.{step}.{choice}"))
        for choice, (_, words) in CHOICES.get(step, {}).items()
    ]
    return Card(text, (*_in_twos(buttons), _way_on(WalkName.CHECK_IN, step, language)))


def topic_card(code: Code, language: Language, *, first: bool = False) -> Card:
    """Return one question about the person, with the common answers, none, and later."""
    text = say(language, ABOUT[code])
    if first:
        text = f"{say(language, '🗒 A few questions about you, each only once.')}\n{text}"
    none = Button(say(language, NONE), Tap(TapName.CHOOSE, f"walk.none.{code}"))
    put_off = Button(
        say(language, LATER), Tap(TapName.CHOOSE, f"walk.skip.{WalkName.ABOUT_ME}.{code}")
    )
    return Card(text, (*_in_twos(_picks(code, (), language)), (none, put_off)))


def _picks(code: Code, said: Sequence[str], language: Language) -> list[Button]:
    return [
        Button(say(language, words), Tap(TapName.CHOOSE, f"walk.pick.{code}.{place}"))
        for place, words in enumerate(COMMON[code])
        if say(language, words) not in said
    ]


def more_card(code: Code, said: Sequence[str], *, ref: str, language: Language) -> Card:
    """Return what was tapped so far, with the answers that are left and [That is all]."""
    words = say(language, ", ").join(shortened(one) for one in said)
    text = say(language, "✅ {words} noted. Anything more?", words=words)
    done = Button(say(language, ALL), Tap(TapName.CHOOSE, f"walk.all.{WalkName.ABOUT_ME}.{code}"))
    undo = undo_row(ref, language)
    return Card(text, (*_in_twos(_picks(code, said, language)), (done, *undo)))


def _in_words(observations: Sequence[Observation], language: Language) -> str:
    """Return answers in one line, in the order they are asked."""
    order = [code for codes in FILLED_BY.values() for code in sorted(codes)]
    asked = sorted(observations, key=lambda one: order.index(one.code) if one.code in order else 0)
    return say(language, ", ").join(_phrase(one, language) for one in asked)


def _phrase(one: Observation, language: Language) -> str:
    for code, words in CHOICES[Step.MEDICINE].values():
        if one.code is code and one.value == say(language, words):
            taken = code is Code.MEDICATION_TAKEN
            return say(language, "medicine taken") if taken else say(language, "medicine not taken")
    return phrase(one, language)


def kept_card(observations: Sequence[Observation], *, ref: str, language: Language) -> Card:
    """Return "✅ mood: Good noted." with [Undo]."""
    text = say(language, "✅ {what} noted.", what=_in_words(observations, language))
    return Card(text, (undo_row(ref, language),))


def told_card(observations: Sequence[Observation], language: Language) -> Card:
    """Return what was told to one question, once that is all."""
    return Card(say(language, "✅ {what} noted.", what=_in_words(observations, language)))


def passed_card(name: WalkName, step: str, language: Language) -> Card:
    """Return a question that was passed over."""
    asked = ASKS[Step(step)] if name is WalkName.CHECK_IN else ABOUT[Code(step)]
    return Card(f"{say(language, asked)}\n{say(language, '⏭ Not now.')}")


def go_on_button(name: WalkName, language: Language) -> Button:
    """Return the button that takes a walk up again."""
    return Button(say(language, "Go on"), Tap(TapName.CHOOSE, f"walk.on.{name}"))


def offer_card(name: WalkName, language: Language) -> Card:
    """Return the offer to go on after something else came between."""
    text = (
        say(language, "Shall we go on with your check-in?")
        if name is WalkName.CHECK_IN
        else say(language, "Shall we go on with the questions?")
    )
    stop = Button(say(language, STOP), Tap(TapName.CHOOSE, f"walk.stop.{name}"))
    return Card(text, ((go_on_button(name, language), stop),))


def left_card(name: WalkName, language: Language) -> Card:
    """Return that a walk waits, and how it is taken up again."""
    word = say(language, NAMES[name])
    text = say(language, "👌 OK. To go on, tap here or type: {word}", word=word)
    return Card(text, ((go_on_button(name, language),),))


def summary_card(
    observations: Sequence[Observation], *, full: bool, more: bool, language: Language
) -> Card:
    """Return the end of a check-in: what stands of today, and what may be asked about next.

    What was told elsewhere is more than an echo: without `full` it is not repeated.
    """
    text = say(language, "✅ Your check-in of today is done. Thank you.")
    if full and observations:
        text += "\n" + _in_words(observations, language)
    numbers = Button(say(language, "📋 My numbers"), Tap(TapName.MENU, "numbers"))
    about = Button(say(language, "🗒 About me"), Tap(TapName.MENU, "about_me"))
    return Card(text, ((numbers, about if more else menu_button(language)),))


def asked_all_card(*, put_off: bool, language: Language) -> Card:
    """Return that nothing more is asked about the person, or that some of it waits."""
    text = say(language, "✅ Thank you. I have no more questions about you.")
    if put_off:
        text = say(language, "👌 OK. The rest can wait. You find it in the menu: About me.")
    return Card(text, ((menu_button(language),),))
