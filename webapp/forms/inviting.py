"""The form by which a clinic invites a patient."""

from wtforms import RadioField, StringField

from records.vocabulary import Language
from records.wording import later
from webapp.forms.asking import LANGUAGES
from webapp.forms.base import Filled, Form, offer


class InviteForm(Form):
    """Who is invited, and in which language they are spoken to."""

    name = StringField(
        later("Name, as people write it"), validators=[Filled(later("Please write the name."))]
    )
    language = RadioField(later("Language"))

    def begin(self, language: Language) -> None:
        """Offer each language under its own name, the reader's first chosen."""
        offer(self.language, ((str(one), name) for one, name in LANGUAGES.items()))
        if not self.is_submitted():
            self.language.data = str(language)
