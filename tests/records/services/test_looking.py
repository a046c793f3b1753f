"""Looks in words' order: by day and person, what they come to, and why they could be."""

from datetime import timedelta

import pytest

from records.consent import Grant
from records.people import Person
from records.policy import Action
from records.services.consenting import Look
from records.services.looking import What, Why, visitors, what_of, why_of
from records.services.ports import Face, Note
from records.tracking import GrantId, PersonId, RecordId
from records.vocabulary import Language, Purpose, Role, SegmentKind
from tests.cast import NOON, ZONE

CHEN = Person(PersonId("chen"), "Dr Chen", Language.ENGLISH, ZONE, frozenset({Role.DOCTOR}))
BELA = Person(PersonId("bela"), "Bela", Language.ENGLISH, ZONE, frozenset({Role.CAREGIVER}))
NUMBERS, MOOD = SegmentKind.PHYSICAL_SIGNS, SegmentKind.NON_PHYSICAL_SIGNS
BY_GRANT = "treats_the_patient+asks_for_treatment+holds_an_open_grant"


def look(
    who: Person | None,
    hours: float,
    action: Action = Action.READ_SEGMENT,
    *kinds: SegmentKind,
    rule: str = BY_GRANT,
    allowed: bool = True,
    ref: str = "",
) -> Look:
    at, by = NOON + timedelta(hours=hours), who.id if who else None
    one, purpose = RecordId("one"), Purpose.TREATMENT
    note = Note(at, action, allowed, rule, by, one, purpose, frozenset(kinds), ref, face=Face.SITE)
    return Look(note, who)


def test_looks_of_one_person_on_one_day_are_together_with_how_often() -> None:
    found = visitors(
        [
            look(CHEN, 3, Action.READ_SEGMENT, NUMBERS),
            look(BELA, 2, rule="helps_by_seeing"),
            look(CHEN, 1, Action.READ_SEGMENT, MOOD),
            look(CHEN, 0, Action.HAND_OUT, NUMBERS),
            look(CHEN, -20, Action.READ_SEGMENT, NUMBERS),
        ],
        zone=ZONE,
    )
    assert [one.by for one in found] == [CHEN, BELA, CHEN]
    read, copied = found[0].visits
    assert (read.what, read.kinds, len(read.times)) == (What.READ, {NUMBERS, MOOD}, 2)
    assert (copied.what, len(copied.times)) == (What.COPIED, 1)


def test_a_day_begins_at_the_readers_midnight() -> None:
    # Noon in Amina's zone: eleven hours later is 23:00 of the same day, thirteen hours the next.
    found = visitors([look(CHEN, 13), look(CHEN, 11)], zone=ZONE)
    assert len(found) == 2


def test_who_looks_by_a_grant_carries_it_and_nobody_else() -> None:
    kinds = frozenset({NUMBERS})
    given = Grant(
        GrantId("g"), RecordId("one"), kinds, Purpose.TREATMENT, NOON, None, person=CHEN.id
    )
    found = visitors([look(CHEN, 0), look(BELA, 0), look(None, 0)], zone=ZONE, grants=[given])
    assert [one.grant for one in found] == [given, None, None]


@pytest.mark.parametrize(
    ("one", "what", "why"),
    [
        (look(CHEN, 0, Action.READ_SEGMENT, NUMBERS), What.READ, Why.LEAVE),
        (look(CHEN, 0, Action.READ_SEGMENT, ref="worklist"), What.LISTED, Why.LEAVE),
        (look(CHEN, 0, Action.SEE_RECORD, rule="treats_the_patient"), What.NAMED, Why.CARES),
        (look(CHEN, 0, rule="treats_the_patient+readable"), What.READ, Why.LEAVE),
        (
            look(CHEN, 0, rule="is_a_doctor+asks_in_an_emergency+opened_an_emergency"),
            What.READ,
            Why.EMERGENCY,
        ),
        (look(BELA, 0, rule="helps_at_all+readable"), What.READ, Why.HELPS),
        (look(CHEN, 0, allowed=False, rule="no_clause"), What.REFUSED, Why.NO_LEAVE),
        (look(CHEN, 0, Action.PLACE_ORDER, rule="treats_the_patient"), What.ELSE, Why.CARES),
    ],
)
def test_each_line_says_what_it_comes_to_and_why(one: Look, what: What, why: Why) -> None:
    assert (what_of(one.note), why_of(one.note)) == (what, why)
