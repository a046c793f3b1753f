"""The gate every use case goes through: ask the policy, note the answer, hand out the record."""

from datetime import datetime

from records.errors import NotFound, NotPermitted
from records.people import Person, Record
from records.policy import Action, Ask, Decision, decide, readable
from records.services.ports import Note, Unit
from records.tracking import RecordId
from records.vocabulary import Purpose, SegmentKind


def ask_policy(
    unit: Unit,
    action: Action,
    *,
    by: Person,
    record: Record,
    now: datetime,
    kind: SegmentKind | None = None,
    purpose: Purpose = Purpose.TREATMENT,
) -> Decision:
    """Return what the policy says to the facts of this transaction; notes nothing."""
    return decide(
        Ask(
            action,
            by,
            record,
            now,
            kind,
            purpose,
            unit.relationships.of_record(record.id),
            unit.grants.of_record(record.id),
        )
    )


def permit(
    unit: Unit,
    action: Action,
    *,
    by: Person,
    record_id: RecordId,
    now: datetime,
    kind: SegmentKind | None = None,
    purpose: Purpose = Purpose.TREATMENT,
    ref: str = "",
) -> Record:
    """Return the record if this person may do this now, and note it; else note and refuse.

    Raises NotPermitted for a refusal and for a record that is not there: a face cannot tell which.
    """
    try:
        record = unit.records.record(record_id)
    except NotFound:
        unit.audit.note(Note(now, action, False, "no_such_record", by.id, None, purpose, ref=ref))
        raise NotPermitted from None
    decision = ask_policy(unit, action, by=by, record=record, now=now, kind=kind, purpose=purpose)
    kinds = frozenset({kind}) if kind else frozenset()
    unit.audit.note(
        Note(now, action, decision.allowed, decision.rule, by.id, record_id, purpose, kinds, ref)
    )
    if not decision.allowed:
        raise NotPermitted
    return record


def readable_kinds(
    unit: Unit,
    record: Record,
    *,
    by: Person,
    now: datetime,
    purpose: Purpose = Purpose.TREATMENT,
) -> frozenset[SegmentKind]:
    """Return the kinds this person may read now; notes nothing."""
    return readable(
        by,
        record,
        now,
        relationships=unit.relationships.of_record(record.id),
        grants=unit.grants.of_record(record.id),
        purpose=purpose,
    )
