"""The thresholds the rules use for one patient: the guideline's, or what the doctor set."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from records.findings.guidelines import ALERT_FROM, Guideline
from records.findings.targets import GLUCOSE_LOW, HOME_TARGET, SILENT, WORSE_BY, PressureTarget
from records.tracking import PersonId, RecordId


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a rule holds: mm[Hg], mmol/L, days."""

    target: PressureTarget = HOME_TARGET
    glucose_low: Decimal = GLUCOSE_LOW
    rise: int = WORSE_BY
    silent_days: int = SILENT.days

    @property
    def silent(self) -> timedelta:
        """The time without a reading after which a patient counts as silent."""
        return timedelta(days=self.silent_days)


HOUSE_LIMITS = Limits()
"""The limits of the house, where nobody chose a guideline."""


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """What a doctor set for one patient, who it was, and when."""

    record: RecordId
    limits: Limits
    set_by: PersonId
    at: datetime


class AllLimits(Protocol):
    """What was set for patients; nothing for whom the guideline's limits hold."""

    def of(self, record_id: RecordId) -> OwnLimits | None:
        """Return what was set for a record."""
        ...

    def of_many(self, record_ids: Collection[RecordId]) -> Mapping[RecordId, OwnLimits]:
        """Return what was set for these records, of those where something was."""
        ...

    def put(self, own: OwnLimits) -> None:
        """Keep what was set for a record."""
        ...

    def forget(self, record_id: RecordId) -> None:
        """Let the guideline's limits hold again."""
        ...


def usual_limits(guideline: Guideline) -> Limits:
    """Return the limits of a guideline."""
    systolic, diastolic = ALERT_FROM[guideline]
    return Limits(PressureTarget(int(systolic.value), int(diastolic.value)))
