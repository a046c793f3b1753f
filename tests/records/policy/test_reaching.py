"""What a reach shows of segments, series and words, and the rule a decision names."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from records.consent import Label, Part
from records.policy import READING, RELEASED, Action, Reach, decide, reach
from records.policy.reading import Opening
from records.series import Point, Saying
from records.tracking import ObservationId, TrackingId
from records.vocabulary import Code, Purpose, SegmentKind
from tests.cast import NOON
from tests.records.policy.worlds import (
    PATIENT,
    World,
    a_grant,
    a_hiding,
    a_part,
    a_tie,
    a_world,
    an_emergency,
    asked,
)

MOODS = "non_physical_signs"
DOCTOR: World = {"roles": ("doctor",), "ties": [a_tie("doctor")]}


def a_reach(world: World, purpose: str = "treatment", action: str = "read_segment") -> Reach:
    return reach(asked(world, action, purpose), READING[Action(action)])


def a_point(name: str, *, private: bool = False, at: datetime = NOON) -> Point:
    one, segment = ObservationId(name), TrackingId("s1")
    return Point(at, (Decimal(4),), "", private, one, segment)


def a_saying(name: str, code: Code = Code.SYMPTOM, *, private: bool = False) -> Saying:
    return Saying(code, NOON, "", "", private, ObservationId(name), TrackingId("s1"))


def names(found: Any) -> list[str]:
    return [one.observation for one in found]


POINTS = (a_point("old", at=NOON - timedelta(hours=9)), a_point("new"), a_point("p", private=True))


@pytest.mark.parametrize(
    ("grants", "hidings", "seen"),
    [
        ([a_grant(MOODS)], [], ["old", "new"]),
        ([a_grant("physical_signs")], [], []),
        ([a_grant(MOODS, ceiling=3)], [], ["old", "new", "p"]),
        ([a_grant(MOODS, **{"from": -1})], [], ["new"]),
        ([a_grant(MOODS, to=-1)], [], ["old"]),
        ([a_grant(MOODS)], [a_hiding((MOODS, "s1", "new", None))], ["old"]),
        ([a_grant(MOODS)], [a_hiding((MOODS, None, None, "pain"))], []),
        ([a_grant(MOODS)], [a_hiding(("other", "s1", "new", None))], ["old", "new"]),
        ([a_grant(parts=[(MOODS, "s1", "p", None)])], [], ["p"]),
        ([a_grant(MOODS, parts=[("other", "s1", "p", None)])], [], ["old", "new"]),
        ([a_grant(parts=[(MOODS, None, None, "pain")])], [], ["old", "new"]),
        ([a_grant(parts=[(MOODS, None, None, "sleep")])], [], []),
    ],
)
def test_of_a_series_each_number_is_shown_as_far_as_its_entry_is_open(
    grants: list[World], hidings: list[World], seen: list[str]
) -> None:
    shown = a_reach(a_world(**DOCTOR, grants=grants, hidings=hidings))
    assert names(shown.points(Code.PAIN, POINTS)) == seen


def test_of_words_each_is_shown_as_far_as_its_entry_is_open() -> None:
    hidden = a_hiding((MOODS, "s1", "hidden", None))
    shown = a_reach(a_world(**DOCTOR, grants=[a_grant(MOODS, ceiling=1)], hidings=[hidden]))
    words = (
        a_saying("plain"),
        a_saying("hidden"),
        a_saying("mood", Code.MOOD),
        a_saying("private", private=True),
        a_saying("born", Code.BIRTH_DATE),
    )
    assert names(shown.sayings(words)) == ["plain"]


def test_a_reach_knows_the_kinds_of_which_something_is_open() -> None:
    one_code = ("other", None, None, "note")
    grants = [a_grant("physical_signs", "signs", parts=[one_code])]
    hidden = [a_hiding(("signs", None, None, None)), a_hiding(("physical_signs", "s1", "e", None))]
    shown = a_reach(a_world(**DOCTOR, grants=grants, hidings=hidden))
    assert shown.kinds == {SegmentKind.PHYSICAL_SIGNS, SegmentKind.OTHER}


def test_a_reach_says_whether_something_of_a_part_is_hidden() -> None:
    shown = a_reach(a_world(**DOCTOR, hidings=[a_hiding((MOODS, "s1", "e1", None))]))
    assert shown.hides(a_part((MOODS, None, None, None)))
    assert shown.hides(a_part((MOODS, "s1", "e1", "pain")))
    assert not shown.hides(a_part((MOODS, "s1", "e2", "pain")))
    assert not shown.hides(a_part(("other", None, None, None)))


def test_the_own_record_is_read_for_oneself_and_any_other_for_what_was_stated() -> None:
    own, other = a_reach(a_world(who=PATIENT)), a_reach(a_world(**DOCTOR), "care_management")
    assert (own.own, own.purpose) == (True, Purpose.OWN)
    assert (other.own, other.purpose) == (False, Purpose.CARE_MANAGEMENT)


def test_without_a_label_or_an_hour_a_part_is_open_where_something_of_it_may_be() -> None:
    opening = Opening(
        frozenset({a_part((MOODS, None, None, "pain"))}),
        Label.NORMAL,
        data_from=NOON,
        singled=frozenset({a_part(("other", "s1", None, None))}),
    )
    assert opening.admits(Part(SegmentKind.NON_PHYSICAL_SIGNS), None, None)
    assert not opening.admits(Part(SegmentKind.NON_PHYSICAL_SIGNS), Label.NORMAL, None)
    assert opening.admits(Part(SegmentKind.OTHER), None, None)
    assert not opening.admits(Part(SegmentKind.SIGNS), None, None)
    assert not opening.admits(Part(SegmentKind.NON_PHYSICAL_SIGNS), None, NOON - timedelta(1))


GRANTED: World = {**DOCTOR, "grants": [a_grant(MOODS)]}
RULES: list[tuple[World, str, str, str]] = [
    ({"who": PATIENT}, "read_segment", "own", "is_the_patient+has_all"),
    (GRANTED, "read_segment", "treatment", "treats_the_patient+asks_for_treatment"),
    ({**GRANTED, "hidings": [a_hiding((MOODS, None, None, None))]}, "hand_out", "own", "hidden"),
    (GRANTED, "read_segment", "research", "no_clause"),
    (DOCTOR, "place_order", "treatment", "treats_the_patient"),
    (DOCTOR, "erase", "treatment", "no_clause"),
    (
        {"roles": ("doctor",), "emergencies": [an_emergency()]},
        "see_record",
        "emergency",
        "is_a_doctor+opened_this_in_an_emergency",
    ),
]


@pytest.mark.parametrize(("world", "action", "purpose", "rule"), RULES)
def test_a_decision_names_the_rule_that_decided(
    world: World, action: str, purpose: str, rule: str
) -> None:
    part = a_part((MOODS, "s1", "e1", "pain"))
    said = decide(asked(a_world(**world), action, purpose, part=part, label=Label.NORMAL, at=NOON))
    assert said.rule.startswith(rule)


def test_asked_of_nothing_in_particular_it_is_whether_anything_is_open() -> None:
    for grants, open_ in (([a_grant(MOODS)], True), ([], False)):
        world = a_world(**DOCTOR, grants=grants, hidings=[a_hiding((MOODS, None, None, None))])
        assert decide(asked(world, "read_segment", "treatment")).allowed is bool(open_)


def test_a_release_never_opens_who_somebody_is() -> None:
    person = "personal_information"
    parts = [(person, "s1", "e1", None), (person, None, None, "sex")]
    to = {"who": None, "organisation": "institute", "purpose": "research"}
    grant = a_grant(person, "physical_signs", parts=parts, **to)
    world = a_world(("third_party",), "institute", grants=[grant])
    shown = reach(asked(world, "read_released", "research"), RELEASED)
    assert shown.kinds == {SegmentKind.PHYSICAL_SIGNS}
