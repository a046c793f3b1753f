"""Prompts that came too late to be useful, over one session."""

from datetime import datetime

from sqlalchemy import select

from records.prompts import PROMPT
from records.recurring import Slot, slot_of
from records.tracking import PersonId
from storage.registry.desk import Desk
from storage.registry.timetable import TOO_LATE
from storage.rows.orders import RuleRow, SlotRow


class DroppedRegistry:
    """Slots of prompts that the timetable dropped."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, person_id: PersonId, since: datetime) -> tuple[Slot, ...]:
        """Return the slots of a person's prompts dropped since they were due, in order."""
        rows = self.desk.session.execute(
            select(SlotRow.ref, RuleRow.zone)
            .join(RuleRow, RuleRow.id == SlotRow.rule)
            .where(RuleRow.ref == person_id, SlotRow.job == PROMPT, SlotRow.state == TOO_LATE)
        )
        found = {slot_of(ref, zone) for ref, zone in rows}
        return tuple(sorted((one for one in found if one.due >= since), key=lambda one: one.due))
