"""What may become of each field on its way out: the one table the public document is built by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from records.cda.facts import PatientFacts
from records.observations import Component, Observation, Quantity
from records.people import Organisation, Person, Place, Record, Relationship
from records.segments import Segment
from records.vocabulary import NEVER_PUBLIC, Code, SegmentKind


class Rule(StrEnum):
    """What happens to a field."""

    ABSENT = "absent"
    """Never read: whatever stands there, the public bytes are the same."""
    GATE = "gate"
    """Decides whether something is published; is not written itself."""
    CODED = "coded"
    """Written anew from the vocabulary."""
    NUMBER = "number"
    """Written where it is possible for its code, rounded to what a home device shows."""
    SHIFTED = "shifted"
    """Written as the shifted day and the hour begun."""
    BAND = "band"
    """Written as a band of ten years of age; one band from 90 on."""
    PARTS = "parts"
    """Taken apart; each part has rules of its own."""


NEVER_PUBLISHED = NEVER_PUBLIC | {
    SegmentKind.DOCTOR_DESCRIPTION,
    SegmentKind.THIRD_PARTY_DESCRIPTION,
}
"""Kinds of which no document is ever made, whatever a grant says."""

RULES: Mapping[type, Mapping[str, Rule]] = {
    Segment: {
        "id": Rule.ABSENT,
        "record": Rule.ABSENT,
        "kind": Rule.CODED,
        "day": Rule.ABSENT,
        "version": Rule.ABSENT,
        "observations": Rule.PARTS,
        "recorded": Rule.ABSENT,
        "author": Rule.ABSENT,
    },
    Observation: {
        "id": Rule.ABSENT,
        "code": Rule.CODED,
        "effective": Rule.SHIFTED,
        "recorded": Rule.ABSENT,
        "informant": Rule.ABSENT,
        "author": Rule.ABSENT,
        "channel": Rule.ABSENT,
        "value": Rule.PARTS,
        "components": Rule.PARTS,
        "status": Rule.GATE,
        "context": Rule.ABSENT,
        "stated": Rule.ABSENT,
        "private": Rule.GATE,
        "attachments": Rule.ABSENT,
        "source": Rule.ABSENT,
        "site": Rule.ABSENT,
        "position": Rule.ABSENT,
    },
    Component: {"code": Rule.CODED, "quantity": Rule.PARTS},
    Quantity: {"value": Rule.NUMBER, "unit": Rule.GATE},
    PatientFacts: {
        "name": Rule.ABSENT,
        "birth_date": Rule.BAND,
        "sex": Rule.CODED,
        "phone": Rule.ABSENT,
        "address": Rule.ABSENT,
    },
    Record: dict.fromkeys(("id", "patient", "global_id", "place", "deceased"), Rule.ABSENT),
    Place: dict.fromkeys(("store", "container"), Rule.ABSENT),
    Person: dict.fromkeys(("id", "name", "language", "zone", "roles", "organisation"), Rule.ABSENT),
    Organisation: dict.fromkeys(("id", "name", "kind", "guideline"), Rule.ABSENT),
    Relationship: dict.fromkeys(
        (
            "id",
            "record",
            "person",
            "tie",
            "scopes",
            "since",
            "confirmed_by_patient",
            "confirmed_by_other",
            "ended",
            "version",
            "until",
            "basis",
            "called",
            "warned",
            "suspended",
        ),
        Rule.ABSENT,
    ),
}
"""A rule for every field of every dataclass that reaches a private document."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers a code is published, and in which steps."""

    low: Decimal
    high: Decimal
    step: Decimal

    def rounded(self, number: Decimal) -> Decimal | None:
        """Return the number in whole steps, or None where it is not possible for a body."""
        if not number.is_finite() or not self.low <= number <= self.high:
            return None
        return (number / self.step).to_integral_value() * self.step


def _bounds(low: str, high: str, step: str) -> Bounds:
    return Bounds(Decimal(low), Decimal(high), Decimal(step))


BOUNDS = {
    Code.SYSTOLIC: _bounds("40", "300", "1"),
    Code.DIASTOLIC: _bounds("20", "200", "1"),
    Code.HEART_RATE: _bounds("20", "250", "1"),
    Code.GLUCOSE: _bounds("0.5", "60", "0.1"),
    Code.TEMPERATURE: _bounds("30", "45", "0.1"),
    Code.SPO2: _bounds("40", "100", "1"),
    Code.HBA1C: _bounds("2", "25", "0.1"),
    Code.HEIGHT: _bounds("50", "250", "1"),
    Code.WEIGHT: _bounds("10", "400", "0.1"),
    Code.WAIST: _bounds("30", "250", "1"),
    Code.BMI: _bounds("8", "90", "0.1"),
    Code.PAIN: _bounds("0", "10", "1"),
    Code.SLEEP: _bounds("0", "24", "0.1"),
    Code.STEPS: _bounds("0", "99900", "100"),
}
"""What a body can show and a home device tells apart, wider than what the chat asks about.

A number outside, such as a telephone number typed as steps, is not published; digits beyond the
step, in which something could hide, are rounded away.
"""
