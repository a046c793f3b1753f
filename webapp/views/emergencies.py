"""Emergencies on the site: opened with a fresh second factor, ended, reviewed, complained of."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.consent import Emergency
from records.errors import NotValid
from records.services.emergencies import (
    complain,
    emergencies_of,
    end_emergency,
    find_in_emergency,
    open_in_emergency,
    review,
    to_review,
)
from records.tracking import EmergencyId
from records.vocabulary import Role
from webapp.access import open_to, whoever
from webapp.forms.base import draw_form
from webapp.forms.emergencies import ComplaintForm, EmergencyForm
from webapp.language import plain
from webapp.second import second
from webapp.unit import now, person, transaction, unit
from webapp.views.whose import my_own

bp = Blueprint("emergencies", __name__)


@bp.route("/emergency", methods=["GET", "POST"])
@open_to(Role.DOCTOR, transaction_of_its_own=True)
def begin() -> ResponseReturnValue:
    """Open a patient's record for four hours; the code is checked before anything is looked for."""
    with transaction(writing=False):
        whoever(Role.DOCTOR)
    if not second().is_set_up:
        return redirect(url_for("second.page"))
    form = EmergencyForm()
    with transaction(writing=False):
        good = form.validate_on_submit()
    fits = good and second().check(str(form.code.data), now())
    with transaction(writing=bool(fits)):
        opened = form.attempt(partial(_open, form, fits=bool(fits))) if good else None
        if opened is not None:
            flash(plain("Open for four hours. The patient has been told."), "good")
            return redirect(url_for("doctor.patient", record_id=opened.record))
        form.code.data = ""
        return draw_form("doctor/emergency.html", form)


def _open(form: EmergencyForm, *, fits: bool) -> Emergency:
    if not fits:
        raise NotValid("code", "second_needed")
    name, born = str(form.name.data), form.born.data
    record_id = find_in_emergency(unit(), name, born, by=person(), now=now())
    return open_in_emergency(unit(), record_id, str(form.reason.data), by=person(), now=now())


@bp.post("/emergency/<emergency_id>/end")
@open_to(Role.DOCTOR)
def end(emergency_id: str) -> ResponseReturnValue:
    """End one's own emergency."""
    end_emergency(unit(), EmergencyId(emergency_id), by=person(), now=now())
    flash(plain("Ended. The record is closed again."), "good")
    return redirect(url_for("public.home"))


@bp.get("/emergencies")
@open_to(Role.DOCTOR, Role.OPERATOR)
def queue() -> ResponseReturnValue:
    """Show the emergencies that wait for a review, without the patients' names."""
    found = to_review(unit(), by=person(), now=now())
    return render_template("doctor/emergencies.html", emergencies=found)


@bp.post("/emergencies/<emergency_id>/reviewed")
@open_to(Role.DOCTOR, Role.OPERATOR)
def reviewed(emergency_id: str) -> ResponseReturnValue:
    """Mark an emergency as reviewed."""
    review(unit(), EmergencyId(emergency_id), by=person(), now=now())
    flash(plain("Marked as reviewed."), "good")
    return redirect(url_for(".queue"))


@bp.get("/me/emergencies")
@open_to(Role.PATIENT)
def mine() -> ResponseReturnValue:
    """Show the patient every look in an emergency, with its reason."""
    found = emergencies_of(unit(), my_own().record.id, by=person(), now=now())
    return render_template("patient/emergencies.html", emergencies=found, now=now())


@bp.route("/me/emergencies/<emergency_id>", methods=["GET", "POST"])
@open_to(Role.PATIENT)
def say(emergency_id: str) -> ResponseReturnValue:
    """Tell the clinic what one thinks of an emergency."""
    found = emergencies_of(unit(), my_own().record.id, by=person(), now=now())
    one = next((each for each in found if each.emergency.id == emergency_id), None)
    if one is None:
        return redirect(url_for(".mine"))
    form = ComplaintForm()
    if form.validate_on_submit() and form.attempt(partial(_complain, form, one.emergency)):
        flash(plain("Sent. The clinic looks at it anew."), "good")
        return redirect(url_for(".mine"))
    return draw_form("patient/complaint.html", form, one=one)


def _complain(form: ComplaintForm, emergency: Emergency) -> Emergency:
    return complain(unit(), emergency.id, str(form.words.data), by=person(), now=now())
