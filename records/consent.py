"""Consent: what the patient opens by grants, what is hidden again, and what an emergency opens.

After FHIR R4 Consent (https://hl7.org/fhir/R4/consent.html): who, what, for which purpose, how
restricted, in which time, and of which time. Every change is a new version; nothing is unsaid.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from records.tracking import (
    EmergencyId,
    GrantId,
    HidingId,
    ObservationId,
    OrganisationId,
    PersonId,
    RecordId,
    TrackingId,
)
from records.vocabulary import Code, Purpose, SegmentKind

Grantee = PersonId | OrganisationId


class Label(IntEnum):
    """How restricted something is, in the order of HL7's Confidentiality: N < R < V."""

    NORMAL = 1
    RESTRICTED = 2
    VERY_RESTRICTED = 3  # kept private: no grant of a kind opens it, only one of just this entry


LABELS = {Code.MOOD: Label.RESTRICTED}
"""What is more restricted than normal by what it is about (SAFETY.md C2)."""


def label_of(code: Code, *, private: bool) -> Label:
    """Return how restricted an entry of this code is."""
    return Label.VERY_RESTRICTED if private else LABELS.get(code, Label.NORMAL)


@dataclass(frozen=True, slots=True)
class Part:
    """A kind, one segment of it, one entry of that segment, or all entries with one code."""

    kind: SegmentKind
    segment: TrackingId | None = None
    entry: ObservationId | None = None
    code: Code | None = None

    def __lt__(self, other: "Part") -> bool:
        """Order parts, so that a document that holds several is the same whenever written."""
        return self._key < other._key

    @property
    def _key(self) -> tuple[str, ...]:
        return self.kind, self.segment or "", self.entry or "", self.code or ""

    @property
    def singles_out(self) -> bool:
        """Whether it names one segment or entry, and not whatever is told from now on."""
        return self.segment is not None or self.entry is not None

    def holds(self, other: "Part") -> bool:
        """Say whether `other` lies within this part, or is the same."""
        return self.kind is other.kind and all(
            mine in (None, its) for mine, its in self._beside(other)
        )

    def touches(self, other: "Part") -> bool:
        """Say whether something may lie in both."""
        return self.kind is other.kind and all(
            mine is None or its in (None, mine) for mine, its in self._beside(other)
        )

    def _beside(self, other: "Part") -> tuple[tuple[str | None, str | None], ...]:
        return (
            (self.segment, other.segment),
            (self.entry, other.entry),
            (self.code, other.code),
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """One version of a grant.

    Given to a person, or to an organisation (a clinic's care team, or the recipient of a release).
    With the purpose research or service it is the release by which the patient lets de-identified
    documents be published for that organisation. `given_by` is the patient, or who decides for one.

    `kinds`, and the codes among `parts`, are open as far as `ceiling` and only of what was so from
    `data_from` to before `data_until`; segments and entries among `parts` are singled out: they
    are open whatever their label and time.
    """

    id: GrantId
    record: RecordId
    kinds: frozenset[SegmentKind]
    purpose: Purpose
    given: datetime
    until: datetime | None
    person: PersonId | None = None
    organisation: OrganisationId | None = None
    withdrawn: datetime | None = None
    version: int = 1
    given_by: PersonId | None = None
    ceiling: Label = Label.RESTRICTED
    data_from: datetime | None = None
    data_until: datetime | None = None
    parts: frozenset[Part] = field(default=frozenset())

    @property
    def touched(self) -> frozenset[SegmentKind]:
        """The kinds of which it opens something."""
        return self.kinds | {one.kind for one in self.parts}

    def open(self, now: datetime) -> bool:
        """Say whether the grant has begun and neither run out nor been withdrawn by `now`."""
        return _runs(self.given, self.until, self.withdrawn, now)

    def names(self, person: PersonId, organisation: OrganisationId | None) -> bool:
        """Say whether it is given to this person, or to the organisation they belong to."""
        return _names(self.person, self.organisation, person, organisation)


@dataclass(frozen=True, slots=True)
class Hiding:
    """A part of the record that stays hidden, whatever is granted, until `until` or lifted.

    From one person, from an organisation, or, where neither is named, from everyone but the patient
    and who decides for one.
    """

    id: HidingId
    record: RecordId
    part: Part
    hidden: datetime
    hidden_by: PersonId
    until: datetime | None = None
    person: PersonId | None = None
    organisation: OrganisationId | None = None
    lifted: datetime | None = None
    version: int = 1

    def open(self, now: datetime) -> bool:
        """Say whether it holds at `now`."""
        return _runs(self.hidden, self.until, self.lifted, now)

    def is_from(self, person: PersonId, organisation: OrganisationId | None) -> bool:
        """Say whether this person is one from whom it is hidden."""
        everyone = self.person is None and self.organisation is None
        return everyone or _names(self.person, self.organisation, person, organisation)


@dataclass(frozen=True, slots=True)
class Emergency:
    """A doctor's look into a record in an emergency: with a reason, for hours, told at once.

    `organisation` is where the doctor belonged then, whose colleagues review it; `complaint` is
    what the patient has to say to it.
    """

    id: EmergencyId
    record: RecordId
    by: PersonId
    reason: str
    opened: datetime
    until: datetime
    closed: datetime | None = None
    reviewed: datetime | None = None
    reviewed_by: PersonId | None = None
    version: int = 1
    organisation: OrganisationId | None = None
    complaint: str = ""

    def open(self, now: datetime) -> bool:
        """Say whether it still opens the record at `now`."""
        return _runs(self.opened, self.until, self.closed, now)


def _runs(begins: datetime, until: datetime | None, ended: datetime | None, now: datetime) -> bool:
    return begins <= now and all(end is None or now < end for end in (until, ended))


def _names(
    person: PersonId | None,
    organisation: OrganisationId | None,
    reader: PersonId,
    readers_organisation: OrganisationId | None,
) -> bool:
    return person == reader or (organisation is not None and organisation == readers_organisation)
