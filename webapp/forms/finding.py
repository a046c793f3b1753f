"""Which patients of a list somebody wants to see."""

from wtforms import SearchField, SelectField
from wtforms.validators import Optional

from records.findings.reasons import Situation, title_of
from records.services.worklist import Wanted
from records.wording import later
from webapp.forms.base import Form, offer
from webapp.language import language, plain

FOUND = 50
"""So many of a section are shown to who looks for somebody."""

HELPED = {"": later("All"), "yes": later("With a helper"), "no": later("Without a helper")}


class WantedForm(Form):
    """A part of the name, a section, with or without a helper.

    It is posted, not put into the address: a name has no place there.
    """

    name = SearchField(later("Name"), validators=[Optional()])
    section = SelectField(later("Section"))
    helper = SelectField(later("Helper"))

    def begin(self) -> None:
        """Offer the sections and the rest in the reader's language."""
        titles = ((str(one), _short(one)) for one in Situation)
        offer(self.section, (("", plain("All")), *titles))
        offer(self.helper, ((value, plain(words)) for value, words in HELPED.items()))

    @property
    def wanted(self) -> Wanted:
        """What is wanted; everyone, where nothing was chosen."""
        return Wanted(
            str(self.name.data or ""),
            Situation(self.section.data) if self.section.data else None,
            {"yes": True, "no": False}.get(self.helper.data or ""),
            most=FOUND,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether not everybody is wanted."""
        return self.wanted != Wanted(most=FOUND)


def _short(situation: Situation) -> str:
    """Return a section's name without its threshold."""
    return title_of(situation).say(language()).replace("：", ":").partition(":")[0]
