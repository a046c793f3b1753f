"""The door for devices: readings in, with a token that can do nothing else; and how to use it."""

import msgspec
from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from records.devices import Told
from records.services.devices import let_in
from records.services.reporting import MOST_AT_ONCE, Outcome, file_from_device
from records.wording import later
from webapp import openapi
from webapp.access import open_to_all, open_without_transaction
from webapp.errors import problem
from webapp.language import words
from webapp.unit import house, now

bp = Blueprint("api", __name__)

BEARER = "Bearer "
NO_TOKEN = (
    later("No device with this token"),
    later("Send the token of a device in the Authorization header; the patient makes it."),
)
NOT_JSON = (later("Not JSON"), later("Send the readings as application/json."))
TOO_MANY = (later("Too much at once"), later("Send at most 500 readings at once."))
NO_READINGS = (
    later("No readings to be found"),
    later('Send an object with a list of readings, such as {"items": [ … ]}.'),
)


class Batch(msgspec.Struct):
    """What a device sends: each reading is read for itself, so that one spoils no other."""

    items: list[msgspec.Raw]


@bp.post("/api/v1/observations")
@open_without_transaction
def observations() -> ResponseReturnValue:
    """File the readings of a device and say of each what became of it."""
    with house().begin(True) as opened:
        device = let_in(opened, _token(), now=now())
    if device is None:
        refused = problem(401, *NO_TOKEN)
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    if request.mimetype != "application/json":
        return problem(415, *NOT_JSON)
    if (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        return problem(413, *TOO_MANY)
    try:
        batch = msgspec.json.decode(request.get_data(cache=False), type=Batch)
    except (msgspec.MsgspecError, RecursionError):
        return problem(422, *NO_READINGS)
    if len(batch.items) > MOST_AT_ONCE:
        return problem(413, *TOO_MANY)
    sent = [_told(one) for one in batch.items]
    emergency = current_app.config["KANGLU"].emergency_number
    with house().begin(True) as opened:
        outcomes = file_from_device(opened, device, sent, now=now(), emergency=emergency)
    return jsonify(items=[_said(one) for one in outcomes])


def _token() -> str:
    """Return the token of the call, or nothing."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(BEARER).strip() if header.startswith(BEARER) else ""


def _told(item: msgspec.Raw) -> Told | str:
    """Return one reading, or the reason why it cannot be read."""
    try:
        return msgspec.json.decode(item, type=Told)
    except (msgspec.MsgspecError, RecursionError, ArithmeticError):
        return "item_unreadable"


def _said(outcome: Outcome) -> dict[str, object]:
    said: dict[str, object] = {"key": outcome.key, "status": str(outcome.fate)}
    if outcome.reason:
        said["reason"] = outcome.reason
        said["detail"] = str(words(openapi.REASONS[outcome.reason]))
    if not outcome.counts:
        said["counts"] = False
        said["detail"] = str(words(openapi.NOT_COUNTED))
    return said


@bp.get("/api/v1/openapi.json")
@open_without_transaction
def document() -> ResponseReturnValue:
    """Hand out the description that machines read."""
    return jsonify(openapi.document(current_app.config["KANGLU"].base_url))


@bp.get("/api/docs")
@open_to_all
def docs() -> ResponseReturnValue:
    """Show the same description to people."""
    described = openapi.document(current_app.config["KANGLU"].base_url)
    return Response(
        render_template(
            "public/api.html", api=described, reasons=openapi.REASONS, codes=openapi.codes()
        )
    )
