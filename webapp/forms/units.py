"""The form of the units a patient reads the own numbers in."""

from wtforms import SelectField

from records.measures import CHOICES, Measures
from records.vocabulary import Code
from records.wording import later
from webapp.forms.base import Form, offer
from webapp.named import CODES
from webapp.shown import unit_words


class UnitsForm(Form):
    """One unit for each thing that people measure in several."""

    glucose = SelectField(CODES[Code.GLUCOSE])
    weight = SelectField(CODES[Code.WEIGHT])
    temperature = SelectField(CODES[Code.TEMPERATURE])

    def begin(self, measures: Measures) -> None:
        """Offer the units; show those chosen."""
        for code, choices in CHOICES.items():
            field = self.part(code)
            offer(field, ((one, str(unit_words(one))) for one in choices))
            field.data = field.data or measures.unit_of(code)

    def part(self, code: Code) -> SelectField:
        """Return the field of one code."""
        found: SelectField = self._fields[str(code)]
        return found

    @property
    def chosen(self) -> dict[Code, str]:
        """The unit chosen for each code."""
        return {code: self.part(code).data for code in CHOICES}


SAVED = later("Your units are saved.")
