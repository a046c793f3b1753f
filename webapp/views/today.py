"""Who needs me today: each patient once, in the first section that fits."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.findings.reasons import Situation
from records.services.reviewing import review, undo_review
from records.services.worklist import EVERYONE, worklist
from records.tracking import RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.finding import WantedForm
from webapp.language import plain
from webapp.unit import now, person, unit

bp = Blueprint("today", __name__)

door = open_to(Role.DOCTOR, Role.NURSE)


@bp.route("/today", methods=["GET", "POST"])
@door
def page() -> ResponseReturnValue:
    """Show the worklist by its sections, or as much of it as is wanted."""
    form = WantedForm()
    form.begin()
    wanted = form.wanted if form.validate_on_submit() else EVERYONE
    found = worklist(unit(), by=person(), now=now(), wanted=wanted)
    return draw_form(
        "doctor/today.html",
        form,
        found=found,
        now=now(),
        rest=Situation.ON_TARGET,
        some=wanted != EVERYONE,
    )


@bp.get("/today/print")
@door
def sheet() -> ResponseReturnValue:
    """Show the whole list for paper: nothing folded, no buttons."""
    found = worklist(unit(), by=person(), now=now())
    return render_template("doctor/today_print.html", found=found, now=now())


@bp.post("/p/<record_id>/reviewed")
@door
def reviewed(record_id: str) -> ResponseReturnValue:
    """Move a patient out of the list until something new comes."""
    done = review(
        unit(), RecordId(record_id), request.form.get("stamp", ""), by=person(), now=now()
    )
    if not done:
        flash(plain("Something new has come since you opened the list. Please look again."), "warn")
    return redirect(url_for(".page"))


@bp.post("/p/<record_id>/reviewed/undo")
@door
def undo(record_id: str) -> ResponseReturnValue:
    """Bring a patient back into the list."""
    undo_review(unit(), RecordId(record_id), by=person(), now=now())
    return redirect(url_for(".page"))
