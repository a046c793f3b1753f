"""Doors for machines: alive, ready, the gauges, the webhook, and one segment by its tracking id."""

import json
from hmac import compare_digest
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from records.services.viewing import open_segment
from records.tracking import TrackingId, fresh
from records.vocabulary import Role
from webapp.access import attachment, open_to, open_without_transaction
from webapp.unit import house, now, person, unit

bp = Blueprint("machine", __name__)

TELEGRAM = "telegram"
LARGEST = 128 * 1024  # bytes of an update: twice what the Bot API builds one in
STRANGE = "unreadable"


@bp.get("/healthz")
@open_without_transaction
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return Response("ok\n", content_type="text/plain")


@bp.get("/readyz")
@open_without_transaction
def ready() -> ResponseReturnValue:
    """Say of each part whether it works; 503 while one does not."""
    checks = house().checks()
    said = {name: {"ready": works, "words": words} for name, works, words in checks}
    return jsonify(said), 200 if all(works for _, works, _ in checks) else 503


@bp.get("/metrics")
@open_without_transaction
def metrics() -> ResponseReturnValue:
    """Show the gauges as Prometheus reads them."""
    registry = CollectorRegistry()
    for name, value in house().gauges().items():
        Gauge(f"kanglu_{name}", name.replace("_", " "), registry=registry).set(value)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@bp.post("/telegram/<path>")
@open_without_transaction
def webhook(path: str) -> ResponseReturnValue:
    """Keep an update, then acknowledge it: what cannot be read is kept aside and answered too."""
    config = current_app.config["KANGLU"]
    secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not (config.telegram_webhook_secret and config.telegram_path):
        abort(404)
    known = compare_digest(path.encode(), config.telegram_path.encode())
    trusted = compare_digest(secret.encode(), config.telegram_webhook_secret.encode())
    if not (known and trusted):
        abort(404)
    if not request.is_json:
        abort(415)
    request.max_content_length = LARGEST
    body = request.get_data(cache=False)
    update_id, address = _who_wrote(body)
    house().keep(TELEGRAM, update_id, address, body)
    return Response(status=200)


@bp.get("/records/<tracking_id>")
@open_to(*Role)
def segment(tracking_id: str) -> ResponseReturnValue:
    """Hand out one segment as its CDA document to whoever may read it."""
    found, _ = open_segment(unit(), TrackingId(tracking_id), by=person(), now=now())
    document = house().document(unit(), found)
    return attachment(document, name=f"{tracking_id}.xml", kind="application/xml")


def _who_wrote(body: bytes) -> tuple[str, str]:
    """Return an update's id and the chat it belongs to; random ones for what cannot be read."""
    try:
        update = json.loads(body)
        return str(int(update["update_id"])), _address(update)
    except (ValueError, TypeError, KeyError):
        return f"{STRANGE}-{fresh()}", ""


def _address(update: dict[str, Any]) -> str:
    """Return the id of the chat an update came from, or of who sent it."""
    for part in update.values():
        if isinstance(part, dict):
            message = part.get("message") if isinstance(part.get("message"), dict) else part
            chat = (message or {}).get("chat") or part.get("from") or {}
            if isinstance(chat, dict) and "id" in chat:
                return str(chat["id"])
    return ""
