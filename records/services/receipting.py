"""The patient's receipts: of what was given and withdrawn, and hidden and shown again."""

from dataclasses import dataclass
from datetime import datetime

from records.consent import Grant, Hiding
from records.errors import NotFound
from records.people import Person, Record
from records.policy import Action
from records.receipts import Receipt
from records.services.concealing import whom_hidden
from records.services.consenting import grantee_of
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.tracking import GrantId, HidingId, RecordId
from records.vocabulary import Language
from records.wording import later, say

NOTICE = later(
    "You let the person or organisation named here see the named parts of your record, for the "
    "purpose and time named. You can withdraw at any time; from then on they see nothing."
)
HIDING_NOTICE = later(
    "You keep the part named here hidden from whom it names, whatever you share. You can show it "
    "again at any time; then it is seen by whom you share it with, and by nobody else."
)
GONE = later("Somebody who is no longer here")
CONTROLLER = "Kanglu"


@dataclass(frozen=True, slots=True)
class Terms:
    """In which language receipts are written, and where a grant and a hiding are taken back."""

    language: Language
    withdraw_at: str
    show_at: str
    jurisdiction: str = ""


def receipt_of(
    unit: Unit, grant_id: GrantId, *, by: Person, now: datetime, terms: Terms
) -> Receipt:
    """Return the receipt of a grant for whoever decides."""
    versions = unit.grants.versions(grant_id)
    if not versions:
        refuse_unknown(unit, Action.GIVE_GRANT, by=by, now=now, rule="no_such_grant")
    grant = versions[-1]
    record = permit(
        unit,
        Action.GIVE_GRANT,
        by=by,
        record_id=grant.record,
        now=now,
        purpose=grant.purpose,
        ref=grant_id,
    )
    return _of_grant(unit, record, versions, terms)


def receipt_of_hiding(
    unit: Unit, hiding_id: HidingId, *, by: Person, now: datetime, terms: Terms
) -> Receipt:
    """Return the receipt of a hiding for whoever decides."""
    versions = unit.hidings.versions(hiding_id)
    if not versions:
        refuse_unknown(unit, Action.GIVE_GRANT, by=by, now=now, rule="no_such_hiding")
    about = versions[-1].record
    record = permit(unit, Action.GIVE_GRANT, by=by, record_id=about, now=now, ref=hiding_id)
    return _of_hiding(unit, record, versions, terms)


def receipts_of(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime, terms: Terms
) -> tuple[Receipt, ...]:
    """Return every receipt of a record for its patient, what happened last first."""
    record = permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    grants = (unit.grants.versions(one.id) for one in unit.grants.of_record(record_id))
    hidings = (unit.hidings.versions(one.id) for one in unit.hidings.of_record(record_id))
    found = [
        *(_of_grant(unit, record, one, terms) for one in grants),
        *(_of_hiding(unit, record, one, terms) for one in hidings),
    ]
    return tuple(sorted(found, key=lambda one: one.events(now)[-1][1], reverse=True))


def _of_grant(unit: Unit, record: Record, versions: tuple[Grant, ...], terms: Terms) -> Receipt:
    try:
        recipient = grantee_of(unit, versions[-1]).name
    except NotFound:
        recipient = say(terms.language, GONE)
    return _written(record, versions, recipient, terms, NOTICE, terms.withdraw_at)


def _of_hiding(unit: Unit, record: Record, versions: tuple[Hiding, ...], terms: Terms) -> Receipt:
    try:
        whom = whom_hidden(unit, versions[-1])
        recipient = whom.name if whom else ""
    except NotFound:
        recipient = say(terms.language, GONE)
    return _written(record, versions, recipient, terms, HIDING_NOTICE, terms.show_at)


def _written(
    record: Record,
    versions: tuple[Grant, ...] | tuple[Hiding, ...],
    recipient: str,
    terms: Terms,
    notice: str,
    taken_back_at: str,
) -> Receipt:
    return Receipt(
        record,
        versions,
        recipient,
        say(terms.language, notice),
        terms.language,
        CONTROLLER,
        taken_back_at,
        terms.jurisdiction,
    )
