"""The patient's receipt for a grant: given, changed, withdrawn."""

from datetime import datetime

from records.errors import NotFound
from records.people import Person
from records.policy import Action
from records.receipts import Receipt
from records.services.consenting import grantee_of
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.tracking import GrantId
from records.vocabulary import Language
from records.wording import later, say

NOTICE = later(
    "You let the person or organisation named here see the named parts of your record, for the "
    "purpose and time named. You can withdraw at any time; from then on they see nothing."
)
CONTROLLER = "Kanglu"


def receipt_of(
    unit: Unit,
    grant_id: GrantId,
    *,
    by: Person,
    now: datetime,
    language: Language,
    address: str,
    jurisdiction: str = "",
) -> Receipt:
    """Return the receipt of a grant for whoever decides; `address` is where it is withdrawn."""
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
    try:
        recipient = grantee_of(unit, grant).name
    except NotFound:
        recipient = ""
    notice = say(language, NOTICE)
    return Receipt(record, versions, recipient, notice, language, CONTROLLER, address, jurisdiction)
