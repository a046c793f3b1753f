"""Who the patient is, as the header of a document says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.observations import Observation
from records.segments import Segment
from records.vocabulary import Code, SegmentKind


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What the patient has told of the own person; empty where nothing was told."""

    name: str = ""
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    address: str = ""


def facts_of(segments: Iterable[Segment]) -> PatientFacts:
    """Return what counts of the personal information among these segments, the newest of each."""
    return facts_in(
        one
        for segment in segments
        if segment.kind is SegmentKind.PERSONAL_INFORMATION
        for one in segment.standing
    )


def facts_in(observations: Iterable[Observation]) -> PatientFacts:
    """Return what these observations tell of the person, the last word of each counting."""
    told = {
        one.code: one.value
        for one in sorted(observations, key=lambda one: (one.effective, one.recorded, one.id))
        if isinstance(one.value, str)
    }
    return PatientFacts(
        name=told.get(Code.NAME, ""),
        birth_date=_day(told.get(Code.BIRTH_DATE, "")),
        sex=told.get(Code.SEX, ""),
        phone=told.get(Code.PHONE, ""),
        address=told.get(Code.ADDRESS, ""),
    )


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None
