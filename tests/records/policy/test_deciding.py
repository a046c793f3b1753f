"""The decision is what a second, independent writing of the rules says, for one and for lists."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from records.consent import Emergency, Grant, Hiding, Label, Part
from records.observations import Channel, Observation
from records.people import Basis, Person, Place, Record, Relationship, Scope, Tie
from records.policy import READING, Action, Ask, Leave, decide, reach
from records.segments import Segment
from records.tracking import (
    EmergencyId,
    GlobalId,
    GrantId,
    HidingId,
    ObservationId,
    OrganisationId,
    PersonId,
    RecordId,
    RelationshipId,
    TrackingId,
)
from records.vocabulary import Code, Language, Purpose, Role, SegmentKind
from tests.cast import NOON, ZONE
from tests.records.policy.oracle import may_read

PATIENT, READER, OTHER = "patient", "reader", "other"
KINDS = (
    SegmentKind.PERSONAL_INFORMATION,
    SegmentKind.PHYSICAL_SIGNS,
    SegmentKind.NON_PHYSICAL_SIGNS,
)
RECORD = Record(RecordId("r"), PersonId(PATIENT), GlobalId("g"), Place("private", "g"))
BEFORE, AFTER = NOON - timedelta(days=1), NOON + timedelta(days=1)

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
                    "holds": st.booleans(),
                    "basis": st.sampled_from([None, *(str(one) for one in Basis)]),
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
                    "open": st.booleans(),
                    "kinds": st.sets(kinds),
                    "ceiling": st.integers(1, 3),
                    "from": hours,
                    "until": hours,
                    "parts": st.lists(parts, max_size=1),
                }
            ),
            max_size=2,
        ),
        "hidings": st.lists(
            st.fixed_dictionaries(
                {"who": people, "organisation": organisations, "open": st.booleans(), "part": parts}
            ),
            max_size=2,
        ),
        "emergencies": st.lists(
            st.fixed_dictionaries({"who": st.sampled_from([READER, OTHER]), "open": st.booleans()}),
            max_size=1,
        ),
    }
)


def moment(hour: int | None) -> Any:
    return None if hour is None else NOON + timedelta(hours=hour)


def a_part(told: tuple[str, str | None, str | None, str | None]) -> Part:
    kind, segment, entry, code = told
    return Part(
        SegmentKind(kind),
        TrackingId(segment) if segment else None,
        ObservationId(entry) if entry else None,
        Code(code) if code else None,
    )


def a_person(told: dict[str, Any]) -> Person:
    return Person(
        PersonId(told["id"]),
        "",
        Language.ENGLISH,
        ZONE,
        frozenset(Role(one) for one in told["roles"]),
        told["organisation"],
    )


def leave_in(world: dict[str, Any]) -> Leave:
    return Leave(
        tuple(
            Relationship(
                RelationshipId(str(i)),
                RECORD.id,
                PersonId(one["who"]),
                Tie(one["tie"]),
                frozenset(Scope(s) for s in one["scopes"]),
                BEFORE,
                BEFORE,
                BEFORE,
                ended=None if one["holds"] else BEFORE,
                basis=Basis(one["basis"]) if one["basis"] else None,
            )
            for i, one in enumerate(world["ties"])
        ),
        tuple(
            Grant(
                GrantId(str(i)),
                RECORD.id,
                frozenset(SegmentKind(k) for k in one["kinds"]),
                Purpose(one["purpose"]),
                BEFORE,
                AFTER if one["open"] else NOON,
                one["who"] and PersonId(one["who"]),
                one["organisation"] and OrganisationId(one["organisation"]),
                ceiling=Label(one["ceiling"]),
                data_from=moment(one["from"]),
                data_until=moment(one["until"]),
                parts=frozenset(a_part(p) for p in one["parts"]),
            )
            for i, one in enumerate(world["grants"])
        ),
        tuple(
            Hiding(
                HidingId(str(i)),
                RECORD.id,
                a_part(one["part"]),
                BEFORE,
                PersonId(PATIENT),
                person=one["who"] and PersonId(one["who"]),
                organisation=one["organisation"] and OrganisationId(one["organisation"]),
                lifted=None if one["open"] else NOON,
            )
            for i, one in enumerate(world["hidings"])
        ),
        tuple(
            Emergency(
                EmergencyId(str(i)),
                RECORD.id,
                PersonId(one["who"]),
                "",
                BEFORE,
                AFTER if one["open"] else NOON,
            )
            for i, one in enumerate(world["emergencies"])
        ),
    )


def asked(world: dict[str, Any], action: str, purpose: str) -> Ask:
    by = a_person(world["reader"])
    return Ask(Action(action), by, RECORD, NOON, Purpose(purpose), leave_in(world))


reading = st.sampled_from([str(one) for one in READING])


@settings(max_examples=400)
@given(worlds, reading, purposes, entries, st.integers(1, 3), st.integers(-4, 4))
def test_one_entry_is_open_exactly_as_the_rules_say(
    world: dict[str, Any], action: str, purpose: str, entry: Any, label: int, hour: int
) -> None:
    ask = asked(world, action, purpose)
    one = Ask(
        ask.action,
        ask.by,
        ask.record,
        ask.now,
        ask.purpose,
        ask.leave,
        a_part(entry),
        Label(label),
        moment(hour),
    )
    expected = may_read(world, action, purpose, entry, label, hour)
    assert decide(one).allowed is expected


@settings(max_examples=300)
@given(worlds, reading, purposes)
def test_the_compiled_reach_is_the_decision_for_every_entry(
    world: dict[str, Any], action: str, purpose: str
) -> None:
    ask = asked(world, action, purpose)
    ways = READING[ask.action]
    seen = reach(ask, ways)
    for kind in KINDS:
        for entry in ("e1", "e2"):
            part = Part(kind, TrackingId("s1"), ObservationId(entry), Code.PAIN)
            for label in Label:
                for hour in (-2, 0, 2):
                    at = moment(hour)
                    one = Ask(
                        ask.action,
                        ask.by,
                        ask.record,
                        ask.now,
                        ask.purpose,
                        ask.leave,
                        part,
                        label,
                        at,
                    )
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
    world = {
        "reader": {"id": READER, "roles": {"doctor"}, "organisation": None},
        "patient": PATIENT,
        "ties": [{"who": READER, "tie": "doctor", "scopes": set(), "holds": True, "basis": None}],
        "grants": [
            {
                "who": READER,
                "organisation": None,
                "purpose": "treatment",
                "open": True,
                "kinds": {"non_physical_signs"},
                "ceiling": 1,
                "from": None,
                "until": None,
                "parts": [("non_physical_signs", "s1", "kept", None)],
            }
        ],
        "hidings": [
            {
                "who": None,
                "organisation": None,
                "open": True,
                "part": ("non_physical_signs", "s1", "hidden", None),
            }
        ],
        "emergencies": [],
    }
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
