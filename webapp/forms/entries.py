"""The paper's forms: one for each thing a patient may tell, made from the vocabulary's shapes."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, StopValidation

from records.findings.guidelines import PLAUSIBLE
from records.language.units import canonical, own
from records.measures import CHOICES
from records.observations import Observation, Quantity, pressure
from records.services.intake import Draft
from records.vocabulary import MEANINGS, PERIODS, SENT, Code, Period, SegmentKind, Shape
from records.wording import later
from webapp.forms.base import DayField, Filled, Form, LocalTimeField, offer, wall_time
from webapp.language import plain, words
from webapp.shown import CODES, CONTEXTS, SEXES, in_own_units, number, own_unit, unit_words
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


class NumberField(StringField):
    """A number as people type it: full-width digits and a decimal comma are fine."""

    def __init__(self, label: str, *, code: Code, **options: object) -> None:
        super().__init__(label, **options)  # type: ignore[arg-type]  # handed on as they came
        self.code = code
        self.number: Decimal | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; keep what was typed where it is none."""
        super().process_formdata(valuelist)
        typed = unicodedata.normalize("NFKC", str(self.data or "")).strip().replace(",", ".")
        try:
            self.number = Decimal(typed) if typed else None
        except InvalidOperation:
            self.number = None
        if typed and (self.number is None or not self.number.is_finite()):
            self.number = None
            raise ValueError(plain("Please type a number, like {n}.", n=EXAMPLES[self.code]))


EXAMPLES = {
    Code.SYSTOLIC: "128",
    Code.DIASTOLIC: "82",
    Code.HEART_RATE: "70",
    Code.GLUCOSE: "7.2",
    Code.TEMPERATURE: "36.8",
    Code.SPO2: "97",
    Code.HBA1C: "6.8",
    Code.HEIGHT: "165",
    Code.WEIGHT: "65.5",
    Code.WAIST: "88",
    Code.PAIN: "3",
    Code.SLEEP: "7",
    Code.STEPS: "5000",
}


class EntryForm(Form):
    """What the forms of all shapes share: when it was, and whether to keep it private."""

    code: Code
    when = LocalTimeField(later("When was it?"), validators=[Optional()])
    private = BooleanField(later("Keep this private: nobody but me sees it"))

    def validate_when(self, field: LocalTimeField) -> None:
        """Refuse a moment that has not come."""
        self.not_in_the_future(field)

    @property
    def has_time(self) -> bool:
        """Whether entries of this kind stand at a time."""
        return PERIODS[MEANINGS[self.code].kind] is Period.DAY

    def begin(self) -> None:
        """Begin with the present moment."""
        if not self.is_submitted():
            self.when.data = wall_time(now())

    def show(self, observation: Observation) -> None:
        """Fill the form with what an observation says, to be corrected."""
        self.when.data = wall_time(observation.effective)
        self.private.data = observation.private
        self.show_value(observation)

    def show_value(self, observation: Observation) -> None:
        """Fill in the value itself."""
        raise NotImplementedError

    def drafts(self) -> tuple[Draft, ...]:
        """Return what is to be filed; only after the form was found good."""
        raise NotImplementedError

    def moment(self) -> datetime:
        """Return when it was."""
        return self.when.moment if self.has_time and self.when.data else now()


class Sure(EntryForm):
    """A form of numbers: an unusual one is kept once the person says that it is right."""

    sure = BooleanField(later("Yes, the number is right"))
    asks = False

    def in_its_unit(self, value: Decimal) -> Decimal:
        """Return a canonical number in the unit this form is filled in with."""
        return value

    def usual(self, field: NumberField, value: Decimal | None) -> None:
        """Ask once about a number outside the plausible range."""
        plausible = PLAUSIBLE.get(field.code)
        if value is None or plausible is None or plausible.holds(value) or self.sure.data:
            return
        self.asks = True
        raise StopValidation(
            str(
                words(
                    "That is unusual: most are between {low} and {high}. Please check the number.",
                    low=number(self.in_its_unit(plausible.low)),
                    high=number(self.in_its_unit(plausible.high)),
                )
            )
        )


