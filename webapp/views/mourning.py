"""A doctor notes that a patient has died, or takes that back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.policy import Action
from records.services.mourning import note_death, take_death_back
from records.services.viewing import open_to_act
from records.tracking import RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.asking import EmptyForm
from webapp.language import plain
from webapp.unit import now, person, unit

bp = Blueprint("mourning", __name__)


@bp.get("/p/<record_id>/death")
@open_to(Role.DOCTOR)
def look(record_id: str) -> ResponseReturnValue:
    """Show what noting the death brings, before anything is noted."""
    record, todo = RecordId(record_id), Action.NOTE_DEATH
    view = open_to_act(unit(), todo, record, by=person(), now=now())
    return render_template("doctor/death.html", view=view, form=EmptyForm())


@bp.post("/p/<record_id>/death")
@open_to(Role.DOCTOR)
def note(record_id: str) -> ResponseReturnValue:
    """Note that the patient has died."""
    note_death(unit(), RecordId(record_id), by=person(), now=now())
    flash(plain("It is noted. Those who helped are told."), "good")
    return redirect(url_for("doctor.patient", record_id=record_id))


@bp.post("/p/<record_id>/death/back")
@open_to(Role.DOCTOR)
def take_back(record_id: str) -> ResponseReturnValue:
    """Note that this was a mistake."""
    take_death_back(unit(), RecordId(record_id), by=person(), now=now())
    flash(plain("It is taken back. Those who helped are told."), "good")
    return redirect(url_for("doctor.patient", record_id=record_id))
