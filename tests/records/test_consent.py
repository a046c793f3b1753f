"""Grants, hidings, emergencies and parts: when they hold, for whom, and what lies within what."""

from dataclasses import FrozenInstanceError, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from records.consent import Emergency, Grant, Hiding, Label, Part, label_of
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
from tests.cast import NOON

SIGNS, MOODS = SegmentKind.PHYSICAL_SIGNS, SegmentKind.NON_PHYSICAL_SIGNS
CHEN, DARA, CLINIC = PersonId("chen"), PersonId("dara"), OrganisationId("clinic")
SEGMENT, OTHER_SEGMENT = TrackingId("s1"), TrackingId("s2")
ENTRY, OTHER_ENTRY = ObservationId("e1"), ObservationId("e2")
RECORD = RecordId("r")
MOMENT = timedelta(seconds=1)

KIND = Part(MOODS)
ONE_CODE = Part(MOODS, code=Code.PAIN)
ONE_SEGMENT = Part(MOODS, SEGMENT)
ONE_ENTRY = Part(MOODS, SEGMENT, ENTRY)
WHOLE_ENTRY = Part(MOODS, SEGMENT, ENTRY, Code.PAIN)


def a_grant(**more: Any) -> Grant:
    told: dict[str, Any] = {"purpose": Purpose.TREATMENT, "given": NOON, "until": None} | more
    return Grant(GrantId("g"), RECORD, frozenset({SIGNS}), **told)


def a_hiding(**more: Any) -> Hiding:
    return Hiding(HidingId("h"), RECORD, KIND, NOON, PersonId("amina"), **more)


def an_emergency(until: datetime, **more: Any) -> Emergency:
    return Emergency(EmergencyId("e"), RECORD, CHEN, "", NOON, until, **more)


VERSIONED = (a_grant(), a_hiding(), an_emergency(NOON))


@pytest.mark.parametrize("end", ["until", "withdrawn"])
def test_a_grant_holds_from_its_first_moment_to_before_its_last(end: str) -> None:
    grant = a_grant(**{"until": None, end: NOON + MOMENT})
    assert not grant.open(NOON - MOMENT)
    assert grant.open(NOON)
    assert not grant.open(NOON + MOMENT)
    assert a_grant().open(NOON + timedelta(days=9999))


@pytest.mark.parametrize("end", ["until", "lifted"])
def test_a_hiding_holds_from_its_first_moment_to_before_its_last(end: str) -> None:
    hiding = a_hiding(**{end: NOON + MOMENT})
    held = [hiding.open(NOON + late * MOMENT) for late in (-1, 0, 1)]
    assert held == [False, True, False]


def test_an_emergency_ends_by_itself_or_when_it_is_closed() -> None:
    by_itself = an_emergency(NOON + MOMENT)
    closed = an_emergency(NOON + 9 * MOMENT, closed=NOON + MOMENT)
    for one in (by_itself, closed):
        assert [one.open(NOON + late * MOMENT) for late in (-1, 0, 1)] == [False, True, False]


def test_a_grant_names_a_person_or_everybody_of_an_organisation() -> None:
    named = a_grant(person=CHEN)
    assert named.names(CHEN, None)
    assert not named.names(DARA, CLINIC)
    ours = a_grant(organisation=CLINIC)
    assert ours.names(DARA, CLINIC)
    assert not ours.names(DARA, OrganisationId("hospital"))
    assert not ours.names(DARA, None)
    assert not a_grant().names(DARA, None)


def test_what_is_hidden_from_nobody_by_name_is_hidden_from_everyone() -> None:
    assert a_hiding().is_from(DARA, None)
    assert a_hiding(person=CHEN).is_from(CHEN, None)
    assert not a_hiding(person=CHEN).is_from(DARA, CLINIC)
    assert a_hiding(organisation=CLINIC).is_from(DARA, CLINIC)
    assert not a_hiding(organisation=CLINIC).is_from(DARA, None)


def test_a_grant_touches_its_kinds_and_those_of_its_parts() -> None:
    assert a_grant(parts=frozenset({ONE_CODE})).touched == {SIGNS, MOODS}


def test_an_entry_is_restricted_by_its_code_and_by_the_patient() -> None:
    assert label_of(Code.PAIN, private=False) is Label.NORMAL
    assert label_of(Code.MOOD, private=False) is Label.RESTRICTED
    assert label_of(Code.PAIN, private=True) is Label.VERY_RESTRICTED
    assert Label.NORMAL < Label.RESTRICTED < Label.VERY_RESTRICTED
    assert [int(one) for one in Label] == [1, 2, 3]  # as they are kept
    assert a_grant().ceiling is Label.RESTRICTED


HELD = {
    (KIND, ONE_CODE),
    (KIND, ONE_SEGMENT),
    (KIND, ONE_ENTRY),
    (KIND, WHOLE_ENTRY),
    (ONE_CODE, WHOLE_ENTRY),
    (ONE_SEGMENT, ONE_ENTRY),
    (ONE_SEGMENT, WHOLE_ENTRY),
    (ONE_ENTRY, WHOLE_ENTRY),
}
"""What lies within what, beside each within itself."""
PARTS = (KIND, ONE_CODE, ONE_SEGMENT, ONE_ENTRY, WHOLE_ENTRY)


def test_a_part_holds_what_lies_within_it() -> None:
    for whole in PARTS:
        for part in PARTS:
            assert whole.holds(part) is (whole == part or (whole, part) in HELD), (whole, part)
            assert whole.touches(part), (whole, part)


@pytest.mark.parametrize(
    "other",
    [
        Part(SIGNS),
        Part(SIGNS, SEGMENT, ENTRY, Code.PAIN),
        replace(WHOLE_ENTRY, segment=OTHER_SEGMENT),
        replace(WHOLE_ENTRY, entry=OTHER_ENTRY),
        replace(WHOLE_ENTRY, code=Code.SLEEP),
    ],
)
def test_parts_that_differ_in_one_thing_have_nothing_in_common(other: Part) -> None:
    assert not WHOLE_ENTRY.holds(other)
    assert not WHOLE_ENTRY.touches(other)
    assert not other.touches(WHOLE_ENTRY)


def test_only_a_segment_or_an_entry_is_singled_out() -> None:
    assert [one.singles_out for one in PARTS] == [False, False, True, True, True]
    assert Part(MOODS, entry=ENTRY).singles_out


def test_parts_have_an_order_so_that_a_document_is_always_the_same() -> None:
    ordered = [KIND, ONE_CODE, ONE_SEGMENT, ONE_ENTRY, WHOLE_ENTRY, Part(SIGNS)]
    mixed = [ordered[place] for place in (4, 1, 5, 0, 3, 2)]
    assert sorted(mixed) == ordered
    assert not Part(MOODS) > KIND


def test_what_was_consented_to_is_never_changed_but_in_a_new_version() -> None:
    for one, name in ((KIND, "kind"), *((one, "record") for one in VERSIONED)):
        with pytest.raises(FrozenInstanceError):
            setattr(one, name, "another")
        assert not hasattr(one, "__dict__")
    assert [one.version for one in VERSIONED] == [1, 1, 1]
    assert a_grant().parts == frozenset()
