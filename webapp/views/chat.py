"""The web chat: a page that posts to the spool and reads the answers from a table."""

import hashlib
import json
import time
from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from records.attachments import Cleaned
from records.errors import NotValid
from records.services.posting import Line
from records.tracking import AttachmentId, PersonId, fresh
from records.vocabulary import Role
from records.wording import later
from webapp.access import open_to, whoever
from webapp.errors import reason_words
from webapp.unit import house, now, person, transaction

bp = Blueprint("chat", __name__)

BOT = "web"
LINES = 60
LONGEST = 4096  # characters, as in the other chat
TOO_LONG = later("Please send a shorter text: 4,000 characters at most.")
NOTHING = later("Please write something first.")
PATIENCE = 1.0  # seconds a post waits for its answer, so that the next page already shows it
GLANCE = 0.05
door = open_to(Role.PATIENT, Role.CAREGIVER)


@bp.get("/chat")
@door
def page() -> ResponseReturnValue:
    """Show the chat: the lines, their buttons, the keys and a field to write in."""
    return _drawn()


@bp.get("/chat/lines")
@door
def lines() -> ResponseReturnValue:
    """Say to the page's script whether there is anything new, as one word."""
    found = house().lines(person().id, LINES)
    return jsonify(last=_last(found))


@bp.get("/chat/pictures/<line>.png")
@door
def picture(line: str) -> ResponseReturnValue:
    """Show the picture of one line of the speaker's own chat."""
    return Response(house().picture(person().id, line), content_type="image/png")


@bp.post("/chat")
@open_to(Role.PATIENT, Role.CAREGIVER, transaction_of_its_own=True)
def say() -> ResponseReturnValue:
    """Keep what was written, tapped or sent along, and wait a moment for the answer."""
    text = request.form.get("text", "").strip()
    token = request.form.get("token", "")
    with transaction(writing=False):
        me = whoever(Role.PATIENT, Role.CAREGIVER).id
        if len(text) > LONGEST:
            return _drawn(text, TOO_LONG), 422
        if not (text or token or _chosen()):
            return _drawn(text, NOTHING), 422
    try:
        sent = _sent_along(me)
    except NotValid as refused:
        with transaction(writing=False):
            return _drawn(text, reason_words(refused)), 422
    before = _last(house().lines(me, LINES))
    house().keep(BOT, fresh(), me, _body(text, token, sent))
    _wait_for_an_answer(me, before)
    return redirect(url_for(".page", _anchor="write"))


def _drawn(text: str = "", wrong: str = "") -> str:
    """Draw the chat; what was written and cannot be sent stays in its field, with why."""
    lines = house().lines(person().id, LINES)
    keys = next((line.keys for line in reversed(lines) if line.keys), ())
    return render_template(
        "chat/page.html", lines=lines, keys=keys, last=_last(lines), text=text, wrong=wrong
    )


def _chosen() -> FileStorage | None:
    """Return the file of the form, if one was chosen."""
    chosen = request.files.get("file")
    return chosen if chosen is not None and chosen.filename else None


def _sent_along(me: PersonId) -> dict[str, str]:
    """Keep the file of the form, if there is one, and return what the chat must know of it.

    Its bytes are here before the message says so; they belong nowhere until it is answered.
    """
    chosen = _chosen()
    if chosen is None:
        return {}
    cleaned: Cleaned = house().clean(chosen.read())
    attachment = AttachmentId(fresh())
    with transaction(writing=True) as opened:
        opened.attachments.put(attachment, cleaned, me)
    return {"kind": "file", "attachment": attachment, "media": cleaned.media}


def _body(text: str, token: str, sent: dict[str, str]) -> bytes:
    if token:
        return json.dumps({"kind": "tap", "token": token}).encode()
    said = {"kind": "text", "text": text, "sent": now().isoformat(), **sent}
    return json.dumps(said).encode()


def _last(lines: Sequence[Line]) -> str:
    """Return a mark that changes whenever a line comes, changes or is answered."""
    shown = [(one.id, one.mine, one.text, one.waiting) for one in lines]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _wait_for_an_answer(me: PersonId, before: str) -> None:
    """Wait until something new stands in the chat and nothing waits, but not for long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = house().lines(me, LINES)
        if _last(found) != before and not any(one.waiting for one in found):
            return
        time.sleep(GLANCE)
