"""The form of the patient's own word to a note."""

from wtforms import BooleanField, TextAreaField

from records.wording import later
from webapp.forms.base import Filled, Form


class CommentForm(Form):
    """What the patient says, and whether the note should be corrected."""

    words = TextAreaField(
        later("What do you want to say to this note?"),
        validators=[Filled(later("Please write something first."))],
    )
    correction = BooleanField(later("Something in the note is wrong: please correct it"))
