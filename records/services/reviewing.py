"""Reviewed: what was seen moves out of a clinician's list, and back the same day by an undo."""

import hashlib
from dataclasses import replace
from datetime import datetime

from records.errors import NotPermitted
from records.findings.situations import situation_of
from records.people import Person
from records.policy import Action
from records.reviews import HOLDS, Review, what_is_seen
from records.services.known import Known, known_of
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.viewing import patients_of
from records.tracking import RecordId, ReviewId, fresh
from records.walltime import wall_of

REVIEWED = "reviewed"  # what a line about a review refers to


def stamp_of(known: Known) -> str:
    """Return a mark of what a row showed: another one as soon as there is something new."""
    seen = "\n".join(sorted(what_is_seen(known.facts)))
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def review(unit: Unit, record_id: RecordId, stamp: str, *, by: Person, now: datetime) -> bool:
    """Note that this clinician has seen what the list showed of a patient.

    Return False, and note no review, where something came since that list was drawn.
    """
    known = _known(unit, record_id, by=by, now=now)
    if stamp_of(known) != stamp:
        return False
    situation, _ = situation_of(known.facts)
    seen = what_is_seen(known.facts)
    unit.reviews.put(Review(ReviewId(fresh()), record_id, by.id, now, situation, seen))
    return True


def undo_review(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> None:
    """Take this clinician's own review of today back; another day's stays."""
    _known(unit, record_id, by=by, now=now)
    found = unit.reviews.standing(by.id, now - HOLDS, [record_id]).get(record_id)
    if found is not None and may_undo(found, by, now):
        unit.reviews.put(replace(found, undone=now))


def may_undo(review: Review, by: Person, now: datetime) -> bool:
    """Say whether a review is this clinician's own of today, by the own clock."""
    same_day = wall_of(review.at, by.zone).date() == wall_of(now, by.zone).date()
    return review.by == by.id and same_day


def _known(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Known:
    permit(unit, Action.SEE_RECORD, by=by, record_id=record_id, now=now, ref=REVIEWED)
    known = known_of(unit, patients_of(unit, by=by, now=now, only=[record_id]), by=by, now=now)
    if not known:
        raise NotPermitted
    return known[0]
