"""Third parties: the public catalogue, what was released to them, and writing back."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.cda.reader import ReadObservation, read_document
from records.errors import NotFound
from records.people import Organisation
from records.services.describing import describe_by_pseudonym
from records.services.publishing import ReleasedPatient, released_to
from records.tracking import OrganisationId
from records.vocabulary import Role, SegmentKind
from webapp.access import open_to, open_to_all
from webapp.forms.asking import NoteForm
from webapp.forms.base import draw_form
from webapp.language import plain
from webapp.shown import in_order
from webapp.unit import now, person, unit

bp = Blueprint("thirdparty", __name__)

FEWEST = 10  # a smaller number is not shown
door = open_to(Role.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the catalogue: what one organisation may read, and of roughly how many people."""

    organisation: Organisation
    kinds: frozenset[SegmentKind]
    people: int

    @property
    def rough(self) -> int:
        """The number of people, rounded down to tens; 0 where it is too small to be shown."""
        return self.people // FEWEST * FEWEST


@bp.get("/data")
@open_to_all
def catalogue() -> ResponseReturnValue:
    """Show to everybody what is shared with whom, in rough numbers."""
    return render_template("thirdparty/catalogue.html", offers=_offers(), fewest=FEWEST)


def _offers() -> list[Offer]:
    ids = {one.organisation for one in unit().people.all_of(Role.THIRD_PARTY) if one.organisation}
    return sorted((_offer(one) for one in ids), key=lambda one: one.organisation.name)


def _offer(organisation_id: OrganisationId) -> Offer:
    released = [one for one in unit().grants.of_organisation(organisation_id) if one.open(now())]
    kinds = frozenset[SegmentKind]().union(*(one.kinds for one in released))
    people = len({one.record for one in released})
    return Offer(unit().people.organisation(organisation_id), kinds, people)


@bp.get("/released")
@door
def released() -> ResponseReturnValue:
    """Show the documents published for one's own organisation, by pseudonym."""
    people = [_readable(one) for one in released_to(unit(), by=person(), now=now())]
    return render_template("thirdparty/released.html", organisation=_own(), people=people)


@bp.route("/released/<pseudonym>/describe", methods=["GET", "POST"])
@door
def describe(pseudonym: str) -> ResponseReturnValue:
    """Write a description that reaches the record and the chat of whoever is behind a pseudonym."""
    known = {one.pseudonym: one for one in released_to(unit(), by=person(), now=now())}
    if pseudonym not in known:
        raise NotFound
    form = NoteForm()
    if form.validate_on_submit() and form.attempt(
        lambda: describe_by_pseudonym(
            unit(),
            str(form.text.data),
            pseudonym=pseudonym,
            by=person(),
            purpose=known[pseudonym].purpose,
            now=now(),
        )
    ):
        flash(plain("Sent. It is in the person's record and chat."), "good")
        return redirect(url_for(".released"))
    return draw_form("thirdparty/describe.html", form, pseudonym=pseudonym)


def _own() -> Organisation:
    organisation = person().organisation
    if organisation is None:
        raise NotFound
    return unit().people.organisation(organisation)


def _readable(one: ReleasedPatient) -> tuple[str, dict[SegmentKind, list[ReadObservation]]]:
    """Return what one patient's documents say, by kind, the newest first."""
    said: dict[SegmentKind, list[ReadObservation]] = {}
    for document in one.documents:
        said.setdefault(document.kind, []).extend(read_document(document.content).observations)
    found = {kind: said[kind] for kind in in_order(said)}
    return one.pseudonym, {
        kind: sorted(told, key=lambda each: each.time, reverse=True) for kind, told in found.items()
    }
