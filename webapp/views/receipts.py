"""The receipt of a grant: a page to be read, and the same for a machine."""

import json

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from records.receipts import Receipt, as_json_ld
from records.services.receipting import receipt_of
from records.tracking import GrantId
from records.vocabulary import Role
from webapp.access import attachment, open_to
from webapp.language import language
from webapp.unit import now, person, unit

bp = Blueprint("receipts", __name__)

door = open_to(Role.PATIENT, Role.CAREGIVER)


@bp.get("/me/consents/<grant_id>/receipt")
@door
def page(grant_id: str) -> ResponseReturnValue:
    """Show the receipt of a grant."""
    return render_template("patient/receipt.html", receipt=_receipt(grant_id), now=now())


@bp.get("/me/consents/<grant_id>/receipt.json")
@door
def machine(grant_id: str) -> Response:
    """Hand the receipt out as JSON-LD."""
    found = json.dumps(as_json_ld(_receipt(grant_id), now=now()), ensure_ascii=False, indent=1)
    return attachment(found.encode(), name="receipt.json", kind="application/ld+json")


def _receipt(grant_id: str) -> Receipt:
    base = current_app.config["KANGLU"].base_url.rstrip("/")
    return receipt_of(
        unit(),
        GrantId(grant_id),
        by=person(),
        now=now(),
        language=language(),
        address=base + url_for("sharing.grants"),
    )
