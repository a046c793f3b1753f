"""The record as it is kept: its segments with their sizes and places, and each one to be read."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.people import Scope
from records.services.reading import list_segments, read_segment
from records.tracking import RecordId, TrackingId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.unit import now, person, unit
from webapp.views.whose import Whose, whose

bp = Blueprint("reading", __name__)

LAST_PAGE = 10_000


@bp.get("/me/record")
@open_to(Role.PATIENT, Role.CAREGIVER)
def mine() -> ResponseReturnValue:
    """List the segments of a patient's record."""
    about = _seen()
    back = url_for("patient.home", **about.asks)
    return _list(about.record.id, "reading.of_mine", about.asks, back)


@bp.get("/me/record/<tracking_id>")
@open_to(Role.PATIENT, Role.CAREGIVER)
def of_mine(tracking_id: str) -> ResponseReturnValue:
    """Show a patient one segment."""
    about = _seen()
    return _show(about.record.id, tracking_id, url_for(".mine", **about.asks))


@bp.get("/p/<record_id>/record")
@open_to(Role.DOCTOR, Role.NURSE)
def granted(record_id: str) -> ResponseReturnValue:
    """List the segments a clinician was granted."""
    asks: dict[str, Any] = {"record_id": record_id}
    back = url_for("doctor.patient", **asks)
    return _list(RecordId(record_id), "reading.of_granted", asks, back)


@bp.get("/p/<record_id>/record/<tracking_id>")
@open_to(Role.DOCTOR, Role.NURSE)
def of_granted(record_id: str, tracking_id: str) -> ResponseReturnValue:
    """Show a clinician one segment."""
    return _show(RecordId(record_id), tracking_id, url_for(".granted", record_id=record_id))


def _seen() -> Whose:
    about = whose()
    if not about.may(Scope.SEE):
        abort(404)
    return about


def _list(record_id: RecordId, then: str, asks: dict[str, Any], back: str) -> ResponseReturnValue:
    wanted = request.args.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    page = list_segments(
        unit(), record_id, by=person(), now=now(), page=min(max(number, 1), LAST_PAGE)
    )
    endpoint = str(request.endpoint)
    return render_template(
        "documents/record.html",
        page=page,
        then=then,
        asks=asks,
        back=back,
        endpoint=endpoint,
        own=page.view.reach.own,
    )


def _show(record_id: RecordId, tracking_id: str, back: str) -> ResponseReturnValue:
    opened = read_segment(
        unit(), TrackingId(tracking_id), record_id=record_id, by=person(), now=now()
    )
    return render_template("documents/segment.html", opened=opened, back=back)
