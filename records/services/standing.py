"""Working out where patients stand on a clinician's list, and keeping it until it may change."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from records.findings.limits import Limits
from records.findings.situations import situation_of
from records.findings.turning import leaves_the_week, turns_at
from records.people import Person, Tie
from records.policy import Leave
from records.reviews import HOLDS, Review
from records.services.known import Known, known_of
from records.services.limiting import usual_for
from records.services.ports import Unit
from records.services.viewing import patients_of
from records.standing import Standing
from records.tracking import PersonId, RecordId

LOOKS = timedelta(days=7)
"""So long after somebody's last look at the list it is worked out ahead of the next."""

UNKNOWN = timedelta(days=30)
"""How long at most nothing is asked again about a record that is not open."""


def standings_of(unit: Unit, *, by: Person, now: datetime, usual: Limits) -> tuple[Standing, ...]:
    """Return where every patient of a clinician's list stands now; notes nothing.

    What is kept and still counts is taken as it is; the rest is worked out, and kept.
    """
    kept = unit.standings.of(by, usual, now)
    unit.standings.look(by, now)
    stale = [record for record, one in kept.items() if one is None]
    fresh = work_out(unit, stale, by=by, now=now, usual=usual)
    unit.standings.keep(by, fresh)
    every = (*(one for one in kept.values() if one is not None), *fresh)
    return tuple(one for one in every if one.situation is not None)


def work_out(
    unit: Unit, records: Collection[RecordId], *, by: Person, now: datetime, usual: Limits
) -> tuple[Standing, ...]:
    """Return where these patients stand for a clinician, of what this one may see."""
    if not records:
        return ()
    cared = patients_of(unit, by=by, now=now, only=records)
    known = known_of(unit, cared, by=by, now=now, usual=usual)
    reviews = unit.reviews.standing(by.id, now - HOLDS, records)
    found = [_standing(one, reviews.get(one.cared.record.id)) for one in known]
    shut = set(records) - {one.record for one in found}
    return (*found, *_not_open(unit, shut, now))


def renew(unit: Unit, *, now: datetime, limit: int) -> int:
    """Work out, for who looks at lists, what no longer counts; return how many."""
    done = 0
    for reader in unit.standings.readers(now - LOOKS):
        by = unit.people.person(PersonId(reader))
        usual = usual_for(unit, by)
        stale = unit.standings.stale(by, usual, now, limit - done)
        fresh = work_out(unit, stale, by=by, now=now, usual=usual)
        unit.standings.keep(by, fresh)
        done += len(fresh)
        if done >= limit:
            break
    return done


def _standing(known: Known, review: Review | None) -> Standing:
    record, facts = known.cared.record, known.facts
    if record.deceased:
        return Standing(record.id, facts.now + UNKNOWN)
    situation, match = situation_of(facts)
    return Standing(
        record=record.id,
        until=min(_ends(known, review)),
        name=known.cared.patient.name,
        situation=situation,
        weight=match.weight,
        helped=_is_helped(known),
        reviewed=review is not None and review.holds(situation, facts),
    )


def _ends(known: Known, review: Review | None) -> Iterator[datetime]:
    """Give each moment, all of them to come, at which the patient may stand elsewhere."""
    now = known.facts.now
    yield turns_at(known.facts)
    yield from (one for one in known.cared.leave.moments if one > now)
    if known.next_told is not None:
        yield known.next_told
    if review is not None:
        yield review.at + HOLDS
        yield from (one for one in leaves_the_week(known.facts, review.seen) if one > now)


def _is_helped(known: Known) -> bool:
    ties, now = known.cared.leave.relationships, known.facts.now
    return any(one.tie is Tie.CAREGIVER and one.holds(now) for one in ties)


def _not_open(unit: Unit, records: Collection[RecordId], now: datetime) -> Sequence[Standing]:
    leaves: Mapping[RecordId, Leave] = unit.many.leaves(records) if records else {}
    return [
        Standing(record, min((one for one in leave.moments if one > now), default=now + UNKNOWN))
        for record, leave in leaves.items()
    ]
