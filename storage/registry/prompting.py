"""What people wish of prompts, over one session."""

from records.prompts import PromptWishes
from records.tracking import PersonId
from storage.registry.desk import Desk
from storage.rows.prompting import PromptingRow


class PromptingRegistry:
    """Wishes, sealed for the person they are of."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, person_id: PersonId) -> PromptWishes:
        """Return a person's wishes; the usual ones where nothing was wished yet."""
        row = self.desk.session.get(PromptingRow, person_id)
        if row is None:
            return PromptWishes(person_id)
        identity = f"prompting:{person_id}"
        return self.desk.cells.read(person_id, identity, row.document, PromptWishes)

    def put(self, wishes: PromptWishes) -> None:
        """Keep a person's wishes."""
        identity = f"prompting:{wishes.person}"
        document = self.desk.cells.write(wishes.person, identity, wishes)
        self.desk.session.merge(PromptingRow(person=wishes.person, document=document))
        self.desk.session.flush()
