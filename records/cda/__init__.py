"""Documents: a segment version as CDA R2, and any CDA R2 document divided, shared and joined."""

from records.cda.contents import Contents, Reading, read_contents
from records.cda.engine import DocumentSegment, EmrRecord, NotTaken
from records.cda.facts import PatientFacts, facts_of
from records.cda.pairing import FoundEntry
from records.cda.reader import NotOurDocument, ReadDocument, ReadObservation, read_document
from records.cda.summary import write_summary
from records.cda.writer import write_segment

__all__ = [
    "Contents",
    "DocumentSegment",
    "EmrRecord",
    "FoundEntry",
    "NotOurDocument",
    "NotTaken",
    "PatientFacts",
    "ReadDocument",
    "ReadObservation",
    "Reading",
    "facts_of",
    "read_contents",
    "read_document",
    "write_segment",
    "write_summary",
]
