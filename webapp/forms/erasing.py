"""The form by which a patient has everything erased: one word, typed by hand."""

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from records.vocabulary import Language
from records.wording import later, say
from webapp.forms.base import Filled, Form
from webapp.language import plain

WORD = later("erase")
NOT_THE_WORD = later("Please type the word as it stands above.")


class EraseForm(Form):
    """The word that shows that nobody has tapped by mistake."""

    typed = StringField(later("Type the word"), validators=[Filled(NOT_THE_WORD)])

    def begin(self) -> None:
        """Begin with nothing typed."""

    def validate_typed(self, field: Any) -> None:
        """Take the word of either language, and nothing else."""
        words = {say(language, WORD) for language in Language}
        if field.data.strip().casefold() not in words:
            raise ValidationError(plain(NOT_THE_WORD))
