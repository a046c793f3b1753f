"""The forms of a clinic's doctors: limits of one patient, advice, templates of orders."""

from decimal import Decimal

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from records.clinic import Advice, Template, Texts
from records.findings.limits import Limits
from records.findings.targets import PressureTarget
from records.orders import OrderKind
from records.services.clinic import LONGEST_DAYS, Draft
from records.vocabulary import Code
from records.wording import later
from records.wording.orders import ORDER_KINDS
from webapp.forms.asking import REPEATS
from webapp.forms.base import Filled, Form, offer
from webapp.forms.numbers import NumberField
from webapp.language import plain
from webapp.shown import number

RISES = (5, 10, 15, 20, 30)
SILENCES = (2, 3, 5, 7, 10, 14, 30)
NUMBER = later("Please type a number.")


class LimitsForm(Form):
    """From where the rules hold for one patient."""

    systolic = NumberField(
        later("Average from, upper number"), code=Code.SYSTOLIC, validators=[Filled(NUMBER)]
    )
    diastolic = NumberField(
        later("Average from, lower number"), code=Code.DIASTOLIC, validators=[Filled(NUMBER)]
    )
    glucose_low = NumberField(
        later("Glucose below"), code=Code.GLUCOSE, validators=[Filled(NUMBER)]
    )
    rise = SelectField(later("Average risen in a week by"))
    silent_days = SelectField(later("Days without a reading"))

    def begin(self, limits: Limits) -> None:
        """Offer the steps; show what holds now."""
        rises = sorted({*RISES, limits.rise})
        offer(self.rise, ((str(one), f"{one} mmHg") for one in rises))
        days = sorted({*SILENCES, limits.silent_days})
        offer(self.silent_days, ((str(one), plain("{n} days", n=one)) for one in days))
        if not self.is_submitted():
            self.systolic.data = str(limits.target.systolic)
            self.diastolic.data = str(limits.target.diastolic)
            self.glucose_low.data = number(limits.glucose_low)
            self.rise.data = str(limits.rise)
            self.silent_days.data = str(limits.silent_days)

    @property
    def limits(self) -> Limits:
        """The limits written down."""
        return Limits(
            PressureTarget(
                int(self.systolic.number or Decimal()), int(self.diastolic.number or Decimal())
            ),
            self.glucose_low.number or Decimal(),
            int(self.rise.data),
            int(self.silent_days.data),
        )


class AdviceForm(Form):
    """What patients are told when a rule opens an alert, in both languages."""

    english = TextAreaField(later("In English"))
    chinese = TextAreaField(later("In Chinese"))
    held = RadioField(later("When a rule finds something"), default="held")
    version = HiddenField()

    def begin(self, advice: Advice | None) -> None:
        """Offer both ways of sending; show what is written now."""
        offer(
            self.held,
            (
                ("held", plain("Keep it until a doctor has looked")),
                ("at_once", plain("Send it at once, in the doctor's name")),
            ),
        )
        if not self.is_submitted():
            self.version.data = str(advice.version if advice else 0)
            if advice:
                self.english.data, self.chinese.data = advice.texts.english, advice.texts.chinese
                self.held.data = "held" if advice.held else "at_once"

    @property
    def texts(self) -> Texts:
        """The words in both languages."""
        return Texts(str(self.english.data or ""), str(self.chinese.data or ""))


class TemplateForm(Form):
    """An order ready to be placed, in both languages."""

    name_english = StringField(later("Name in English"))
    name_chinese = StringField(later("Name in Chinese"))
    kind = SelectField(later("What is it?"))
    english = TextAreaField(later("The order in English"))
    chinese = TextAreaField(later("The order in Chinese"))
    repeat = SelectField(later("How often"))
    days = StringField(later("For how many days, if it comes round"))
    version = HiddenField()

    def begin(self, template: Template | None) -> None:
        """Offer the kinds and rhythms; show what is written now."""
        offer(self.kind, ((str(kind), plain(name)) for kind, name in ORDER_KINDS.items()))
        offer(self.repeat, ((key, plain(name)) for key, (name, _) in REPEATS.items()))
        if self.is_submitted():
            return
        self.version.data = str(template.version if template else 0)
        if template:
            self.name_english.data = template.name.english
            self.name_chinese.data = template.name.chinese
            self.english.data, self.chinese.data = template.texts.english, template.texts.chinese
            self.kind.data = str(template.kind)
            self.repeat.data = rhythm_of(template)
            self.days.data = str(template.days or "")

    @property
    def draft(self) -> Draft:
        """The template as it is written."""
        typed = str(self.days.data or "").strip()
        days = int(typed) if typed.isdecimal() and len(typed) <= len(str(LONGEST_DAYS)) else 0
        return Draft(
            name=Texts(str(self.name_english.data or ""), str(self.name_chinese.data or "")),
            kind=OrderKind(self.kind.data),
            texts=Texts(str(self.english.data or ""), str(self.chinese.data or "")),
            rrule=REPEATS[self.repeat.data][1],
            days=days,
            version=version_in(self.version),
        )


def rhythm_of(template: Template) -> str:
    """Return under which of the rhythms offered a template comes round."""
    return next((key for key, (_, rrule) in REPEATS.items() if rrule == template.rrule), "")


def version_in(field: HiddenField) -> int:
    """Return the version a form was opened at; what is no number is no version there is."""
    typed = str(field.data or "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1
