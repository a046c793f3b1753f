"""Files that come with a form: let in where they are asked for, and held in memory alone."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request

from records.attachments import LARGEST_PICTURE

WITH_FILES = "multipart/form-data"
TAKES_FILES = frozenset({"chat.say", "documents.bring", "documents.bring_for"})
BESIDE = 256 * 1024  # bytes of the rest of the form


class InMemory(Request):
    """A request whose files never touch a disk: they would lie there unsealed."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def let_files_in(app: Flask) -> None:
    """Let pages that take files take more bytes than the others; comes before anything reads."""
    app.request_class = InMemory

    @app.before_request
    def wider() -> None:
        if request.endpoint in TAKES_FILES and request.mimetype == WITH_FILES:
            request.max_content_length = LARGEST_PICTURE + BESIDE
