"""The forms of sharing: what is opened and to whom, and what is hidden again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wtforms import BooleanField, RadioField
from wtforms.validators import Optional

from records.consent import Grant, Label, Part
from records.people import Organisation
from records.services.addressing import Whom
from records.services.concealing import Concealment
from records.services.consenting import Wish
from records.tracking import GrantId, OrganisationId, PersonId
from records.vocabulary import OrganisationKind, Purpose, SegmentKind
from records.wording import later
from records.wording.sharing import TEMPLATES
from webapp.forms.asking import TicksField
from webapp.forms.base import DayField, Filled, Form, offer
from webapp.language import plain, zone
from webapp.named import KINDS, ORGANISATIONS

RELEASES = {
    OrganisationKind.RESEARCH_INSTITUTION: Purpose.RESEARCH,
    OrganisationKind.SERVICE_PROVIDER: Purpose.SERVICE,
}
"""For what a release to an organisation of this kind is given."""

USUAL_KINDS = frozenset({SegmentKind.HEALTH_STATUS, SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})
EVERYONE = "everyone"


class GrantForm(Form):
    """What the patient shares, with whom, of which time, until when."""

    grantee = RadioField(
        later("Who may see it?"), validators=[Filled(later("Please choose who it is for."))]
    )
    kinds = TicksField(
        later("What may they see?"), validators=[Filled(later("Please choose at least one kind."))]
    )
    without_mood = BooleanField(later("Leave out how my mood is"))
    since = DayField(
        later("From which day on? (empty: from the beginning)"), validators=[Optional()]
    )
    until = DayField(
        later("Until which day? (empty: until you withdraw it)"), validators=[Optional()]
    )

    def begin(self, whom: Whom, organisations: tuple[Organisation, ...]) -> None:
        """Offer those it may be given to, and every kind."""
        persons = [(f"p:{one.id}", one.name) for one in whom.clinicians]
        teams = [(f"t:{one.id}", _team(one)) for one in whom.teams]
        releases = [(f"o:{one.id}", _with_kind(one)) for one in organisations]
        offer(self.grantee, persons + teams + releases)
        offer(self.kinds, ((str(kind), plain(name)) for kind, name in KINDS.items()))
        self._purposes = {str(one.id): RELEASES[one.kind] for one in organisations}
        if not self.is_submitted():
            self.kinds.data = _in_order(USUAL_KINDS)

    def fill_in(self, template: str) -> None:
        """Tick what a template holds, and leave the rest as it is."""
        kinds, ceiling, _ = TEMPLATES[template]
        self.kinds.data = _in_order(kinds)
        self.without_mood.data = ceiling < Label.RESTRICTED

    def show(self, grant: Grant) -> None:
        """Show a grant as it stands, to be narrowed or extended."""
        self.grantee.data = _grantee_of(grant)
        self.kinds.data = _in_order(grant.kinds)
        self.without_mood.data = grant.ceiling < Label.RESTRICTED
        self.since.data = _local_day(grant.data_from) if grant.data_from else None
        if grant.until:
            self.until.data = _local_day(grant.until - timedelta(seconds=1))

    def is_for(self, grant: Grant) -> bool:
        """Say whether the grantee chosen is the one of this grant."""
        return str(self.grantee.data) == _grantee_of(grant)

    def wish(self, changed: GrantId | None = None) -> Wish:
        """Return the grant as it is wished for; `changed` is the open one it changes."""
        letter, _, chosen = str(self.grantee.data).partition(":")
        organisation = None if letter == "p" else OrganisationId(chosen)
        return Wish(
            frozenset(SegmentKind(one) for one in self.kinds.data or ()),
            self._purposes.get(chosen, Purpose.TREATMENT),
            _end_of(self.until.data),
            person=PersonId(chosen) if letter == "p" else None,
            organisation=organisation,
            ceiling=Label.NORMAL if self.without_mood.data else Label.RESTRICTED,
            data_from=_begin_of(self.since.data),
            grant=changed,
        )


class HideForm(Form):
    """From whom a part of the record is hidden, and until when."""

    whom = RadioField(later("From whom?"), validators=[Filled(later("Please choose from whom."))])
    until = DayField(
        later("Until which day? (empty: until you show it again)"), validators=[Optional()]
    )

    def begin(self, whom: Whom) -> None:
        """Offer everyone, and each who may see something of the record."""
        people = [(f"p:{one.id}", one.name) for one in (*whom.clinicians, *whom.helpers)]
        teams = [(f"o:{one.id}", _team(one)) for one in whom.teams]
        others = [(f"o:{one.id}", _with_kind(one)) for one in whom.others]
        everyone = (EVERYONE, plain("From everyone but me"))
        offer(self.whom, [everyone, *people, *teams, *others])
        if not self.is_submitted():
            self.whom.data = EVERYONE

    def wish(self, part: Part) -> Concealment:
        """Return what is to be hidden as it is wished for."""
        letter, _, chosen = str(self.whom.data).partition(":")
        person = PersonId(chosen) if letter == "p" else None
        organisation = OrganisationId(chosen) if letter == "o" else None
        return Concealment(part, _end_of(self.until.data), person, organisation)


def _in_order(kinds: Iterable[SegmentKind]) -> list[str]:
    chosen = set(kinds)
    return [str(kind) for kind in SegmentKind if kind in chosen]


def _grantee_of(grant: Grant) -> str:
    if grant.person is not None:
        return f"p:{grant.person}"
    letter = "o" if grant.purpose in RELEASES.values() else "t"
    return f"{letter}:{grant.organisation}"


def _local_day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(zone())).date()


def _begin_of(day: date | None) -> datetime | None:
    """Return the beginning of a day, where the patient lives."""
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone()))


def _end_of(day: date | None) -> datetime | None:
    return None if day is None else _begin_of(day + timedelta(days=1))


def _team(one: Organisation) -> str:
    return plain("Everybody who treats patients at {name}", name=one.name)


def _with_kind(one: Organisation) -> str:
    return f"{one.name} – {plain(ORGANISATIONS[one.kind])}"
