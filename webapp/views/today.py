"""Who needs me today: each patient once, in the first section that fits."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.findings.reasons import Situation
from records.services.reviewing import review, undo_review
from records.services.worklist import FIRST_PAGE, Wanted, worklist
from records.tracking import RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.finding import WantedForm
from webapp.language import plain
from webapp.unit import now, person, unit

bp = Blueprint("today", __name__)

A_PAGE = 50
LAST_PAGE = 10_000
REVIEWED = "reviewed"
PARTS = ", ".join((*Situation, REVIEWED))

door = open_to(Role.DOCTOR, Role.NURSE)


@bp.route("/today", methods=["GET", "POST"])
@door
def page() -> ResponseReturnValue:
    """Show the worklist by its sections, or as much of it as is wanted."""
    form = WantedForm()
    form.begin()
    some = form.validate_on_submit()
    wanted = form.wanted if some else FIRST_PAGE
    found = worklist(unit(), by=person(), now=now(), wanted=wanted)
    return draw_form(
        "doctor/today.html",
        form,
        found=found,
        now=now(),
        rest=Situation.ON_TARGET,
        some=some and form.is_narrow,
    )


@bp.get(f"/today/<any({PARTS}):part>")
@door
def section(part: str) -> ResponseReturnValue:
    """Show one section of the worklist, or who was reviewed, page by page."""
    apart = part == REVIEWED
    number = page_wanted()
    wanted = Wanted(
        situation=None if apart else Situation(part),
        reviewed=apart,
        first=(number - 1) * A_PAGE,
        most=A_PAGE,
    )
    found = worklist(unit(), by=person(), now=now(), wanted=wanted)
    return render_template(
        "doctor/today_section.html",
        found=found,
        section=None if apart else found.sections[list(Situation).index(Situation(part))],
        number=number,
        more=(found.reviewed_count if apart else found.patients) > number * A_PAGE,
        rest=Situation.ON_TARGET,
        part=part,
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


def page_wanted() -> int:
    """Return which page of a long list the reader wants."""
    number = request.args.get("page", 1, type=int)
    return min(max(number, 1), LAST_PAGE)
