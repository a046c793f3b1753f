"""What was chosen from a clinical document filed once, some hundreds at a time, the file kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from records.cda import FoundEntry, Reading
from records.cda.moments import moment_of
from records.errors import NotFound, NotPermitted
from records.observations import Channel, Observation
from records.people import Person
from records.policy import Action
from records.services.bringing import tell_of_import
from records.services.importing import AT_ONCE, added_from, remember_added
from records.services.intake import Draft, file_permitted, observation_at
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.receiving import Offer, entry_key, group_name, offer_of
from records.services.telling import tell
from records.tracking import AttachmentId, ObservationId, PersonId, RecordId
from records.vocabulary import Code, Language
from records.wording import later, say
from records.wording.documents import added_card

JOB = "document entries"
FROM = later("From a document of {custodian}, made {made}")
TOLD_BY = later("told by {names}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of adding: how many are added, how many of them later, how many were here."""

    added: int
    known: int
    later: int = 0


def take_in(
    unit: Unit,
    attachment: AttachmentId,
    chosen: Collection[str],
    *,
    record_id: RecordId,
    by: Person,
    now: datetime,
) -> Taken:
    """File the chosen entries, by their keys or groups, with the document as their source.

    What was filed before, from this document or another, is not filed again. Of many the worker
    adds the rest. What a clinician adds, the patient is told of.
    """
    record = permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    unit.records.lock(record_id)
    offer = offer_of(unit, attachment, record, by)
    wanted = {
        number: one
        for number, (name, one) in enumerate(_choices(offer))
        if one.key in chosen or name in chosen
    }
    new = {number: one for number, one in wanted.items() if one.key not in offer.known}
    if new:
        _add(unit, offer, new, by=by, now=now)
        codes = tuple(one.code for one in new.values() if one.code is not None)
        place = offer.reading.custodian
        tell_of_import(unit, record, attachment, codes, by=by, place=place)
    return Taken(len(new), len(wanted) - len(new), max(0, len(new) - AT_ONCE))


def go_on(unit: Unit, ref: str, *, now: datetime) -> None:
    """File the next of what was chosen from a document, for whom it was offered to."""
    attachment, record_id, person_id = ref.split(":")
    by = unit.people.person(PersonId(person_id))
    try:
        record = permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=RecordId(record_id), now=now)
        unit.records.lock(record.id)
        offer = offer_of(unit, AttachmentId(attachment), record, by)
    except (NotPermitted, NotFound):
        return  # the leave has ended, or the document is gone
    numbers = {int(one) for one in unit.intake.filed(_rest_key(offer, by))}
    left = {
        number: one
        for number, (_, one) in enumerate(_choices(offer))
        if number in numbers and one.key not in offer.known
    }
    _add(unit, offer, left, by=by, now=now)
    if len(left) <= AT_ONCE:
        count = len(added_from(unit, offer.id))
        tell(
            unit,
            by.id,
            lambda chat: added_card(count, attachment=offer.id, language=chat.language),
            about=offer.id,
        )


def _choices(offer: Offer) -> list[tuple[str, FoundEntry]]:
    """Return what can be added at all, each once, with the name of its group, in their order."""
    found: dict[str, tuple[str, FoundEntry]] = {}
    for kind in offer.kinds:
        for part in offer.reading.of(kind):
            for one in part.entries:
                if one.code is not None:
                    found.setdefault(one.key, (group_name(kind, one.code), one))
    return list(found.values())


def _add(
    unit: Unit, offer: Offer, new: dict[int, FoundEntry], *, by: Person, now: datetime
) -> None:
    """File as many as go at once: others wait for the record meanwhile. The worker goes on."""
    numbers = list(new)
    rest = numbers[AT_ONCE:]
    _file(unit, offer, [new[one] for one in numbers[:AT_ONCE]], by=by, now=now)
    if rest:
        # Numbers, as the keys would tell of what they are the digests of.
        places = [ObservationId(str(one)) for one in rest]
        unit.intake.remember(_rest_key(offer, by), places)
        ref = f"{offer.id}:{offer.record.id}:{by.id}"
        unit.timetable.set(f"{JOB}:{ref}:{rest[0]}", now, JOB, ref)


def _rest_key(offer: Offer, by: Person) -> str:
    return f"document rest:{offer.id}:{offer.record.id}:{by.id}"


def _file(
    unit: Unit, offer: Offer, entries: Sequence[FoundEntry], *, by: Person, now: datetime
) -> None:
    filed_as = unit.attachments.find(offer.id).observation
    kept = filed_as is not None
    private = filed_as is not None and _keeps_private(observation_at(unit, filed_as)[1], offer)
    drafts = [_draft(one, offer, now, private=private) for one in entries]
    note = Draft(
        Code.FILE,
        now,
        value=provenance_of(offer.reading, offer.patient.language),
        attachments=() if kept else (offer.id,),
        source=offer.id,
        private=True,  # the file holds what was not chosen as well
    )
    filed = file_permitted(
        unit,
        drafts if kept else [*drafts, note],
        record_id=offer.record.id,
        by=by,
        channel=Channel.DOCUMENT,
        now=now,
    )
    for one, observation in zip(entries, filed.observations, strict=False):
        unit.intake.remember(entry_key(offer.record.id, one.key), [observation.id])
    remember_added(unit, offer.id, [one.id for one in filed.observations[: len(entries)]])


def _keeps_private(filed_as: Observation, offer: Offer) -> bool:
    """Say whether a file is one its person keeps private: so is what comes from it, then.

    The one we file ourselves is always private, as it holds what was not chosen as well.
    """
    return filed_as.private and filed_as.source != offer.id


def provenance_of(reading: Reading, language: Language) -> str:
    """Return where a document is from, in words: who keeps it, when it was made, its id, digest."""
    said = [
        say(
            language,
            FROM,
            custodian=reading.custodian or say(language, "an unnamed place"),
            made=reading.made or "?",
        )
    ]
    if reading.told_by:
        said.append(say(language, TOLD_BY, names=", ".join(reading.told_by[:5])))
    return "; ".join((*said, f"id {reading.name}", f"SHA-256 {reading.sha256}"))


def _draft(one: FoundEntry, offer: Offer, now: datetime, *, private: bool) -> Draft:
    if one.code is None:
        raise ValueError("only what can be filed is drafted")
    zone = ZoneInfo(offer.patient.zone)
    at = moment_of(one.at, zone) or moment_of(_digits(offer.reading.made), zone) or now
    return Draft(
        one.code,
        min(at, now),
        value=one.said,
        components=one.components,
        stated=one.stated,
        private=one.private or private,
        source=offer.id,
        site=one.site,
        position=one.position,
    )


def _digits(readable: str) -> str:
    return "".join(one for one in readable[:10] if one.isdigit())
