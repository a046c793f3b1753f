"""What every answer carries so that a browser guards it."""

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

TALKS = frozenset(
    {"chat.page", "doctor.patient", "patient.home", "readings.overview", "today.page"}
)
"""Pages whose script asks our own server for what is new."""
SENT_ALONG = "files"  # what came from outside runs nothing, whatever it is
FILES = frozenset({"static", "bootstrap.static"})


def guard(app: Flask) -> None:
    """Put the headers on every answer; keep nothing but our own files in any cache."""

    @app.after_request
    def dressed(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        if request.endpoint in TALKS and answer.status_code == 200:
            answer.headers["Content-Security-Policy"] = f"{POLICY}; connect-src 'self'"
        if request.blueprint == SENT_ALONG:
            answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
        if request.endpoint in FILES:
            answer.headers["Cache-Control"] = "public, max-age=3600"
        else:
            answer.headers["Cache-Control"] = "no-store"
        if request.endpoint == "security.logout":
            answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer
