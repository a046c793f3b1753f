"""The decision is what a second, independent writing of the rules says, for one and for lists."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from records.consent import Label, Part
from records.observations import Channel, Observation
from records.people import Basis, Scope, Tie
from records.policy import READING, Action, decide, reach
from records.segments import Segment
from records.tracking import ObservationId, PersonId, TrackingId
from records.vocabulary import Code, Purpose, Role, SegmentKind
from tests import law
from tests.cast import NOON
from tests.records.policy.worlds import (
    OTHER,
    PATIENT,
    READER,
    RECORD,
    Told,
    a_grant,
    a_hiding,
    a_part,
    a_tie,
    a_world,
    asked,
    leave_in,
    moment,
)

KINDS = (
    SegmentKind.PERSONAL_INFORMATION,
    SegmentKind.PHYSICAL_SIGNS,
    SegmentKind.NON_PHYSICAL_SIGNS,
)

organisations = st.sampled_from([None, "clinic", "institute"])
people = st.sampled_from([None, READER, OTHER])
kinds = st.sampled_from([str(one) for one in KINDS])
segments, names = st.sampled_from(["s1", "s2"]), st.sampled_from(["e1", "e2"])
codes = st.sampled_from([str(Code.MOOD), str(Code.PAIN)])
parts = st.one_of(
    st.tuples(kinds, st.none(), st.none(), st.none()),
    st.tuples(kinds, st.none(), st.none(), codes),
    st.tuples(kinds, segments, st.none(), st.none()),
    st.tuples(kinds, segments, names, st.none()),
)
entries = st.tuples(kinds, segments, names, codes)
purposes = st.sampled_from([str(one) for one in Purpose if one is not Purpose.OWN])
hours = st.one_of(st.none(), st.integers(-3, 3))
begins = st.sampled_from([-3, -1, 0, 1])
ends = st.sampled_from([None, None, None, -1, 0, 1])
nearly_always = st.sampled_from([True, True, True, False])
records = st.sampled_from([None, None, None, "another"])
worlds = st.fixed_dictionaries(
    {
        "reader": st.fixed_dictionaries(
            {
                "id": st.sampled_from([PATIENT, READER, READER, READER]),
                "roles": st.sets(st.sampled_from([str(one) for one in Role])),
                "organisation": organisations,
            }
        ),
        "patient": st.just(PATIENT),
        "ties": st.lists(
            st.fixed_dictionaries(
                {
                    "who": st.sampled_from([READER, OTHER]),
                    "tie": st.sampled_from([str(one) for one in Tie]),
                    "scopes": st.sets(st.sampled_from([str(one) for one in Scope])),
                    "basis": st.sampled_from([None, *(str(one) for one in Basis)]),
                    "since": begins,
                    "by_patient": nearly_always,
                    "by_other": nearly_always,
                    "ended": ends,
                    "until": ends,
                    "rests": st.booleans(),
                    "record": records,
                }
            ),
            max_size=2,
        ),
        "grants": st.lists(
            st.fixed_dictionaries(
                {
                    "who": people,
                    "organisation": organisations,
                    "purpose": purposes,
                    "given": begins,
                    "until": ends,
                    "withdrawn": ends,
                    "record": records,
                    "kinds": st.sets(kinds),
                    "ceiling": st.integers(1, 3),
                    "from": hours,
                    "to": hours,
                    "parts": st.lists(parts, max_size=1),
                }
            ),
            max_size=2,
        ),
        "hidings": st.lists(
            st.fixed_dictionaries(
                {
                    "who": people,
                    "organisation": organisations,
                    "hidden": begins,
                    "until": ends,
                    "lifted": ends,
                    "part": parts,
                    "record": records,
                }
            ),
            max_size=2,
        ),
        "emergencies": st.lists(
            st.fixed_dictionaries(
                {
                    "who": st.sampled_from([READER, OTHER]),
                    "organisation": organisations,
                    "opened": begins,
                    "until": st.integers(0, 4),
                    "closed": ends,
                    "record": records,
                }
            ),
            max_size=1,
        ),
    }
)


reading = st.sampled_from([str(one) for one in READING])


@settings(max_examples=400)
@given(worlds, reading, purposes, entries, st.integers(1, 3), st.integers(-4, 4))
def test_one_entry_is_open_exactly_as_the_rules_say(
    world: dict[str, Any], action: str, purpose: str, entry: Any, label: int, hour: int
) -> None:
    part, at = a_part(entry), moment(hour)
    ask = asked(world, action, purpose, part=part, label=Label(label), at=at)
    assert decide(ask).allowed is law.may(world, action, purpose, entry, label, hour)


@settings(max_examples=300)
@given(worlds, reading, purposes)
def test_the_compiled_reach_is_the_decision_for_every_entry(
    world: dict[str, Any], action: str, purpose: str
) -> None:
    seen = reach(asked(world, action, purpose), READING[Action(action)])
    leave = leave_in(world)
    for kind in KINDS:
        for entry in ("e1", "e2"):
            part = Part(kind, TrackingId("s1"), ObservationId(entry), Code.PAIN)
            for label in Label:
                for hour in (-2, 0, 2):
                    at = moment(hour)
                    one = asked(world, action, purpose, leave=leave, part=part, label=label, at=at)
                    assert seen.admits(part, label, at) is decide(one).allowed


@settings(max_examples=200)
@given(worlds, reading, purposes)
def test_a_kind_is_open_when_something_in_it_is(
    world: dict[str, Any], action: str, purpose: str
) -> None:
    ask = asked(world, action, purpose)
    seen = reach(ask, READING[ask.action])
    for kind in KINDS:
        anything = any(
            seen.admits(Part(kind, TrackingId(s), ObservationId(e), code), label, moment(hour))
            for s in ("s1", "s2", "elsewhere")
            for e in ("e1", "e2", "elsewhere")
            for code in (Code.MOOD, Code.PAIN, Code.NOTE)
            for label in Label
            for hour in range(-4, 5)
        )
        assert kind in seen.kinds or not anything


def test_a_segment_is_shown_as_far_as_it_is_open() -> None:
    kept: Told = ("non_physical_signs", "s1", "kept", None)
    world = a_world(
        ("doctor",),
        ties=[a_tie("doctor")],
        grants=[a_grant("non_physical_signs", ceiling=1, parts=[kept])],
        hidings=[a_hiding(("non_physical_signs", "s1", "hidden", None))],
    )
    segment = Segment(
        TrackingId("s1"),
        RECORD.id,
        SegmentKind.NON_PHYSICAL_SIGNS,
        NOON.date(),
        1,
        (
            an_entry("mood", Code.MOOD),
            an_entry("pain", Code.PAIN),
            an_entry("hidden", Code.PAIN),
            an_entry("kept", Code.SYMPTOM, private=True),
            an_entry("private", Code.SYMPTOM, private=True),
        ),
        NOON,
        PersonId(PATIENT),
    )
    seen = reach(asked(world, "read_segment", "treatment")).seen(segment)
    assert [one.id for one in seen.observations] == ["kept", "pain"]


def an_entry(name: str, code: Code, *, private: bool = False) -> Observation:
    who = PersonId(PATIENT)
    return Observation(
        ObservationId(name), code, NOON, NOON, who, who, Channel.CHAT, name, private=private
    )
