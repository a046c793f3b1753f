"""`flask --app wsgi split`: what a CDA file divides into."""

import json
import sys

import click
from flask import Flask

from records.cda import EmrRecord, NotTaken
from records.cda.engine.parsing import LARGEST


def add_split(app: Flask) -> None:
    """Add the command to the site's."""

    @app.cli.command("split")
    @click.argument("files", nargs=-1, required=True, type=click.Path())
    def split(files: tuple[str, ...]) -> None:
        """Divide CDA files into segments: one JSON line a file."""
        lines = [split_file(file) for file in files]
        for line in lines:
            click.echo(json.dumps(line, ensure_ascii=False))
        sys.exit(0 if all(line["ok"] for line in lines) else 1)


def split_file(file: str) -> dict[str, object]:
    """Return a CDA file's segments by kind with their counts and digests, or why it has none."""
    try:
        with open(file, "rb") as opened:
            content = opened.read(LARGEST + 1)
        segments = EmrRecord.parse(content).segments()
    except OSError as error:
        return {"file": file, "ok": False, "error": f"{error.strerror}.", "segments": []}
    except NotTaken as error:
        return {"file": file, "ok": False, "error": str(error), "segments": []}
    told = [
        {
            "kind": str(one.kind),
            "sections": list(one.sections),
            "entries": one.entries,
            "sha256": one.sha256,
        }
        for one in segments
    ]
    return {"file": file, "ok": True, "error": None, "segments": told}
