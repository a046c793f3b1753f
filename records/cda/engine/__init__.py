"""The record engine: real CDA in, segment by segment, exact CDA out.

`record` holds the public class; every step is a module of plain functions beside it.
"""

from records.cda.engine.doubts import Doubt, Found
from records.cda.engine.entries import Entry
from records.cda.engine.envelopes import DocumentSegment
from records.cda.engine.record import EmrRecord
from records.cda.engine.refusals import (
    NotRejoined,
    NotTaken,
    PatientsDiffer,
    Refusal,
    UndecidedPatient,
)

__all__ = [
    "DocumentSegment",
    "Doubt",
    "EmrRecord",
    "Entry",
    "Found",
    "NotRejoined",
    "NotTaken",
    "PatientsDiffer",
    "Refusal",
    "UndecidedPatient",
]
