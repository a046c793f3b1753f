"""From where a rule holds for a patient: by the guideline, or as a doctor set it for this one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from records.errors import NotValid
from records.findings import guidelines as numbers
from records.findings.guidelines import Guideline
from records.findings.limits import Limits, OwnLimits, usual_limits
from records.people import Person
from records.policy import Action
from records.practice import USUAL
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import RecordId


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits that hold for a patient, what the guideline says, and who set others."""

    limits: Limits
    usual: Limits
    guideline: Guideline
    own: OwnLimits | None
    setter: Person | None


def guideline_for(unit: Unit, by: Person) -> Guideline:
    """Return the guideline a clinician works by: the own choice, the clinic's, or the usual one."""
    own = unit.practices.guideline_of(by.id)
    if own is not None or by.organisation is None:
        return own or USUAL
    return unit.people.organisation(by.organisation).guideline or USUAL


def usual_for(unit: Unit, by: Person) -> Limits:
    """Return the limits of the guideline a clinician works by."""
    return usual_limits(guideline_for(unit, by))


def thresholds_of(unit: Unit, record_id: RecordId, by: Person) -> Thresholds:
    """Return the limits of a patient as this clinician works with them; the caller has asked."""
    guideline = guideline_for(unit, by)
    usual, own = usual_limits(guideline), unit.limits.of(record_id)
    setter = unit.people.person(own.set_by) if own else None
    return Thresholds(own.limits if own else usual, usual, guideline, own, setter)


def set_limits(
    unit: Unit, limits: Limits, *, record_id: RecordId, by: Person, now: datetime
) -> None:
    """Let other limits than the guideline's hold for a patient; raises NotValid for a slip."""
    permit(unit, Action.SET_LIMITS, by=by, record_id=record_id, now=now)
    _check(limits)
    unit.limits.put(OwnLimits(record_id, limits, by.id, now))
    unit.rechecks.soon(record_id, now)


def reset_limits(unit: Unit, *, record_id: RecordId, by: Person, now: datetime) -> None:
    """Let the guideline's limits hold for a patient again."""
    permit(unit, Action.SET_LIMITS, by=by, record_id=record_id, now=now)
    unit.limits.forget(record_id)
    unit.rechecks.soon(record_id, now)


def _check(limits: Limits) -> None:
    told = {
        "systolic": (Decimal(limits.target.systolic), numbers.OWN_SYSTOLIC),
        "diastolic": (Decimal(limits.target.diastolic), numbers.OWN_DIASTOLIC),
        "glucose_low": (limits.glucose_low, numbers.OWN_GLUCOSE_LOW),
        "rise": (Decimal(limits.rise), numbers.OWN_RISE),
        "silent_days": (Decimal(limits.silent_days), numbers.OWN_SILENT),
    }
    for field, (value, allowed) in told.items():
        if not allowed.holds(value):
            raise NotValid(field, "limit_too_far")
    if limits.target.diastolic >= limits.target.systolic:
        raise NotValid("diastolic", "limit_too_far")
