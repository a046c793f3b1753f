"""Clinical documents from elsewhere: bring one, see what it says, choose what is added."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.people import Person
from records.policy import Action
from records.services.adding import Taken, take_in
from records.services.permitting import permit
from records.services.receiving import forget_document, look_at, receive_document
from records.tracking import AttachmentId, RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.asking import EmptyForm
from webapp.forms.bringing import DocumentForm
from webapp.language import words
from webapp.unit import now, person, unit
from webapp.views.whose import whose

bp = Blueprint("documents", __name__)

mine = open_to(Role.PATIENT, Role.CAREGIVER)
theirs = open_to(Role.DOCTOR)


@bp.route("/me/import", methods=["GET", "POST"])
@mine
def bring() -> ResponseReturnValue:
    """Let a patient or caregiver bring a document."""
    about = whose()
    back = url_for("patient.home", **about.asks)
    return _bring(about.record.id, about.patient, "documents.choose", about.asks, back)


@bp.route("/p/<record_id>/import", methods=["GET", "POST"])
@theirs
def bring_for(record_id: str) -> ResponseReturnValue:
    """Let a doctor bring a document for a patient."""
    asks: dict[str, Any] = {"record_id": record_id}
    back = url_for("doctor.patient", **asks)
    patient = _patient_of(RecordId(record_id))
    return _bring(RecordId(record_id), patient, "documents.choose_for", asks, back)


@bp.route("/me/import/<attachment>", methods=["GET", "POST"])
@mine
def choose(attachment: str) -> ResponseReturnValue:
    """Show a patient what a document says, and add what is chosen."""
    about = whose()
    back = url_for("readings.overview", **about.asks)
    return _choose(about.record.id, AttachmentId(attachment), back)


@bp.route("/p/<record_id>/import/<attachment>", methods=["GET", "POST"])
@theirs
def choose_for(record_id: str, attachment: str) -> ResponseReturnValue:
    """Show a doctor what a document says, and add what is chosen."""
    back = url_for("doctor.patient", record_id=record_id)
    return _choose(RecordId(record_id), AttachmentId(attachment), back)


def _patient_of(record_id: RecordId) -> Person:
    record = permit(unit(), Action.IMPORT_DOCUMENT, by=person(), record_id=record_id, now=now())
    return unit().people.person(record.patient)


def _bring(
    record_id: RecordId, patient: Person, then: str, asks: dict[str, Any], back: str
) -> ResponseReturnValue:
    permit(unit(), Action.IMPORT_DOCUMENT, by=person(), record_id=record_id, now=now())
    form = DocumentForm()
    if form.validate_on_submit():
        attachment = _received(form, record_id)
        if attachment:
            return redirect(url_for(then, attachment=attachment, **asks))
    page = render_template("documents/bring.html", form=form, patient=patient, back=back)
    return page, 422 if form.errors else 200


def _received(form: DocumentForm, record_id: RecordId) -> AttachmentId | None:
    content = form.content()
    if not content:
        form.miss()
        return None
    return form.attempt(
        lambda: receive_document(unit(), content, record_id=record_id, by=person(), now=now())
    )


def _added(taken: Taken) -> str:
    if taken.later:
        return str(words("{n} entries are being added. This takes a few minutes.", n=taken.added))
    return str(words("Added: {n}", n=taken.added))


def _choose(record_id: RecordId, attachment: AttachmentId, back: str) -> ResponseReturnValue:
    form = EmptyForm()
    if form.validate_on_submit() and "forget" in request.form:
        forget_document(unit(), attachment, record_id=record_id, by=person(), now=now())
        flash(str(words("The file is gone. Nothing was added.")), "good")
        return redirect(back)
    if form.validate_on_submit():
        chosen = frozenset(request.form.getlist("entry"))
        taken = take_in(unit(), attachment, chosen, record_id=record_id, by=person(), now=now())
        flash(_added(taken), "good")
        return redirect(back)
    offer = look_at(unit(), attachment, record_id=record_id, by=person(), now=now())
    return render_template("documents/choose.html", offer=offer, form=form, back=back)
