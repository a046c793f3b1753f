"""The forms of doctors and third parties, and what other forms are made of."""

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from records.orders import OrderKind
from records.vocabulary import Language
from records.wording import later
from records.wording.orders import ORDER_KINDS
from webapp.forms.base import Filled, Form, LocalTimeField, offer
from webapp.language import plain

LANGUAGES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}


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

    urgent = BooleanField(later("Urgent: send it at night too"))

    def begin(self) -> None:
        """Offer the kinds in the reader's language."""
        offer(self.kind, ((str(kind), plain(name)) for kind, name in ORDER_KINDS.items()))

    @property
    def asked(self) -> OrderKind:
        """The kind chosen."""
        return OrderKind(self.kind.data)


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
