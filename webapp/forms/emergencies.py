"""The forms of an emergency: opening a record, the codes, and the patient's word to it."""

from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from records.wording import later
from webapp.forms.base import DayField, Filled, Form

CODE = Filled(later("Please type the code your phone shows, or one from paper."))


class EmergencyForm(Form):
    """Whose record, why, and the second factor."""

    name = StringField(
        later("The patient's full name"),
        validators=[Filled(later("Please write the patient's name."))],
    )
    born = DayField(
        later("The patient's birthday (empty: not in the record)"), validators=[Optional()]
    )
    reason = TextAreaField(
        later("What is the emergency? At least 20 letters; the patient reads it."),
        validators=[Filled(later("Please say why, in at least 20 letters."))],
    )
    code = StringField(later("The code from your phone, or one from paper"), validators=[CODE])


class CodeForm(Form):
    """The code that shows that a phone was set up."""

    code = StringField(later("The code your phone shows now"), validators=[CODE])


class ProofForm(Form):
    """The second proof of whoever has just signed in."""

    code = StringField(later("The code from your phone, or one from paper"), validators=[CODE])


class ComplaintForm(Form):
    """What a patient says to an emergency."""

    words = TextAreaField(
        later("What do you want the clinic to know?"),
        validators=[Filled(later("Please write something first."))],
    )
