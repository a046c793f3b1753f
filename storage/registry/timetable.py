"""The timetable over one session: due slots, and the rules they come from."""

from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, or_, select, update

from records.errors import NotFound
from records.recurring import Rule, next_slot
from records.services.alerting import JOB as RULES
from records.tracking import RecordId, RuleId
from storage.registry.desk import Desk
from storage.registry.wishes import insert_for
from storage.rows.orders import RuleRow, SlotRow

WAITING, CANCELLED, TOO_LATE = "waiting", "cancelled", "too_late"


class TimetableRegistry:
    """Due slots; the same key is inserted once, whoever inserts it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def set(
        self,
        key: str,
        due: datetime,
        job: str,
        ref: str,
        *,
        rule: RuleId | None = None,
        useful_until: datetime | None = None,
    ) -> None:
        """Insert one due slot; the same key again changes nothing."""
        insert = insert_for(self.desk.session.get_bind().dialect, SlotRow)
        self.desk.session.execute(
            insert.values(
                key=key,
                due=due,
                job=job,
                ref=ref,
                rule=rule,
                useful_until=useful_until,
                state=WAITING,
                attempts=0,
                token=0,
                event="",
            ).on_conflict_do_nothing()
        )

    def soon(self, record_id: RecordId, due: datetime) -> None:
        """Look at a record again at a time; asked several times meanwhile it is looked at once.

        What is being looked at right now is looked at once more: its claim is no longer ours.
        """
        insert = insert_for(self.desk.session.get_bind().dialect, SlotRow).values(
            key=f"{RULES}:{record_id}",
            due=due,
            job=RULES,
            ref=record_id,
            state=WAITING,
            attempts=0,
            token=0,
            event="",
        )
        earlier = and_(SlotRow.state == WAITING, SlotRow.due < insert.excluded.due)
        self.desk.session.execute(
            insert.on_conflict_do_update(
                index_elements=["key"],
                set_={
                    "due": case((earlier, SlotRow.due), else_=insert.excluded.due),
                    "state": WAITING,
                    "attempts": 0,
                },
            )
        )

    def cancel(self, key: str) -> None:
        """Take a slot back that has not run."""
        self.desk.session.execute(
            update(SlotRow)
            .where(SlotRow.key == key, SlotRow.state == WAITING)
            .values(state=CANCELLED)
        )

    def put_rule(self, rule: Rule) -> None:
        """Keep a rule, new or changed; what waits of its old form is taken off."""
        first = next_slot(rule, rule.since)
        self.desk.session.merge(
            RuleRow(
                id=rule.id,
                job=rule.job,
                ref=rule.ref,
                topic=rule.topic,
                zone=rule.zone,
                rrule=rule.rrule,
                starts=rule.starts,
                since=rule.since,
                useful_seconds=int(rule.useful.total_seconds()),
                ended=rule.ended,
                next_due=first.due if first else None,
            )
        )
        self.desk.session.flush()
        # Taken off, not marked: the rule's new form may name the same wall time again.
        comes_back = and_(SlotRow.state == TOO_LATE, SlotRow.useful_until > self.desk.clock())
        self.desk.session.execute(
            delete(SlotRow).where(
                SlotRow.rule == rule.id, or_(SlotRow.state == WAITING, comes_back)
            )
        )

    def rule(self, rule_id: RuleId) -> Rule:
        """Return the rule, or raise NotFound."""
        row = self.desk.session.get(RuleRow, rule_id)
        if row is None:
            raise NotFound
        return read_rule(row)

    def rules_of(self, ref: str) -> tuple[Rule, ...]:
        """Return the rules of somebody or something, those that have ended too."""
        rows = self.desk.session.scalars(
            select(RuleRow).where(RuleRow.ref == ref).order_by(RuleRow.topic, RuleRow.id)
        )
        return tuple(read_rule(row) for row in rows)


def read_rule(row: RuleRow) -> Rule:
    """Return the rule a row holds."""
    return Rule(
        id=RuleId(row.id),
        job=row.job,
        ref=row.ref,
        topic=row.topic,
        zone=row.zone,
        rrule=row.rrule,
        starts=row.starts,
        since=row.since,
        useful=timedelta(seconds=row.useful_seconds),
        ended=row.ended,
    )
