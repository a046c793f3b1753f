"""The receipt of a grant: what ISO/IEC TS 27560:2023 wants recorded of a consent, for the patient.

As JSON-LD in the words of the Data Privacy Vocabulary (https://w3id.org/dpv).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.consent import Grant
from records.people import Record
from records.vocabulary import Language, Purpose

SCHEMA = "ISO/IEC TS 27560:2023"
NOTICE_VERSION = "1"

Json = dict[str, object]


class Step(StrEnum):
    """What happened to a consent; the value is the word of the vocabulary."""

    GIVEN = "ConsentGiven"
    CHANGED = "ConsentRenewed"
    WITHDRAWN = "ConsentWithdrawn"
    EXPIRED = "ConsentExpired"


PURPOSES = {
    Purpose.TREATMENT: "Treatment of the patient",
    Purpose.CARE_MANAGEMENT: "Arranging the patient's care",
    Purpose.RESEARCH: "Research on de-identified data",
    Purpose.SERVICE: "A service on de-identified data",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """All versions of one grant, oldest first, with the names in it and the notice as it was read.

    `controller` keeps the record, at `address`; `jurisdiction` may not be stated.
    """

    record: Record
    versions: tuple[Grant, ...]
    recipient: str
    notice: str
    language: Language
    controller: str
    address: str
    jurisdiction: str = ""

    @property
    def grant(self) -> Grant:
        """The grant as it stands."""
        return self.versions[-1]

    @property
    def subject(self) -> str:
        """The patient's name on the receipt: made up, and of no use elsewhere."""
        told = f"receipt:{self.record.id}:{self.grant.id}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def events(self, now: datetime) -> tuple[tuple[Step, datetime, int], ...]:
        """Return what happened, when, and by which version."""
        found = [
            (_step(place, one), one.withdrawn or one.given, one.version)
            for place, one in enumerate(self.versions)
        ]
        last = self.grant
        if last.withdrawn is None and last.until is not None and last.until <= now:
            found.append((Step.EXPIRED, last.until, last.version))
        return tuple(found)

    def state(self, now: datetime) -> Step:
        """Return how the consent stands now."""
        return self.events(now)[-1][0]


def _step(place: int, grant: Grant) -> Step:
    if grant.withdrawn is not None:
        return Step.WITHDRAWN
    return Step.GIVEN if place == 0 else Step.CHANGED


def as_json_ld(receipt: Receipt, *, now: datetime) -> Json:
    """Return the receipt as a machine reads it."""
    grant = receipt.grant
    return {
        "@context": {"dpv": "https://w3id.org/dpv#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dpv:ConsentRecord",
        "dpv:hasIdentifier": grant.id,
        "dct:conformsTo": SCHEMA,
        "dct:issued": now.isoformat(),
        "dpv:hasDataSubject": receipt.subject,
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:description": receipt.notice,
            "dct:hasVersion": NOTICE_VERSION,
            "dct:language": str(receipt.language),
        },
        "dpv:hasPurpose": _purpose(receipt),
        "dpv:hasConsentStatus": f"dpv:{receipt.state(now)}",
        "dct:hasPart": [
            {
                "@type": f"dpv:{step}",
                "dct:date": at.isoformat(),
                "dct:hasVersion": version,
                "dpv:hasEntity": receipt.subject,
            }
            for step, at, version in receipt.events(now)
        ],
    }


def _purpose(receipt: Receipt) -> Json:
    grant = receipt.grant
    found: Json = {
        "@type": "dpv:Purpose",
        "dct:title": PURPOSES.get(grant.purpose, str(grant.purpose)),
        "dpv:hasLegalBasis": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasPersonalData": [
            *(str(kind) for kind in sorted(grant.kinds)),
            *(str(part.code or part.kind) for part in sorted(grant.parts)),
        ],
        "dpv:hasProcessing": ["dpv:Store", "dpv:MakeAvailable"],
        "dpv:hasDataController": {"dpv:hasName": receipt.controller},
        "dpv:hasRecipient": {"dpv:hasName": receipt.recipient},
        "dpv:hasStorageCondition": {
            "dpv:hasLocation": receipt.record.place.store,
            "dpv:hasDuration": grant.until.isoformat() if grant.until else "until withdrawn",
        },
        "dpv:hasWithdrawalMethod": receipt.address,
        "dpv:hasRight": ["GDPR Art. 7(3)", "GDPR Art. 15", "GDPR Art. 17", "PIPL Art. 15"],
    }
    return found | ({"dpv:hasJurisdiction": receipt.jurisdiction} if receipt.jurisdiction else {})
