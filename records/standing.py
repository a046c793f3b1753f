"""Where patients stand on a clinician's list: worked out once, and kept until something changes.

A standing rests only on what its reader may see. It is kept beside what it was made from: as soon
as anything of the record or of its leave has changed, or its time has passed, it counts no more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from records.findings.limits import Limits
from records.findings.reasons import Situation
from records.people import Person
from records.tracking import RecordId


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one patient stands for one reader, as far as nothing changes before `until`.

    `situation` is None for who is not on the list: not open to the reader, or dead. `reviewed`
    says whether the reader's review still holds, `helped` whether somebody helps the patient.
    """

    record: RecordId
    until: datetime
    name: str = ""
    situation: Situation | None = None
    weight: float = 0.0
    helped: bool = False
    reviewed: bool = False


class Standings(Protocol):
    """Standings as they are kept, each with what it rests on: the reader's `usual` limits too."""

    def of(
        self, reader: Person, usual: Limits, now: datetime
    ) -> Mapping[RecordId, Standing | None]:
        """Return each record that may be open to this reader; None where nothing kept counts."""
        ...

    def stale(
        self, reader: Person, usual: Limits, now: datetime, limit: int
    ) -> Collection[RecordId]:
        """Return some of those of which nothing kept counts, at most so many."""
        ...

    def keep(self, reader: Person, standings: Sequence[Standing]) -> None:
        """Keep what was worked out from the records as they were found in this transaction."""
        ...

    def look(self, reader: Person, now: datetime) -> None:
        """Note that this reader looks at the own list."""
        ...

    def readers(self, since: datetime) -> Collection[str]:
        """Return who has looked at a list since then."""
        ...
