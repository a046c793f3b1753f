"""Files to take along: the record, or chosen segments of it, as CDA, FHIR or a table."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from records.people import Scope
from records.services.exporting import as_bundle, as_table
from records.services.handing import Handout, hand_out, summary
from records.tracking import RecordId, TrackingId
from records.vocabulary import Role
from webapp.access import attachment, open_to
from webapp.language import language, zone
from webapp.unit import now, person, unit
from webapp.views.whose import all_of_mine, whose

bp = Blueprint("downloads", __name__)

FORMS = ("xml", "json", "csv")
MOST = 500  # segments that are chosen one by one


@bp.get("/me/export")
@open_to(Role.PATIENT, Role.CAREGIVER)
def export() -> ResponseReturnValue:
    """Offer the record as files."""
    return render_template("patient/export.html", about=whose(), mine=all_of_mine())


@bp.get("/me/export/record.<form>")
@open_to(Role.PATIENT, Role.CAREGIVER)
def mine(form: str) -> ResponseReturnValue:
    """Hand out the record a patient or caregiver may read."""
    about = whose()
    if not about.may(Scope.SEE):
        abort(404)
    return _file(about.record.id, form)


@bp.get("/p/<record_id>/export/record.<form>")
@open_to(Role.DOCTOR, Role.NURSE)
def granted(record_id: str, form: str) -> ResponseReturnValue:
    """Hand out what is granted to a clinician."""
    return _file(RecordId(record_id), form)


def _file(record_id: RecordId, form: str) -> Response:
    if form not in FORMS:
        abort(404)
    chosen = [TrackingId(one) for one in request.args.getlist("segment")[:MOST]]
    handout = hand_out(
        unit(),
        record_id,
        by=person(),
        now=now(),
        only=chosen or None,
        private="private" in request.args,
    )
    name = f"kanglu-{now():%Y%m%d}.{form}"
    return attachment(_content(handout, form), name=name, kind=_TYPES[form])


_TYPES = {
    "xml": "application/xml",
    "json": "application/fhir+json",
    "csv": "text/csv; charset=utf-8",
}


def _content(handout: Handout, form: str) -> bytes:
    match form:
        case "xml":
            return summary(unit(), handout, now=now())
        case "json":
            return as_bundle(unit(), handout, by=person(), now=now())
        case _:
            return as_table(unit(), handout, language=language(), zone=zone())
