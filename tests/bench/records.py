"""The record engine over the folder of real documents, beside what else reads them."""

import io
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from records.cda import EmrRecord
from tests.bench.figures import Figure
from tests.bench.peers import PeerMissing, Work, blue_button, dom4j
from tests.records.cda.engine.real import FOLDERS

REPOSITORY = Path(__file__).resolve().parents[2]
ROUNDS = 7
EACH = 5
"""Every fifth file for the slowest peer: it needs a second or so a document."""


def measure(parts: Path) -> list[Figure]:
    """Return MB and documents a second of parse and segment, and how many times that of others.

    All in seconds of work, not of waiting, and each one's best round over all files.
    """
    shared = Path(os.environ.get("KANGLU_SHARED") or REPOSITORY.parent / "shared") / "data/cda"
    files = [one for name in FOLDERS for one in sorted((shared / name).glob("*"))]
    if not files:
        return [Figure("records", failed=f"no documents in {shared}")]
    parts.mkdir(exist_ok=True)
    contents = {str(one.resolve()): one.read_bytes() for one in files}
    ours = _best(contents, lambda content: EmrRecord.parse(content).segments())
    bare = _best(contents, lambda content: etree.parse(io.BytesIO(content)))
    whole = sum(ours.values())
    peers: tuple[tuple[str, str, float, Callable[[], Work]], ...] = (
        ("lxml", "bare lxml.etree.parse", 1 / 3, lambda: Work(tuple(bare), sum(bare.values()))),
        ("dom4j", "dom4j, parse and walk", 3, lambda: dom4j(parts, files)),
        ("blue_button", "@amida-tech/blue-button", 20, lambda: blue_button(parts, files[::EACH])),
    )
    return [
        Figure("records.megabytes", sum(map(len, contents.values())) / 1e6 / whole, "MB/s"),
        Figure("records.documents", len(ours) / whole, "documents/s"),
        *(_beside(name, ours, run, against, aim) for name, against, aim, run in peers),
    ]


def _best(contents: Mapping[str, bytes], work: Callable[[bytes], object]) -> dict[str, float]:
    """Return the seconds of each document in the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        told = {}
        for name, content in contents.items():
            begun = time.process_time()
            work(content)
            told[name] = time.process_time() - begun
        rounds.append(told)
    return min(rounds, key=lambda one: sum(one.values()))


def _beside(
    name: str, ours: Mapping[str, float], run: Callable[[], Work], against: str, aim: float
) -> Figure:
    """Return documents a second of another, and ours to theirs on the files it can read."""
    try:
        theirs = run()
    except PeerMissing as error:
        return Figure(f"records.{name}", against=against, aim=aim, failed=str(error))
    ratio = theirs.seconds / sum(ours[one] for one in theirs.files)
    speed = len(theirs.files) / theirs.seconds
    return Figure(f"records.{name}", speed, "documents/s", against, ratio, aim)
