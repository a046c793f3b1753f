"""The forms of numbers: a blood pressure, and any one quantity with its unit."""

import unicodedata
from decimal import Decimal, InvalidOperation

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Optional, StopValidation

from records.findings.guidelines import PLAUSIBLE
from records.language.units import canonical, own
from records.observations import Observation, Quantity, pressure
from records.services.intake import Draft
from records.vocabulary import MEANINGS, Code
from records.wording import later
from webapp.forms.base import Filled
from webapp.forms.entry import EntryForm
from webapp.language import plain, words
from webapp.shown import in_own_units, number


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
