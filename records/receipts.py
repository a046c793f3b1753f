"""The receipt of a consent: what ISO/IEC TS 27560:2023 wants recorded of it, for the patient.

A grant gives consent; a hiding refuses it for a part, whatever is granted. As JSON-LD in the words
of the Data Privacy Vocabulary (https://w3id.org/dpv).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.consent import Grant, Hiding, Part
from records.people import Record
from records.vocabulary import Language, Purpose

SCHEMA = "ISO/IEC TS 27560:2023"
NOTICE_VERSION = "1"
CONTEXT = {"dpv": "https://w3id.org/dpv#", "dct": "http://purl.org/dc/terms/"}
EVERYONE = "everyone but the patient"

Json = dict[str, object]


class Step(StrEnum):
    """What happened to a consent."""

    GIVEN = "given"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    HIDDEN = "hidden"
    SHOWN = "shown"
    RAN_OUT = "ran_out"  # a hiding came to its end: what is shared is seen again


TERMS = {
    Step.GIVEN: "dpv:ConsentGiven",
    Step.CHANGED: "dpv:RenewedConsentGiven",
    Step.WITHDRAWN: "dpv:ConsentWithdrawn",
    Step.EXPIRED: "dpv:ConsentExpired",
    Step.HIDDEN: "dpv:ConsentRefused",
    Step.SHOWN: "dpv:RenewedConsentGiven",
    Step.RAN_OUT: "dpv:RenewedConsentGiven",
}
"""How the vocabulary calls it."""
PURPOSES = {
    Purpose.TREATMENT: "Treatment of the patient",
    Purpose.CARE_MANAGEMENT: "Arranging the patient's care",
    Purpose.RESEARCH: "Research on de-identified data",
    Purpose.SERVICE: "A service on de-identified data",
}
ANY_PURPOSE = "Whatever the record is shared for"


@dataclass(frozen=True, slots=True)
class Receipt:
    """All versions of one grant or hiding, oldest first, with the notice as it was read.

    `recipient` is whom it names, empty where it is everyone. `controller` keeps the record, at
    `address` it is taken back; `jurisdiction` may not be stated.
    """

    record: Record
    versions: tuple[Grant | Hiding, ...]
    recipient: str
    notice: str
    language: Language
    controller: str
    address: str
    jurisdiction: str = ""

    @property
    def act(self) -> Grant | Hiding:
        """The grant or hiding as it stands."""
        return self.versions[-1]

    @property
    def grant(self) -> Grant | None:
        """The grant it is of, if it is of one."""
        return self.act if isinstance(self.act, Grant) else None

    @property
    def hiding(self) -> Hiding | None:
        """The hiding it is of, if it is of one."""
        return self.act if isinstance(self.act, Hiding) else None

    @property
    def subject(self) -> str:
        """The patient's name on the receipt: made up, and of no use elsewhere."""
        told = f"receipt:{self.record.id}:{self.act.id}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def events(self, now: datetime) -> tuple[tuple[Step, datetime, int], ...]:
        """Return what happened, when, and by which version."""
        found = [(*_told(place, one), one.version) for place, one in enumerate(self.versions)]
        last, until = self.act, self.act.until
        stands = found[-1][0] not in (Step.WITHDRAWN, Step.SHOWN)
        if stands and until is not None and until <= now:
            ended = Step.EXPIRED if isinstance(last, Grant) else Step.RAN_OUT
            found.append((ended, until, last.version))
        return tuple(found)

    def state(self, now: datetime) -> Step:
        """Return how the consent stands now."""
        return self.events(now)[-1][0]


def _told(place: int, act: Grant | Hiding) -> tuple[Step, datetime]:
    """Return what one version did, and when."""
    if isinstance(act, Hiding):
        return (Step.HIDDEN, act.hidden) if act.lifted is None else (Step.SHOWN, act.lifted)
    if act.withdrawn is not None:
        return Step.WITHDRAWN, act.withdrawn
    return Step.GIVEN if place == 0 else Step.CHANGED, act.given


def as_json_ld(receipt: Receipt, *, now: datetime) -> Json:
    """Return the receipt as a machine reads it."""
    return {"@context": CONTEXT, **_record(receipt, now)}


def all_as_json_ld(receipts: Iterable[Receipt], *, now: datetime) -> Json:
    """Return several receipts as a machine reads them."""
    return {"@context": CONTEXT, "@graph": [_record(one, now) for one in receipts]}


def _record(receipt: Receipt, now: datetime) -> Json:
    return {
        "@type": "dpv:ConsentRecord",
        "dpv:hasIdentifier": receipt.act.id,
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
        "dpv:hasConsentStatus": TERMS[receipt.state(now)],
        "dct:hasPart": [
            {
                "@type": TERMS[step],
                "dct:date": at.isoformat(),
                "dct:hasVersion": version,
                "dpv:hasEntity": receipt.subject,
            }
            for step, at, version in receipt.events(now)
        ],
    }


def _purpose(receipt: Receipt) -> Json:
    act = receipt.act
    hides = isinstance(act, Hiding)
    title = ANY_PURPOSE if isinstance(act, Hiding) else PURPOSES.get(act.purpose, str(act.purpose))
    otherwise = "until shown again" if hides else "until withdrawn"
    found: Json = {
        "@type": "dpv:Purpose",
        "dct:title": title,
        "dpv:hasLegalBasis": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasPersonalData": _personal_data(act),
        "dpv:hasProcessing": ["dpv:MakeAvailable"] if hides else ["dpv:Store", "dpv:MakeAvailable"],
        "dpv:hasDataController": {"dpv:hasName": receipt.controller},
        "dpv:hasRecipient": {"dpv:hasName": receipt.recipient or EVERYONE},
        "dpv:hasStorageCondition": {
            "dpv:hasLocation": receipt.record.place.store,
            "dpv:hasDuration": act.until.isoformat() if act.until else otherwise,
        },
        "dpv:hasWithdrawalMethod": receipt.address,
        "dpv:hasRight": ["GDPR Art. 7(3)", "GDPR Art. 15", "GDPR Art. 17", "PIPL Art. 15"],
    }
    return found | ({"dpv:hasJurisdiction": receipt.jurisdiction} if receipt.jurisdiction else {})


def _personal_data(act: Grant | Hiding) -> list[str]:
    if isinstance(act, Hiding):
        return [_name(act.part)]
    return [*(str(kind) for kind in sorted(act.kinds)), *(_name(one) for one in sorted(act.parts))]


def _name(part: Part) -> str:
    """Return a part by its code or kind, and of one that is singled out its random id."""
    single = part.entry or part.segment
    return str(part.code or part.kind) + (f" {single}" if single else "")
