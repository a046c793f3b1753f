"""What can go wrong, said once: a page for each, and a sentence for each entry we cannot keep."""

import json
import logging
import secrets
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from records.errors import (
    LinkExpired,
    LinkUsed,
    NotFound,
    NotPermitted,
    NotValid,
    Stale,
    TooOften,
)
from records.wording import later
from webapp.language import words

log = logging.getLogger(__name__)

API = "/api/v1/"
PROBLEM = "application/problem+json"

NO_PAGE = (
    later("This page is not here"),
    later("It may have been moved, or it is not open to you. Nothing is lost."),
)
PAGES = {
    400: (
        later("We could not use what was sent"),
        later("Please go back, reload the page and try once more."),
    ),
    404: NO_PAGE,
    409: (
        later("Somebody changed this in the meantime"),
        later("Please go back, reload the page and look at it again."),
    ),
    410: (later("This link has ended"), later("Please ask for a new one.")),
    413: (
        later("That was too much at once"),
        later("Please send a shorter text, or a smaller photo or file."),
    ),
    429: (later("A little too fast"), later("Please wait a minute and try again.")),
    500: (
        later("Something went wrong on our side"),
        later("Nothing you had saved is lost. Please try again in a moment."),
    ),
    503: (later("We are not quite ready"), later("Please try again in a moment.")),
}

CODE_DOES_NOT_FIT = later("This code does not fit. Please try the next one.")

REASONS = {
    "choose_a_kind": later("Please choose at least one kind."),
    "period_is_empty": later("The last day must come after the first."),
    "until_is_past": later("Please choose a day that is still to come."),
    "never_public": later("Name, birthday and contact are never released."),
    "emergency_reason": later("Please say why, in at least 20 letters."),
    "second_needed": CODE_DOES_NOT_FIT,
    "nobody_found": later("Nobody was found by this name and birthday."),
    "reason_needed": later("Please say in a few words why."),
    "reason_too_long": later("Please shorten it to 300 characters."),
    "too_many_requests": later("Several of your requests wait already. Please wait for those."),
    "choose_a_grantee": later("Please choose who it is for."),
    "choose_some_help": later("Please choose at least one thing."),
    "help_too_long": later("Please choose a day within a year."),
    "last_guardian": later("Nobody else decides for this patient yet. Name another first."),
    "name_needed": later("Please write a name of at most 80 letters."),
    "year_unclear": later("Please write a year, like 1950."),
    "too_many_profiles": later("You decide for many people already."),
    "order_empty": later("Please write what you ask of the patient."),
    "order_too_long": later("Please shorten the order to 1,000 characters."),
    "order_changed": later("Somebody has changed this order meanwhile. Please look again."),
    "order_withdrawn": later("This order was withdrawn meanwhile. It cannot be changed any more."),
    "order_over": later("This order is answered or over. Place a new one instead."),
    "repeat_until": later("Please choose a last day after the first, within a year."),
    "too_many_invited": later("Many have not answered yet. Please take some back first."),
    "limit_too_far": later("Please look at this number once more."),
    "both_languages": later("Please write it in both languages."),
    "text_too_long": later("Please make it shorter."),
    "changed_meanwhile": later("Somebody else has changed this. Open it again and look first."),
    "too_many_templates": later("Please take a template away first."),
    "repeat_days": later("Please write for how many days, at most 365."),
    "due_is_past": later("Please choose a time that is still to come."),
    "hour_is_quiet": later("Please choose an hour between 07:00 and 21:30."),
    "too_many_hours": later("Please choose at most four hours a day."),
    "note_empty": later("Please write something first."),
    "note_too_long": later("Please shorten the note to 4,000 characters."),
    "device_unnamed": later("Please give the device a name."),
    "file_too_large": later(
        "That is too large. A photo or a health document may have 10 MB, a voice 5, a file 2."
    ),
    "not_a_document": later("This is no health document (CDA, XML). Please choose another."),
    "several_patients": later("This document is about several people. It cannot be added."),
    "file_empty": later("There was nothing in that file. Please choose it once more."),
    "picture_unreadable": later("This picture could not be opened. Please choose a JPEG or PNG."),
}
OTHERWISE = later("Please look at this once more.")

LINK_USED = later("This link was used already. Ask for a new one.")
LINK_EXPIRED = later("This link has expired. Ask for a new one.")


def reason_words(refused: NotValid) -> str:
    """Return the English sentence for a reason the core gives; the catalogue has the Chinese."""
    return REASONS.get(refused.reason, OTHERWISE)


def error_page(status: int, sentence: str = "") -> Response:
    """Draw the one page for a status; it names only a trace id."""
    title, otherwise = PAGES.get(status, PAGES[400 if status < 500 else 500])
    trace = secrets.token_hex(4)
    if status >= 500:
        log.error("page_failed", extra={"trace": trace})
    if request.path.startswith(API):
        return problem(status, title, sentence or otherwise)
    page = render_template("error.html", heading=title, sentence=sentence or otherwise, trace=trace)
    return Response(page, status)


def problem(status: int, title: str, sentence: str) -> Response:
    """Return what went wrong as a machine reads it (RFC 9457), in one sentence."""
    said = {
        "type": "about:blank",
        "title": str(words(title)),
        "status": status,
        "detail": str(words(sentence)),
    }
    return Response(json.dumps(said, ensure_ascii=False), status, mimetype=PROBLEM)


def answer_errors(app: Flask) -> None:
    """Turn what the core and the server raise into pages, in one place."""
    for kind, page in ANSWERS.items():
        app.register_error_handler(kind, page)


def _of_the_server(raised: HTTPException) -> Response:
    status = raised.code or 500
    if raised.response is not None or status < 400:
        return Response(raised.get_response().get_data(), status, raised.get_headers())
    answer = error_page(404 if status in (401, 403) else status)
    for name, value in raised.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _later(answer: Response) -> Response:
    answer.headers["Retry-After"] = "60"
    return answer


def _unforeseen(raised: Exception) -> Response:
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise raised
    # Where it happened, and nothing of what was in it: messages and addresses may hold tokens.
    frame = traceback.extract_tb(raised.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    log.error("request_failed", extra={"kind": type(raised).__name__, "where": where})
    return error_page(500)


class HelpsNobody(Exception):
    """A caregiver without anybody to help yet opened a page that is about somebody."""


ANSWERS: dict[type[Exception], Callable[[Any], Response]] = {
    NotPermitted: lambda _: error_page(404),
    NotFound: lambda _: error_page(404),
    NotValid: lambda refused: error_page(400, reason_words(refused)),
    HelpsNobody: lambda _: Response(render_template("patient/nobody.html")),
    Stale: lambda _: error_page(409),
    TooOften: lambda _: _later(error_page(429)),
    LinkUsed: lambda _: error_page(410, LINK_USED),
    LinkExpired: lambda _: error_page(410, LINK_EXPIRED),
    HTTPException: _of_the_server,
    Exception: _unforeseen,
}
"""What is raised, and the page that answers it; a refusal and an absence look the same."""
