"""What the chat asks when a line is not plain: one question a message, each with a way on."""

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Code, Language
from records.wording.catalogue import later, say

NOBODY = "nobody"
MEANT = {
    Code.HEART_RATE: later("Pulse"),
    Code.WEIGHT: later("Weight"),
    Code.GLUCOSE: later("Sugar"),
    Code.TEMPERATURE: later("Temperature"),
    Code.SPO2: later("Oxygen"),
    Code.HEIGHT: later("Height"),
}


def did_you_mean_card(what: str, *, ref: str, language: Language) -> Card:
    """Return "Did you mean 128/82?" for what is kept as provisional."""
    return Card(
        say(language, "Did you mean {what}?", what=what),
        (
            (
                Button(say(language, "Yes, {what}", what=what), Tap(TapName.CONFIRM, ref)),
                Button(say(language, "No"), Tap(TapName.REJECT, ref)),
            ),
        ),
    )


def is_it_right_card(what: str, *, ref: str, language: Language) -> Card:
    """Return the question whether an unusual number is right, kept as provisional until then."""
    return Card(
        say(language, "I read {what}. Is that right?", what=what),
        (
            (
                Button(say(language, "Yes, {what}", what=what), Tap(TapName.CONFIRM, ref)),
                Button(say(language, "No"), Tap(TapName.REJECT, ref)),
            ),
        ),
    )


def is_it_yours_card(what: str, patient: str, *, ref: str, language: Language) -> Card:
    """Return the question whose a number is that somebody else is named with.

    `patient` is the name of the patient the chat speaks of, empty where that is the speaker.
    """
    if patient:
        text = say(language, "I read {what}. Is it of {name}?", what=what, name=patient)
        yes = say(language, "Yes, of {name}", name=patient)
    else:
        text = say(language, "I read {what}. Is it your own?", what=what)
        yes = say(language, "Yes, my own")
    return Card(
        text,
        (
            (
                Button(yes, Tap(TapName.CONFIRM, ref)),
                Button(say(language, "No, somebody else's"), Tap(TapName.REJECT, ref)),
            ),
        ),
    )


def not_theirs_card(*, ref: str, language: Language) -> Card:
    """Return that a reading of somebody else does not count."""
    back = Button(say(language, "Put back"), Tap(TapName.PUT_BACK, ref))
    return Card(say(language, "👌 OK, that does not count."), ((back,),))


def which_card(alternatives: tuple[str, ...], *, ref: str, language: Language) -> Card:
    """Return which of several readings was meant; the choice is the number of the alternative."""
    rows = tuple(
        (Button(what, Tap(TapName.CHOOSE, f"which.{place}.{ref}")),)
        for place, what in enumerate(alternatives)
    )
    none = Button(say(language, "None of these"), Tap(TapName.REJECT, ref))
    return Card(say(language, "Which do you mean?"), (*rows, (none,)))


def again_card(words: str, *, ref: str, language: Language) -> Card:
    """Return "I read 1288/82. Please type the two numbers again …"; the words stay as a note."""
    text = say(
        language, "I read {what}. Please type the two numbers again, like 128 82", what=words
    )
    keep = Button(say(language, "Keep as a note"), Tap(TapName.CONFIRM, ref))
    return Card(text, ((keep,),))


def what_is_card(number: str, codes: tuple[Code, ...], *, ref: str, language: Language) -> Card:
    """Return "72 is what?" with a button for each thing it could be."""
    buttons = [
        Button(say(language, MEANT[code]), Tap(TapName.CHOOSE, f"number.{code}.{ref}"))
        for code in codes
    ]
    rows = tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
    note = Button(say(language, "Keep as a note"), Tap(TapName.CONFIRM, ref))
    return Card(say(language, "{number} is what?", number=number), (*rows, (note,)))


def lower_missing_card(upper: str, *, ref: str, language: Language) -> Card:
    """Return the question for the lower number of a pressure."""
    text = say(language, "{upper} – and the lower number?", upper=upper)
    keep = Button(say(language, "Keep as a note"), Tap(TapName.CONFIRM, ref))
    return Card(text, ((keep,),))


def not_understood_card(*, ref: str, language: Language) -> Card:
    """Return what to type, and that the words were kept."""
    text = say(language, "I did not understand. Type two numbers, like 128 82, or tap below.")
    kept = say(language, "I kept your words as a note.")
    return Card(
        f"{text}\n{kept}",
        (
            (
                Button(say(language, "☰ Menu"), Tap(TapName.MENU)),
                Button(say(language, "Undo"), Tap(TapName.UNDO, ref)),
            ),
        ),
    )


def kept_as_note_card(*, ref: str, doctor: str, language: Language) -> Card:
    """Return "I keep this as a note for Dr Chan." with [OK] [Delete].

    `doctor` is somebody who may read such a note, or nothing.
    """
    text = say(language, "I keep this as a note for {doctor}.", doctor=doctor)
    if not doctor:
        text = say(language, "I keep this as a note in your record.")
    return Card(
        text,
        (
            (
                Button(say(language, "OK"), Tap(TapName.CHOOSE, "ok")),
                Button(say(language, "Delete"), Tap(TapName.UNDO, ref)),
            ),
        ),
    )


def rejected_card(*, ref: str, language: Language) -> Card:
    """Return that a rejected reading does not count and what to do now."""
    text = say(language, "OK, that does not count. Type the two numbers, like 128 82")
    back = Button(say(language, "Put back"), Tap(TapName.PUT_BACK, ref))
    return Card(text, ((back,),))


def for_whom_card(
    people: tuple[tuple[str, str], ...],
    *,
    waiting: int = 1,
    nobody: bool = False,
    language: Language,
) -> Card:
    """Return "For whom?" with a button each; `people` are (record id, name).

    `waiting` is how many lines the answer is for; `nobody` offers to keep nothing of them.
    """
    rows = tuple((Button(f"👤 {name}", Tap(TapName.SUBJECT, record)),) for record, name in people)
    if nobody:
        rows += ((Button(say(language, "Somebody else"), Tap(TapName.SUBJECT, NOBODY)),),)
    text = say(language, "For whom?")
    if waiting > 1:
        text += "\n" + say(language, "{count} messages wait for this.", count=waiting)
    return Card(text, rows)


def not_kept_card(language: Language) -> Card:
    """Return that what waited was for somebody this chat keeps nothing of."""
    return Card(say(language, "👌 OK. I kept nothing of this."))


def type_numbers_card(language: Language) -> Card:
    """Return the request for the two numbers."""
    return Card(
        say(language, "Your two numbers, please – like 128 82."),
        ((Button(say(language, "Skip"), Tap(TapName.CHOOSE, "ok")),),),
    )


def type_glucose_card(language: Language) -> Card:
    """Return the request for a sugar reading."""
    return Card(
        say(language, "Your sugar, please – like 7.2"),
        ((Button(say(language, "Skip"), Tap(TapName.CHOOSE, "ok")),),),
    )


def medicine_card(language: Language) -> Card:
    """Return the question whether the medicine was taken."""
    return Card(
        say(language, "💊 Did you take your medicine?"),
        (
            (
                Button(say(language, "Taken"), Tap(TapName.CHOOSE, "medicine.taken")),
                Button(say(language, "Not taken"), Tap(TapName.CHOOSE, "medicine.missed")),
            ),
        ),
    )


def thanks_card(language: Language) -> Card:
    """Return a short thank-you."""
    return Card(say(language, "👌 OK."))
