"""What the forms of all shapes share: when it was, and whether to keep it private."""

from datetime import datetime

from wtforms import BooleanField
from wtforms.validators import Optional

from records.observations import Observation
from records.services.intake import Draft
from records.vocabulary import MEANINGS, PERIODS, Code, Period
from records.wording import later
from webapp.forms.base import Form, LocalTimeField, wall_time
from webapp.unit import now


class EntryForm(Form):
    """The form of one entry."""

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
