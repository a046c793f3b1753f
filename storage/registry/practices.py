"""How clinicians like to see things, over one session."""

from records.findings.guidelines import Guideline
from records.tracking import PersonId
from storage.registry.desk import Desk
from storage.rows.reviews import PracticeRow


class PracticeRegistry:
    """By which guideline each clinician names an average."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def guideline_of(self, person_id: PersonId) -> Guideline | None:
        """Return the guideline a clinician chose, if any was chosen."""
        row = self.desk.session.get(PracticeRow, person_id)
        return Guideline(row.guideline) if row else None

    def choose(self, person_id: PersonId, guideline: Guideline) -> None:
        """Keep a choice."""
        self.desk.session.merge(PracticeRow(person=person_id, guideline=guideline))
        self.desk.session.flush()
