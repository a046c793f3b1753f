"""Doors for machines: alive, ready, the gauges, the webhook, and one segment by its tracking id."""

from collections.abc import Sequence
from hmac import compare_digest

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from records.services.handing import hand_out, health_file
from records.services.viewing import open_segment
from records.tracking import TrackingId
from records.vocabulary import Role
from webapp.access import attachment, open_to, open_without_transaction
from webapp.unit import house, now, person, unit

bp = Blueprint("machine", __name__)

LARGEST = 128 * 1024  # bytes of an update: twice what the Bot API builds one in


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
    if not (config.telegram_webhook_secrets and config.telegram_path):
        abort(404)
    known = compare_digest(path.encode(), config.telegram_path.encode())
    if not (known and _is_trusted(config.telegram_webhook_secrets)):
        abort(404)
    if not request.is_json:
        abort(415)
    body = request.get_data(cache=False)
    if len(body) > LARGEST:  # the site as a whole takes a little more
        abort(413)
    house().receive(body)
    return Response(status=200)


@bp.get("/records/<tracking_id>")
@open_to(*Role)
def segment(tracking_id: str) -> ResponseReturnValue:
    """Hand out one segment as its CDA document to whoever may read it, and say where it lies."""
    found, record = open_segment(unit(), TrackingId(tracking_id), by=person(), now=now())
    handout = hand_out(unit(), record.id, by=person(), now=now(), only=(found.id,), private=True)
    document, lies = health_file(unit(), handout, house().stored)
    answer = attachment(document, name=f"{found.id}.xml", kind="application/xml")
    answer.headers["Kanglu-Place"] = lies
    return answer


def _is_trusted(secrets: Sequence[str]) -> bool:
    """Say whether the secret that came is one of those valid now; each is compared to the end."""
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode()
    matches = [compare_digest(given, secret.encode()) for secret in secrets]
    return any(matches)
