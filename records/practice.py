"""How a clinician likes to see things."""

from typing import Protocol

from records.findings.guidelines import Guideline
from records.tracking import PersonId

USUAL = Guideline.ESC


class Practices(Protocol):
    """By which guideline each clinician names an average."""

    def guideline_of(self, person_id: PersonId) -> Guideline | None:
        """Return the guideline a clinician chose, if any was chosen."""
        ...

    def choose(self, person_id: PersonId, guideline: Guideline) -> None:
        """Keep a choice."""
        ...
