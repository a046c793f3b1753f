"""The receipts of consent: all of them, each as a page to be read, and the same for a machine."""

import json

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from records.receipts import Receipt, as_json_ld
from records.services.receipting import Terms, receipt_of, receipt_of_hiding, receipts_of
from records.tracking import GrantId, HidingId
from records.vocabulary import Role
from webapp.access import attachment, open_to
from webapp.language import language
from webapp.unit import now, person, unit
from webapp.views.whose import my_own

bp = Blueprint("receipts", __name__)

door = open_to(Role.PATIENT, Role.CAREGIVER)


@bp.get("/me/receipts")
@open_to(Role.PATIENT)
def every() -> ResponseReturnValue:
    """Show all receipts: what was given and withdrawn, hidden and shown again."""
    found = receipts_of(unit(), my_own().record.id, by=person(), now=now(), terms=terms())
    return render_template("patient/receipts.html", receipts=found, now=now())


@bp.get("/me/consents/<grant_id>/receipt")
@door
def page(grant_id: str) -> ResponseReturnValue:
    """Show the receipt of a grant."""
    return _page(_of_grant(grant_id), url_for(".machine", grant_id=grant_id))


@bp.get("/me/consents/<grant_id>/receipt.json")
@door
def machine(grant_id: str) -> Response:
    """Hand the receipt of a grant out as JSON-LD."""
    return _machine(_of_grant(grant_id))


@bp.get("/me/hidden/<hiding_id>/receipt")
@door
def hiding(hiding_id: str) -> ResponseReturnValue:
    """Show the receipt of what is or was hidden."""
    return _page(_of_hiding(hiding_id), url_for(".hiding_machine", hiding_id=hiding_id))


@bp.get("/me/hidden/<hiding_id>/receipt.json")
@door
def hiding_machine(hiding_id: str) -> Response:
    """Hand the receipt of what is or was hidden out as JSON-LD."""
    return _machine(_of_hiding(hiding_id))


def terms() -> Terms:
    """Return how receipts are written for whoever asks now."""
    base = current_app.config["KANGLU"].base_url.rstrip("/")
    places = (base + url_for(one) for one in ("sharing.grants", "hiding.hidden"))
    return Terms(language(), *places)


def _of_grant(grant_id: str) -> Receipt:
    return receipt_of(unit(), GrantId(grant_id), by=person(), now=now(), terms=terms())


def _of_hiding(hiding_id: str) -> Receipt:
    return receipt_of_hiding(unit(), HidingId(hiding_id), by=person(), now=now(), terms=terms())


def _page(receipt: Receipt, file: str) -> str:
    return render_template("patient/receipt.html", receipt=receipt, file=file, now=now())


def _machine(receipt: Receipt) -> Response:
    found = json.dumps(as_json_ld(receipt, now=now()), ensure_ascii=False, indent=1)
    return attachment(found.encode(), name="receipt.json", kind="application/ld+json")
