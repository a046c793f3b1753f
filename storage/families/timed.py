"""Families that set something on the timetable, which is worked out anew."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from records.orders import State
from records.policy.relations import RELEASE_PURPOSES
from records.recurring import next_slot
from records.services.lapsing import look_when_overdue
from records.tracking import OccurrenceId, RecordId
from storage.families.family import Family
from storage.families.owners import HOUSE
from storage.families.unsynced import mark
from storage.families.versions import Versions
from storage.registry.timetable import read_rule
from storage.rows.orders import OccurrenceRow, RuleRow
from storage.rows.people import RecordRow
from storage.unit import StorageUnit

SETTLED = timedelta(hours=1)  # after a restore, before the rules look at what came back


class Grants(Versions):
    """Grants: a release is brought up to date again, and ends when it was to end."""

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Mark the newest, and let the public cloud look at every release."""
        super().revive(unit, owner)
        for grant in unit.grants.of_record(RecordId(owner)):
            if grant.purpose in RELEASE_PURPOSES:
                unit.publications.request(grant)


class Occurrences(Family):
    """Due times of orders: those that are to come are due again."""

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Set the slots of what is to come, to be asked again, or to be answered.

        A card that was on its way is lost with the outbox, so its occurrence is due once more.
        """
        states = (State.WAITING, State.LATER, State.QUEUED, State.SENT)
        rows = unit.desk.session.scalars(
            select(OccurrenceRow).where(
                OccurrenceRow.record == owner, OccurrenceRow.state.in_(states)
            )
        )
        for row in rows.all():
            occurrence = unit.orders.occurrence(OccurrenceId(row.id))
            if occurrence.state is State.SENT:
                look_when_overdue(unit, occurrence, since=occurrence.sent or occurrence.due)
                continue
            if occurrence.state is State.QUEUED:
                occurrence = replace(occurrence, state=State.WAITING)
                unit.orders.put_occurrence(occurrence)
                mark(unit.desk.session, owner, self.name, row.id)
            due = occurrence.again or occurrence.due
            key = f"order:{occurrence.id}:{due.isoformat()}"
            unit.timetable.set(key, due, "order", occurrence.id)


class Rules(Family):
    """Recurring rules: the next slot is worked out from now."""

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Work out when each rule comes round next; what was missed meanwhile is past."""
        session, now = unit.desk.session, unit.desk.clock()
        patient = session.scalar(select(RecordRow.patient).where(RecordRow.id == owner))
        found = select(RuleRow).where(RuleRow.next_due.is_(None), ~RuleRow.ended)
        for row in session.scalars(found.where(RuleRow.ref == patient) if patient else found):
            following = next_slot(read_rule(row), now)
            row.next_due = following.due if following else None


class Alerts(Family):
    """Alerts: the rules look at the record again, as they did before."""

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Let the rules look at a record that came back, unless it is the house's own."""
        if owner != HOUSE:
            unit.rechecks.soon(RecordId(owner), unit.desk.clock() + SETTLED)
