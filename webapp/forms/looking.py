"""How often a patient is told of looks."""

from wtforms import RadioField

from records.services.looks import Often
from records.wording import later
from records.wording.looking import OFTEN
from webapp.forms.base import Filled, Form, offer
from webapp.language import plain


class NoticeForm(Form):
    """How often to say in the chat that others looked."""

    often = RadioField(
        later("Tell me in the chat when others look"),
        validators=[Filled(later("Please choose one."))],
    )

    def begin(self) -> None:
        """Offer each choice in the reader's language."""
        offer(self.often, ((str(often), plain(words)) for often, words in OFTEN.items()))

    @property
    def chosen(self) -> Often:
        """The choice made."""
        return Often(self.often.data)
