"""The forms of doctors, third parties and sharing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from records.orders import OrderKind
from records.people import Organisation, Person
from records.policy import RELEASE_PURPOSES
from records.services.consenting import Wish
from records.tracking import OrganisationId, PersonId
from records.vocabulary import Language, OrganisationKind, Purpose, SegmentKind
from records.wording import later
from records.wording.orders import ORDER_KINDS
from webapp.forms.base import DayField, Filled, Form, LocalTimeField, offer
from webapp.language import plain, zone
from webapp.shown import KINDS, ORGANISATIONS

USUAL_LEAVE = timedelta(days=180)

RELEASES = {
    OrganisationKind.RESEARCH_INSTITUTION: Purpose.RESEARCH,
    OrganisationKind.SERVICE_PROVIDER: Purpose.SERVICE,
}
"""For what a release to an organisation of this kind is given."""

USUAL_KINDS = frozenset({SegmentKind.HEALTH_STATUS, SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})


LANGUAGES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}


class OrderForm(Form):
    """What a doctor asks of a patient, and when."""

    kind = SelectField(later("What is it?"))
    text = TextAreaField(
        later("The order, as the patient will read it"),
        validators=[Filled(later("Please write what you ask of the patient."))],
    )
    due = LocalTimeField(
        later("When it is due"), validators=[Filled(later("Please choose a day and a time."))]
    )

    urgent = BooleanField(later("Urgent: send it at night too"))

    def begin(self) -> None:
        """Offer the kinds in the reader's language."""
        offer(self.kind, ((str(kind), plain(name)) for kind, name in ORDER_KINDS.items()))

    @property
    def asked(self) -> OrderKind:
        """The kind chosen."""
        return OrderKind(self.kind.data)


class NoteForm(Form):
    """A note or a description: plain words."""

    text = TextAreaField(
        later("Your note"), validators=[Filled(later("Please write something first."))]
    )


class DeviceForm(Form):
    """What a device is called by its patient."""

    name = StringField(
        later("What is the device called?"),
        validators=[Filled(later("Please give the device a name."))],
    )


class EmptyForm(Form):
    """A button: nothing but the token."""


class TicksField(SelectMultipleField):
    """Several of a list, each with its own tick box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GrantForm(Form):
    """What the patient shares, with whom, until when."""

    grantee = RadioField(
        later("Who may see it?"), validators=[Filled(later("Please choose who it is for."))]
    )
    kinds = TicksField(
        later("What may they see?"), validators=[Filled(later("Please choose at least one kind."))]
    )
    until = DayField(
        later("Until which day? (empty: until you withdraw it)"), validators=[Optional()]
    )

    def begin(self, people: tuple[Person, ...], organisations: tuple[Organisation, ...]) -> None:
        """Offer those it may be given to, and every kind."""
        persons = [(f"p:{one.id}", one.name) for one in people]
        offer(self.grantee, persons + [(f"o:{one.id}", _with_kind(one)) for one in organisations])
        offer(self.kinds, ((str(kind), plain(name)) for kind, name in KINDS.items()))
        self._purposes = {one.id: RELEASES[one.kind] for one in organisations}
        if not self.is_submitted():
            self.kinds.data = [str(kind) for kind in SegmentKind if kind in USUAL_KINDS]

    def wish(self) -> Wish:
        """Return the grant as it is wished for."""
        letter, _, chosen = str(self.grantee.data).partition(":")
        kinds = frozenset(SegmentKind(one) for one in self.kinds.data or ())
        if letter == "o":
            organisation = OrganisationId(chosen)
            purpose = self._purposes[organisation]
            return Wish(kinds, purpose, self._until(), organisation=organisation)
        return Wish(kinds, Purpose.TREATMENT, self._until(), person=PersonId(chosen))

    def _until(self) -> datetime | None:
        """Return the end of the day chosen, where the patient lives."""
        if self.until.data is None:
            return None
        after = self.until.data + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone()))


def _with_kind(organisation: Organisation) -> str:
    return f"{organisation.name} – {plain(ORGANISATIONS[organisation.kind])}"


class LanguageForm(Form):
    """The language a person is spoken to in."""

    language = RadioField(later("Language"), validators=[Filled(later("Please choose one."))])

    def begin(self) -> None:
        """Offer each language under its own name."""
        offer(self.language, ((str(one), name) for one, name in LANGUAGES.items()))


__all__ = [
    "RELEASES",
    "RELEASE_PURPOSES",
    "DeviceForm",
    "EmptyForm",
    "GrantForm",
    "LanguageForm",
    "NoteForm",
    "OrderForm",
]