class PressureForm(Sure):
    """A blood pressure, with the pulse where the meter shows one."""

    code = Code.BLOOD_PRESSURE
    high = NumberField(
        later("Upper number (systolic)"),
        code=Code.SYSTOLIC,
        validators=[Filled(later("Please type the upper number."))],
    )
    low = NumberField(
        later("Lower number (diastolic)"),
        code=Code.DIASTOLIC,
        validators=[Filled(later("Please type the lower number."))],
    )
    pulse = NumberField(later("Pulse, if shown"), code=Code.HEART_RATE, validators=[Optional()])

    def validate_high(self, field: NumberField) -> None:
        """Ask about an unusual number."""
        self.usual(field, field.number)

    def validate_low(self, field: NumberField) -> None:
        """Ask about an unusual number, and about two that stand the wrong way round."""
        if field.number and self.high.number and field.number >= self.high.number:
            raise StopValidation(plain("The upper number is the larger one. Please check both."))
        self.usual(field, field.number)

    def validate_pulse(self, field: NumberField) -> None:
        """Ask about an unusual number."""
        self.usual(field, field.number)

    def show_value(self, observation: Observation) -> None:
        """Fill in both numbers."""
        self.high.data = number(observation.number(Code.SYSTOLIC))
        self.low.data = number(observation.number(Code.DIASTOLIC))

    def drafts(self) -> tuple[Draft, ...]:
        """Return the pressure, and the pulse where there is one."""
        at, private = self.moment(), self.private.data
        parts = pressure(self.high.number or Decimal(0), self.low.number or Decimal(0))
        drafts = [Draft(Code.BLOOD_PRESSURE, at, components=parts, private=private)]
        if self.pulse.number is not None:
            beat = Quantity(self.pulse.number, "/min")
            drafts.append(Draft(Code.HEART_RATE, at, value=beat, private=private))
        return tuple(drafts)


class QuantityForm(Sure):
    """One number with its unit."""

    amount: NumberField
    unit: SelectField | None = None
    context: SelectField | None = None

    def measured(self) -> Decimal | None:
        """Return the number in the unit we keep."""
        amount = self.amount.number
        if amount is None or self.unit is None:
            return amount
        return canonical(amount, self.unit.data)[0]

    def in_its_unit(self, value: Decimal) -> Decimal:
        """Return a canonical number in the unit that was chosen."""
        return value if self.unit is None else own(value, self.unit.data)

    def validate_amount(self, field: NumberField) -> None:
        """Ask about an unusual number."""
        self.usual(field, self.measured())

    def show_value(self, observation: Observation) -> None:
        """Fill in the number in the unit this person reads it in."""
        shown = in_own_units(observation)
        self.amount.data = number(shown.number(self.code))
        if self.unit is not None and isinstance(shown.value, Quantity):
            self.unit.data = shown.value.unit
        if self.context is not None:
            self.context.data = observation.context

    def drafts(self) -> tuple[Draft, ...]:
        """Return the one number, with what was typed where the unit was another."""
        value = Quantity(self.measured() or Decimal(0), MEANINGS[self.code].ucum or "")
        typed = self.unit.data if self.unit is not None else value.unit
        stated = f"{self.amount.number} {typed}" if typed != value.unit else ""
        context = self.context.data or "" if self.context is not None else ""
        draft = Draft(
            self.code,
            self.moment(),
            value=value,
            context=context,
            stated=stated,
            private=self.private.data,
        )
        return (draft,)


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
        times = ((value, plain(name)) for value, name in CONTEXTS.items())
        offer(form.context, (("", plain("not said")), *times))
    return form  # type: ignore[no-any-return]  # type() says no more
