"""The paper's forms: one for each thing a patient may tell, made from the vocabulary's shapes."""

from datetime import date

from wtforms import (
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from records.measures import CHOICES
from records.observations import Observation
from records.services.intake import Draft
from records.vocabulary import MEANINGS, SENT, Code, SegmentKind, Shape
from records.wording import later
from records.wording.names import CONTEXT_NAMES
from webapp.forms.base import DayField, Filled, offer
from webapp.forms.entry import EntryForm
from webapp.forms.numbers import NumberField, PressureForm, QuantityForm
from webapp.language import plain
from webapp.named import CODES, SEXES
from webapp.shown import own_unit, unit_words
from webapp.unit import now

LONGEST = 1000  # characters: what one person says of one thing
OLDEST = 130  # years

TOLD_BY_PATIENTS = tuple(
    kind
    for kind in SegmentKind
    if kind not in (SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.THIRD_PARTY_DESCRIPTION)
)
ONLY_ONE = frozenset({Code.NAME, Code.BIRTH_DATE, Code.SEX})
"""Of these there is one: telling it again corrects it."""
PARTS = frozenset({Code.SYSTOLIC, Code.DIASTOLIC})
COMPUTED = frozenset({Code.BMI})
NOT_IN_A_FORM = PARTS | COMPUTED | SENT


def codes_of(kind: SegmentKind) -> tuple[Code, ...]:
    """Return what a patient may tell of a kind, in the vocabulary's order."""
    return tuple(
        code
        for code, meaning in MEANINGS.items()
        if meaning.kind is kind and code not in NOT_IN_A_FORM
    )


def may_be_told(code: Code) -> bool:
    """Say whether a code is the patient's to tell in a form."""
    return MEANINGS[code].kind in TOLD_BY_PATIENTS and code not in NOT_IN_A_FORM


class WordsForm(EntryForm):
    """What somebody says in own words."""

    said: StringField

    def validate_said(self, field: Field) -> None:
        """Keep it to a length that can be read."""
        if len(field.data) > LONGEST:
            raise StopValidation(plain("Please shorten this to 1,000 characters."))

    def show_value(self, observation: Observation) -> None:
        """Fill in the words."""
        self.said.data = str(observation.value or "")

    def drafts(self) -> tuple[Draft, ...]:
        """Return the words."""
        said = str(self.said.data).strip()
        return (Draft(self.code, self.moment(), value=said, private=self.private.data),)


class DayForm(EntryForm):
    """A calendar day."""

    said: DayField

    def validate_said(self, field: DayField) -> None:
        """Refuse a day to come, and one no living person was born on."""
        if field.errors:
            return
        if (
            not field.data
            or not now().year - OLDEST <= field.data.year
            or field.data > now().date()
        ):
            raise StopValidation(plain("Please choose a day in the past."))

    def show_value(self, observation: Observation) -> None:
        """Fill in the day."""
        self.said.data = date.fromisoformat(str(observation.value))

    def drafts(self) -> tuple[Draft, ...]:
        """Return the day as YYYY-MM-DD."""
        said = str(self.said.data)
        return (Draft(self.code, self.moment(), value=said, private=self.private.data),)


class ChoiceForm(EntryForm):
    """One of a few words."""

    said: RadioField

    def show_value(self, observation: Observation) -> None:
        """Mark the choice."""
        self.said.data = str(observation.value)

    def drafts(self) -> tuple[Draft, ...]:
        """Return the choice."""
        return (Draft(self.code, self.moment(), value=self.said.data, private=self.private.data),)


LINES = frozenset({Code.NAME, Code.PHONE, Code.ID_NUMBER, Code.CONDITION, Code.ALLERGY, Code.MOOD})


def entry_form(code: Code) -> EntryForm:
    """Return the form in which a code is told, made from the shape of its value."""
    match MEANINGS[code].shape:
        case Shape.PANEL:
            return PressureForm()
        case Shape.QUANTITY:
            return _quantity(code)
        case Shape.WORDS:
            said = (StringField if code in LINES else TextAreaField)(
                CODES[code], validators=[Filled(later("Please write something first."))]
            )
            return type("OneWordsForm", (WordsForm,), {"code": code, "said": said})()  # type: ignore[no-any-return]  # type() says no more
        case Shape.DATE:
            day = DayField(CODES[code], validators=[Filled(later("Please choose a day."))])
            return type("OneDayForm", (DayForm,), {"code": code, "said": day})()  # type: ignore[no-any-return]  # type() says no more
        case Shape.CHOICE:
            choice = RadioField(CODES[code], validators=[Filled(later("Please choose one."))])
            chosen = type("OneChoiceForm", (ChoiceForm,), {"code": code, "said": choice})()
            offer(chosen.said, ((value, plain(name)) for value, name in SEXES.items()))
            return chosen  # type: ignore[no-any-return]  # type() says no more


def _quantity(code: Code) -> EntryForm:
    filled = Filled(later("Please type the number."))
    fields: dict[str, object] = {
        "code": code,
        "amount": NumberField(CODES[code], code=code, validators=[filled]),
    }
    if code in CHOICES:
        fields["unit"] = SelectField(later("Unit"), default=own_unit(code))
    if code is Code.GLUCOSE:
        fields["context"] = SelectField(later("Before or after a meal?"), default="")
    form = type("OneQuantityForm", (QuantityForm,), fields)()
    if form.unit is not None:
        offer(form.unit, ((one, str(unit_words(one))) for one in CHOICES[code]))
    if form.context is not None:
        times = ((value, plain(name)) for value, name in CONTEXT_NAMES.items())
        offer(form.context, (("", plain("not said")), *times))
    return form  # type: ignore[no-any-return]  # type() says no more
