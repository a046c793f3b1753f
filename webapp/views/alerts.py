"""Alerts of one patient: seen by name, advice sent or not; from where the rules hold."""

from functools import partial

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from records.services.acknowledging import acknowledge, drop_held, send_held
from records.services.limiting import reset_limits, set_limits, thresholds_of
from records.services.viewing import open_record
from records.tracking import AlertId, RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.clinic import LimitsForm
from webapp.language import by_the_clock_of, plain
from webapp.unit import now, person, unit

bp = Blueprint("alerts", __name__)


@bp.post("/p/<record_id>/alerts/<alert_id>/seen")
@open_to(Role.DOCTOR, Role.NURSE)
def seen(record_id: str, alert_id: str) -> ResponseReturnValue:
    """Note that this clinician has seen an alert."""
    acknowledge(unit(), AlertId(alert_id), by=person(), now=now())
    return _back(record_id)


@bp.post("/p/<record_id>/alerts/<alert_id>/send")
@open_to(Role.DOCTOR)
def send(record_id: str, alert_id: str) -> ResponseReturnValue:
    """Send the advice that waits for a doctor."""
    if send_held(unit(), AlertId(alert_id), by=person(), now=now()):
        flash(plain("The advice is on its way."), "good")
    else:
        flash(plain("Somebody has decided this already. Please look again."), "warn")
    return _back(record_id)


@bp.post("/p/<record_id>/alerts/<alert_id>/drop")
@open_to(Role.DOCTOR)
def drop(record_id: str, alert_id: str) -> ResponseReturnValue:
    """Decide against sending the advice that waits."""
    if drop_held(unit(), AlertId(alert_id), by=person(), now=now()):
        flash(plain("Not sent."), "good")
    else:
        flash(plain("Somebody has decided this already. Please look again."), "warn")
    return _back(record_id)


@bp.route("/p/<record_id>/limits", methods=["GET", "POST"])
@open_to(Role.DOCTOR)
def limits(record_id: str) -> ResponseReturnValue:
    """Show from where the rules hold for a patient, and set it."""
    view = open_record(unit(), RecordId(record_id), by=person(), now=now())
    by_the_clock_of(view.patient)
    told = thresholds_of(unit(), view.record.id, person())
    form = LimitsForm()
    form.begin(told.limits)
    if form.validate_on_submit():
        change = partial(set_limits, unit(), form.limits, record_id=view.record.id)
        form.attempt(lambda: change(by=person(), now=now()))
        if not form.errors:
            flash(plain("The limits hold from now on."), "good")
            return _back(record_id)
    return draw_form("doctor/limits.html", form, view=view, told=told)


@bp.post("/p/<record_id>/limits/reset")
@open_to(Role.DOCTOR)
def reset(record_id: str) -> ResponseReturnValue:
    """Let the guideline's limits hold again."""
    reset_limits(unit(), record_id=RecordId(record_id), by=person(), now=now())
    flash(plain("The guideline's limits hold again."), "good")
    return _back(record_id)


def _back(record_id: str) -> Response:
    return redirect(url_for("doctor.patient", record_id=record_id, _anchor="alerts"))
