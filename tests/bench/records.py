"""The record engine over the folder of real documents, beside what else reads them."""

import io
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lxml import etree

from records.cda import EmrRecord
from tests.bench.figures import Figure
from tests.bench.peers import Peer, PeerMissing, Spent, blue_button, dom4j
from tests.records.cda.engine.real import FOLDERS

REPOSITORY = Path(__file__).resolve().parents[2]
ROUNDS = 9
EACH = 5
"""Every fifth file for the slowest peer: it needs a second or so a document."""

Run = Callable[[], Spent]
Work = Callable[[bytes], object]


def bare(content: bytes) -> None:
    """Parse a document as lxml does, and do nothing with it."""
    etree.parse(io.BytesIO(content))


def canonical(content: bytes) -> None:
    """Parse a document as lxml does and write its canonical form, which no cut goes without."""
    etree.tostring(etree.parse(io.BytesIO(content)), method="c14n", with_comments=True)


@dataclass(frozen=True, slots=True)
class Contest:
    """What of ours is held against what of theirs, and how many times as fast it should be.

    `start` begins a peer; without one `theirs` is run here.
    """

    name: str
    against: str
    ours: Work
    start: Callable[[], AbstractContextManager[Peer]] | None = None
    aim: float | None = None
    theirs: Work = bare


def segmented(content: bytes) -> None:
    """Parse a document and divide it: every segment's canonical bytes are made."""
    EmrRecord.parse(content).segments()


def walked(content: bytes) -> None:
    """Parse a document and find every section in it."""
    for _ in EmrRecord.parse(content).walk("section"):
        pass


def measure(parts: Path) -> list[Figure]:
    """Return MB and documents a second of parse and segment, and how many times that of others.

    Both sides have the same bytes in memory and the same one core, and take turns; each figure is
    the median of the rounds, in seconds of work (the rows `wall`: of waiting, load and all).
    """
    shared = Path(os.environ.get("KANGLU_SHARED") or REPOSITORY.parent / "shared") / "data/cda"
    files = [one for name in FOLDERS for one in sorted((shared / name).glob("*"))]
    if not files:
        return [Figure("records", failed=f"no documents in {shared}")]
    parts.mkdir(exist_ok=True)
    contents = {one: one.read_bytes() for one in files}
    contests = (
        Contest("lxml", "bare lxml.etree.parse", segmented, aim=1 / 3),
        Contest("canonical", "lxml's parse and canonical form", segmented, theirs=canonical),
        Contest("dom4j", "dom4j, parse and walk", segmented, lambda: dom4j(parts, files), 3),
        Contest("dom4j_walk", "the same, ours walked too", walked, lambda: dom4j(parts, files)),
        Contest(
            "blue_button",
            "@amida-tech/blue-button",
            segmented,
            lambda: blue_button(parts, files[::EACH]),
            20,
        ),
    )
    with _on_one_core():
        figures = [row for one in contests for row in _rows(one, contents)]
    return [*figures, Figure("records.load", os.getloadavg()[0], "processes at work")]


def _rows(contest: Contest, contents: Mapping[Path, bytes]) -> Iterator[Figure]:
    """Return documents a second of another, and ours to theirs on the files it can read."""
    name = f"records.{contest.name}"
    try:
        if contest.start is None:
            theirs_once = _passing(contest.theirs, contents.values())
            rounds = _rounds(contest.ours, contents.values(), theirs_once)
            number = len(contents)
        else:
            with contest.start() as peer:
                read = [contents[one] for one in peer.files]
                rounds = _rounds(contest.ours, read, peer.once)
                number = len(read)
    except PeerMissing as error:
        yield Figure(name, against=contest.against, aim=contest.aim, failed=str(error))
        return
    if contest.start is None and contest.theirs is bare:
        yield from _own(contents.values(), [ours for ours, _ in rounds])
    for clock, aim in (("work", contest.aim), ("wall", None)):
        ours, theirs = ([getattr(one, clock) for one in side] for side in zip(*rounds, strict=True))
        ratio = median(their / our for our, their in zip(ours, theirs, strict=True))
        row = name if clock == "work" else f"{name}.{clock}"
        yield Figure(row, number / median(theirs), "documents/s", contest.against, ratio, aim)


def _own(contents: Iterable[bytes], spent: Sequence[Spent]) -> Iterator[Figure]:
    sizes = [len(one) for one in contents]
    work = median(one.work for one in spent)
    yield Figure("records.megabytes", sum(sizes) / 1e6 / work, "MB/s")
    yield Figure("records.documents", len(sizes) / work, "documents/s")


def _rounds(ours: Work, contents: Iterable[bytes], theirs: Run) -> list[tuple[Spent, Spent]]:
    """Let both take turns; what the first round warms up is not counted."""
    own = _passing(ours, contents)
    return [(own(), theirs()) for _ in range(ROUNDS + 1)][1:]


def _passing(work: Work, contents: Iterable[bytes]) -> Run:
    def once() -> Spent:
        worked, begun = time.process_time(), time.perf_counter()
        for content in contents:
            work(content)
        return Spent(time.process_time() - worked, time.perf_counter() - begun)

    return once


@contextmanager
def _on_one_core() -> Iterator[None]:
    """Keep this process, and the peers it starts, on one core where the system can (Linux)."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
