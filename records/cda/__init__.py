"""Documents: a segment version as CDA R2, and what one of our own documents says."""

from records.cda.facts import PatientFacts, facts_of
from records.cda.reader import NotOurDocument, ReadDocument, ReadObservation, read_document
from records.cda.writer import write_segment

__all__ = [
    "NotOurDocument",
    "PatientFacts",
    "ReadDocument",
    "ReadObservation",
    "facts_of",
    "read_document",
    "write_segment",
]
