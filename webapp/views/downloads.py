"""Files to take along: the record, or chosen segments of it, as CDA, FHIR or a table."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from records.people import Person, Scope
from records.policy import Action
from records.services.exporting import as_bundle, as_table
from records.services.handing import Handout, hand_out
from records.services.parting import summaries
from records.services.permitting import permit
from records.services.taking import contents_of
from records.tracking import RecordId, TrackingId
from records.vocabulary import Role
from webapp.access import attachment, open_to
from webapp.language import language, zone
from webapp.unit import now, person, unit
from webapp.views.whose import all_of_mine, whose
from webapp.zipping import zipped

bp = Blueprint("downloads", __name__)

FORMS = ("xml", "json", "csv")
PERIODS = (90, 365, 0)
"""Days back that are offered; 0 is everything."""
MOST = 500  # segments that are chosen one by one


@bp.get("/me/export")
@open_to(Role.PATIENT, Role.CAREGIVER)
def export() -> ResponseReturnValue:
    """Offer the record as files."""
    about, me = whose(), person()
    held = contents_of(unit(), about.record.id, by=me, now=now()) if about.own else None
    return _offered(
        about.patient,
        "downloads.mine",
        about.asks,
        about=about,
        mine=all_of_mine(),
        held=held,
    )


@bp.get("/p/<record_id>/export")
@open_to(Role.DOCTOR, Role.NURSE)
def export_granted(record_id: str) -> ResponseReturnValue:
    """Offer a clinician as files what is granted."""
    record = permit(
        unit(), Action.SEE_RECORD, by=person(), record_id=RecordId(record_id), now=now()
    )
    patient = unit().people.person(record.patient)
    return _offered(patient, "downloads.granted", {"record_id": record_id})


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


def _offered(patient: Person, then: str, asks: dict[str, Any], **more: object) -> str:
    return render_template(
        "documents/export.html",
        patient=patient,
        then=then,
        asks=asks,
        days=_days(),
        periods=PERIODS,
        **more,
    )


def _days() -> int:
    """Return how many days back are wanted; 0 for everything."""
    wanted = request.args.get("days", "0")
    return int(wanted) if wanted in map(str, PERIODS) else 0


def _first_day(days: int) -> date:
    return now().astimezone(ZoneInfo(zone())).date() - timedelta(days=days - 1)


def _file(record_id: RecordId, form: str) -> Response:
    if form not in FORMS:
        abort(404)
    chosen = [TrackingId(one) for one in request.args.getlist("segment")[:MOST]]
    days = _days()
    handout = hand_out(
        unit(),
        record_id,
        by=person(),
        now=now(),
        only=chosen or None,
        since=_first_day(days) if days else None,
        private="private" in request.args,
    )
    name = f"kanglu-{now():%Y%m%d}"
    if form == "xml":
        return _documents(handout, name)
    content = (
        as_bundle(unit(), handout, by=person(), now=now())
        if form == "json"
        else as_table(unit(), handout, language=language(), zone=zone())
    )
    return attachment(content, name=f"{name}.{form}", kind=_TYPES[form])


_TYPES = {"json": "application/fhir+json", "csv": "text/csv; charset=utf-8"}


def _documents(handout: Handout, name: str) -> Response:
    """Hand out one document, or where that would be too large one a year in one file."""
    parts = list(summaries(unit(), handout, now=now()))
    if len(parts) == 1:
        return attachment(parts[0].content, name=f"{name}.xml", kind="application/xml")
    files = [(f"{name}-{one.period or 'all'}.xml", one.content) for one in parts]
    return attachment(zipped(files, now()), name=f"{name}.zip", kind="application/zip")
