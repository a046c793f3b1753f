"""Grants: the patient's leave, by person or organisation, kinds, purpose and time."""

from dataclasses import dataclass
from datetime import datetime

from records.tracking import GrantId, OrganisationId, PersonId, RecordId
from records.vocabulary import Purpose, SegmentKind

Grantee = PersonId | OrganisationId


@dataclass(frozen=True, slots=True)
class Grant:
    """One version of a grant.

    Given to a person, or to an organisation (a clinic's care team, or the recipient of a release).
    With the purpose research or service it is the release by which the patient lets de-identified
    documents be published for that organisation. `given_by` is the patient, or who decides for one.
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

    def open(self, now: datetime) -> bool:
        """Say whether the grant has begun and neither run out nor been withdrawn by `now`."""
        begun = self.given <= now and (self.until is None or now < self.until)
        return begun and (self.withdrawn is None or now < self.withdrawn)
