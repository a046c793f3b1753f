"""Keeping what Telegram sends, by whichever way it comes: first kept, then acknowledged."""

import json
from collections.abc import Callable
from hashlib import sha256

import structlog

from bot.telegram.reading import BOT, Received, envelope

log = structlog.get_logger(__name__)

Keep = Callable[[str, str, str, bytes], bool]


def keep_update(keep: Keep, update: object) -> Received | None:
    """Keep a decoded update under its exact id; None where it has none, and is kept all the same.

    Raises what `keep` raises: then it must not be acknowledged.
    """
    body = json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found = envelope(update)
    if found is None:
        _keep_strange(keep, body)
        return None
    keep(BOT, str(found.update_id), found.address, body)
    return found


def keep_body(keep: Keep, body: bytes) -> None:
    """Keep an update as it was pushed to us, whatever it is."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        update = None
    found = envelope(update)
    if found is None:
        _keep_strange(keep, body)
    else:
        keep(BOT, str(found.update_id), found.address, body)


def _keep_strange(keep: Keep, body: bytes) -> None:
    """Keep what has no id under the digest of its bytes, so that it too is there only once."""
    log.error("update_without_id")
    keep(BOT, f"strange-{sha256(body).hexdigest()[:32]}", "", body)
