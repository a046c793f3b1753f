"""Whether all of a record stays in the private cloud."""

from wtforms import RadioField

from records.wording import later
from records.wording.places import CHOICES, STAY
from webapp.forms.base import Filled, Form, offer
from webapp.language import plain


class PlaceForm(Form):
    """Whether old parts of the record may move."""

    place = RadioField(
        later("Where may your record be kept?"),
        validators=[Filled(later("Please choose one."))],
    )

    def begin(self) -> None:
        """Offer each choice in the reader's language."""
        offer(self.place, ((place, plain(words)) for place, words in CHOICES.items()))

    @property
    def stays(self) -> bool:
        """Whether all of it is to stay."""
        return bool(self.place.data == STAY)
