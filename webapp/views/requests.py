"""Requests for leave: asked by a doctor or third party, answered by the patient, seen by both."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.consent import Grant
from records.errors import NotFound
from records.policy import Action
from records.requests import Request
from records.services.answering import agree, refuse, waiting_request
from records.services.publishing import released_to
from records.services.requesting import (
    ask_by_pseudonym,
    ask_for_leave,
    asked_of,
    colleagues_of,
    requests_by,
)
from records.services.viewing import open_to_act
from records.tracking import RecordId, RequestId
from records.vocabulary import Purpose, Role
from records.wording import later
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.requests import AnswerForm, AskDoctorForm, AskForm, AskThirdForm
from webapp.language import plain
from webapp.unit import now, person, unit

bp = Blueprint("requests", __name__)

SENT = later("Asked. The patient answers in the chat or here, within 14 days.")


@bp.route("/p/<record_id>/ask", methods=["GET", "POST"])
@open_to(Role.DOCTOR)
def ask(record_id: str) -> ResponseReturnValue:
    """Ask a patient for more, or that a colleague may see something."""
    record, todo = RecordId(record_id), Action.ASK_FOR_LEAVE
    view = open_to_act(unit(), todo, record, by=person(), now=now())
    form = AskDoctorForm()
    form.begin(colleagues_of(unit(), by=person()))
    if form.validate_on_submit() and form.attempt(partial(_ask, form, record_id)):
        return _asked()
    back = url_for("doctor.patient", record_id=record_id)
    return draw_form("doctor/ask.html", form, name=view.patient.name, back=back)


@bp.route("/released/<pseudonym>/ask", methods=["GET", "POST"])
@open_to(Role.THIRD_PARTY)
def ask_third(pseudonym: str) -> ResponseReturnValue:
    """Ask somebody known by a pseudonym for more."""
    known = {one.pseudonym: one for one in released_to(unit(), by=person(), now=now())}
    if pseudonym not in known:
        raise NotFound
    form = AskThirdForm()
    form.begin()
    purpose = known[pseudonym].purpose
    if form.validate_on_submit() and form.attempt(partial(_ask_third, form, pseudonym, purpose)):
        return _asked()
    back = url_for("thirdparty.released")
    return draw_form("doctor/ask.html", form, name=f"{pseudonym[:12]}…", back=back)


@bp.get("/asked")
@open_to(Role.DOCTOR, Role.THIRD_PARTY)
def asked() -> ResponseReturnValue:
    """Show what one has asked for, and whether leave was given."""
    found = requests_by(unit(), by=person(), now=now())
    return render_template("doctor/asked.html", requests=found)


@bp.route("/me/requests/<request_id>", methods=["GET", "POST"])
@open_to(Role.PATIENT, Role.CAREGIVER)
def answer(request_id: str) -> ResponseReturnValue:
    """Show who asks for what and why; share what stays ticked."""
    request = waiting_request(unit(), RequestId(request_id), by=person(), now=now())
    form = AnswerForm()
    form.begin(request.kinds)
    if form.validate_on_submit() and form.attempt(partial(_agree, form, request)):
        flash(plain("Shared. You can withdraw it at any time."), "good")
        return redirect(url_for("public.home"))
    return draw_form(
        "patient/request.html", form, request_=request, asked=asked_of(unit(), request)
    )


@bp.post("/me/requests/<request_id>/refuse")
@open_to(Role.PATIENT, Role.CAREGIVER)
def refuse_it(request_id: str) -> ResponseReturnValue:
    """Refuse a request; who asked reads "not given"."""
    refuse(unit(), RequestId(request_id), by=person(), now=now())
    flash(plain("Not given. They learn only that."), "good")
    return redirect(url_for("public.home"))


def _asked() -> ResponseReturnValue:
    flash(plain(SENT), "good")
    return redirect(url_for(".asked"))


def _ask(form: AskForm, record_id: str) -> Request:
    return ask_for_leave(unit(), form.plea(), record_id=RecordId(record_id), by=person(), now=now())


def _ask_third(form: AskForm, pseudonym: str, purpose: Purpose) -> Request:
    return ask_by_pseudonym(
        unit(), form.plea(), pseudonym=pseudonym, purpose=purpose, by=person(), now=now()
    )


def _agree(form: AnswerForm, request: Request) -> Grant:
    return agree(unit(), request.id, form.chosen, by=person(), now=now())
