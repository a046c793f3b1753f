"""The forms of doctors and third parties, and what other forms are made of."""

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from records.orders import OrderKind
from records.services.repeating import Repeat
from records.vocabulary import Language
from records.wording import later
from records.wording.orders import ORDER_KINDS
from webapp.forms.base import DayField, Filled, Form, LocalTimeField, offer
from webapp.language import plain

LANGUAGES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}


REPEATS = {
    "": (later("Once"), ""),
    "daily": (later("Every day"), "FREQ=DAILY"),
    "twice": (later("Twice a day, 8:00 and 20:00"), "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0"),
    "weekly": (later("Every week"), "FREQ=WEEKLY"),
}
"""How an order may come round, in words and as RFC 5545 writes it; on the patient's clock."""


def _last_day(form: "OrderForm", field: DayField) -> None:
    """Ask for a last day where it comes round."""
    if REPEATS.get(form.repeat.data, ("", ""))[1] and not (field.raw_data and field.raw_data[0]):
        field.errors = []
        raise StopValidation(plain("Please choose the last day."))


class OrderForm(Form):
    """What a doctor asks of a patient, and when."""

    kind = SelectField(later("What is it?"))
    text = TextAreaField(
        later("The order, as the patient will read it"),
        validators=[Filled(later("Please write what you ask of the patient."))],
    )
    due = LocalTimeField(
        later("When it is due"), validators=[Filled(later("Please choose a day and a time."))]
    )

    repeat = SelectField(later("How often"))
    until = DayField(later("Until, if it comes round"), validators=[_last_day, Optional()])
    as_written = BooleanField(later("Send it as written"))
    urgent = BooleanField(later("Urgent: send it at night too"))

    def begin(self) -> None:
        """Offer the kinds in the reader's language."""
        offer(self.kind, ((str(kind), plain(name)) for kind, name in ORDER_KINDS.items()))
        offer(self.repeat, ((key, plain(name)) for key, (name, _) in REPEATS.items()))

    @property
    def comes_round(self) -> Repeat | None:
        """How it comes round; None for once."""
        rrule = REPEATS[self.repeat.data][1]
        return Repeat(rrule, self.until.data) if rrule and self.until.data else None

    @property
    def asked(self) -> OrderKind:
        """The kind chosen."""
        return OrderKind(self.kind.data)


class ChangeForm(Form):
    """Other words for an order, and which version of it the doctor has seen."""

    text = TextAreaField(
        later("The order, as the patient will read it"),
        validators=[Filled(later("Please write what you ask of the patient."))],
    )
    seen = IntegerField(widget=HiddenInput())
    as_written = BooleanField(later("Send it as written"))


class AnswerForm(Form):
    """A doctor's answer to a question about an order."""

    words = TextAreaField(
        later("Answer"), validators=[Filled(later("Please write an answer first."))]
    )


class NoteForm(Form):
    """A note or a description: plain words."""

    text = TextAreaField(
        later("Your note"), validators=[Filled(later("Please write something first."))]
    )


class DeviceForm(Form):
    """What a device is called by its patient."""

    name = StringField(
        later("What is the device called?"),
        validators=[Filled(later("Please give the device a name."))],
    )


class EmptyForm(Form):
    """A button: nothing but the token."""


class TicksField(SelectMultipleField):
    """Several of a list, each with its own tick box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LanguageForm(Form):
    """The language a person is spoken to in."""

    language = RadioField(later("Language"), validators=[Filled(later("Please choose one."))])

    def begin(self) -> None:
        """Offer each language under its own name."""
        offer(self.language, ((str(one), name) for one, name in LANGUAGES.items()))
