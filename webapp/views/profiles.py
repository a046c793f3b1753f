"""Patients without a phone: begun by clinic staff or family, handed to who decides."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from records.people import Basis, Person, Record, Relationship
from records.services.linking import invite_caregiver
from records.services.managing import FULL_HELP, open_profile
from records.services.viewing import is_clinician
from records.tracking import RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.asking import EmptyForm
from webapp.forms.base import draw_form
from webapp.forms.helping import ProfileForm
from webapp.language import language, plain
from webapp.unit import now, person, unit

bp = Blueprint("profiles", __name__, url_prefix="/profiles")

door = open_to(Role.PATIENT, Role.CAREGIVER, Role.DOCTOR, Role.NURSE)
staff = open_to(Role.DOCTOR, Role.NURSE)


@bp.route("/new", methods=["GET", "POST"])
@door
def new() -> ResponseReturnValue:
    """Begin the record of a patient without a phone."""
    form = ProfileForm()
    form.begin(language(), asks_basis=not is_clinician(person()))
    if form.validate_on_submit():
        opened = form.attempt(partial(_open, form))
        if opened:
            return _next(opened[1])
    return draw_form("patient/profile.html", form, staff=is_clinician(person()))


def _open(form: ProfileForm) -> tuple[Person, Record, Relationship]:
    return open_profile(unit(), form.profile(), basis=form.ground(), by=person(), now=now())


def _next(record: Record) -> ResponseReturnValue:
    """Lead the family to the record; give staff the link for who shall decide."""
    if not is_clinician(person()):
        flash(plain("The record is there. You decide for the patient."), "good")
        return redirect(f"{url_for('patient.home')}?for={record.id}")
    return _link(record.id)


@bp.get("")
@staff
def waiting() -> ResponseReturnValue:
    """Show the patients for whom nobody of the family decides yet."""
    found = [
        (one, unit().people.person(unit().records.record(one.record).patient))
        for one in unit().relationships.of_person(person().id)
        if one.guards(now()) and one.basis is Basis.CLINIC
    ]
    return render_template("doctor/profiles.html", profiles=found, form=EmptyForm())


@bp.post("/<record_id>/link")
@staff
def link(record_id: str) -> ResponseReturnValue:
    """Make a new link for who shall decide for this patient."""
    return _link(RecordId(record_id))


def _link(record_id: RecordId) -> ResponseReturnValue:
    session["invitation"] = invite_caregiver(
        unit(), record_id, by=person(), now=now(), scopes=FULL_HELP
    )
    return redirect(url_for("people.invitation"))
