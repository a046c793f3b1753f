"""The log of a large house: lines sealed and verified a second, on a SQLite file."""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from records.policy import Action
from records.services.ports import Face, Note
from records.tracking import PersonId, RecordId
from records.vocabulary import Purpose, SegmentKind
from storage.house import StorageHouse
from storage.registry.audit import write_lines
from tests.bench.figures import Figure
from tests.cast import NOON, Clock
from tests.soak.log import open_house

LINES, RECORDS, A_TIME = 1_000_000, 10_000, 1_000


def measure(_parts: Path, lines: int = LINES) -> list[Figure]:
    """Return lines a second of writing, sealing and verifying, in seconds of work."""
    with tempfile.TemporaryDirectory() as place:
        house = open_house(Path(place), Clock())
        house.migrate()
        writing = _seconds(lambda: _write(house, lines))
        sealing = _seconds(lambda: _seal(house))
        house.log.roots.step()
        verifying = _seconds(lambda: _verify(house, lines))
        house.close()
    return [
        Figure("log.written", lines / writing, "lines/s"),
        Figure("log.sealed", lines / sealing, "lines/s"),
        Figure("log.verified", lines / verifying, "lines/s"),
    ]


def _write(house: StorageHouse, lines: int) -> None:
    for begin in range(0, lines, A_TIME):
        notes = [_note(number) for number in range(begin, begin + A_TIME)]
        with house.database.session(writing=True) as session:
            write_lines(session, notes, house.database.sealing, face=Face.SITE, consents={})


def _note(number: int) -> Note:
    return Note(
        NOON + timedelta(milliseconds=number),
        Action.READ_SEGMENT,
        True,
        "treats_the_patient+asks_for_treatment+holds_an_open_grant",
        PersonId(f"{number % 97:032x}"),
        RecordId(f"{number * 7919 % RECORDS:032x}"),
        Purpose.TREATMENT,
        frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS}),
    )


def _seal(house: StorageHouse) -> None:
    while house.log.sealer.seal():
        pass


def _verify(house: StorageHouse, lines: int) -> None:
    report = house.log.verify()
    if not report.whole or report.lines != lines:
        raise AssertionError(report)


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
