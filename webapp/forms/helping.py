"""The forms about helpers: what one may do and until when, and a patient without a phone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wtforms import RadioField, StringField
from wtforms.validators import Optional

from records.people import CHOSEN_HELP, Basis, Scope
from records.services.managing import Profile
from records.vocabulary import Language
from records.wording import later
from records.wording.profiles import BASES
from webapp.forms.asking import LANGUAGES, TicksField
from webapp.forms.base import DayField, Filled, Form, offer
from webapp.language import plain, zone
from webapp.named import SEXES

MAY = {
    Scope.RECORD: later("Enter and send numbers"),
    Scope.SEE: later("See the record"),
    Scope.ANSWER_ORDERS: later("Answer orders"),
    Scope.URGENT: later("Be told of urgent numbers at once, day and night"),
}


class HelpForm(Form):
    """What a helper may do, and until when."""

    scopes = TicksField(
        later("What may they do?"), validators=[Filled(later("Please choose at least one thing."))]
    )
    until = DayField(later("Until which day? At most a year."), validators=[Optional()])

    def begin(self, scopes: Iterable[Scope], until: datetime | None = None) -> None:
        """Offer each thing, with what is allowed now already chosen."""
        offer(self.scopes, ((str(one), plain(MAY[one])) for one in CHOSEN_HELP))
        if not self.is_submitted():
            self.scopes.data = [str(one) for one in scopes]
            if until is not None:
                last = until - timedelta(seconds=1)
                self.until.data = last.astimezone(ZoneInfo(zone())).date()

    @property
    def chosen(self) -> frozenset[Scope]:
        """What the helper may do."""
        return frozenset(Scope(one) for one in self.scopes.data or ())

    @property
    def ends(self) -> datetime | None:
        """The end of the day chosen, where the patient lives."""
        if self.until.data is None:
            return None
        after = self.until.data + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone()))


class ProfileForm(Form):
    """A patient who has no phone: the name is needed, the rest is left open where unknown."""

    name = StringField(
        later("Name, as people write it"), validators=[Filled(later("Please write the name."))]
    )
    born = StringField(later("Year of birth, like 1950 (may stay empty)"))
    sex = RadioField(later("Sex"), default="")
    language = RadioField(later("Language"))
    basis = RadioField(later("Why may somebody else decide?"), default=str(Basis.ASKED))

    def begin(self, language: Language, *, asks_basis: bool) -> None:
        """Offer the choices in the reader's language."""
        known = ("female", "male")
        sexes = [(one, plain(SEXES[one])) for one in known]
        offer(self.sex, (*sexes, ("", plain("not said"))))
        offer(self.language, ((str(one), name) for one, name in LANGUAGES.items()))
        offer(self.basis, ((str(one), plain(name)) for one, name in BASES.items()))
        if not asks_basis:
            del self.basis
        if not self.is_submitted():
            self.language.data = str(language)

    def profile(self) -> Profile:
        """Return what was told of the patient."""
        return Profile(
            name=str(self.name.data or ""),
            sex=str(self.sex.data or ""),
            born=str(self.born.data or "").strip(),
            language=Language(self.language.data),
        )

    def ground(self) -> Basis:
        """Return on what ground somebody else decides."""
        return Basis(self.basis.data) if self.basis else Basis.CLINIC
