"""Nothing that names somebody leaves: by rule, by construction and by the gate."""

import base64
import dataclasses
import html
import typing
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.cda import PatientFacts, read_document, write_segment
from records.deidentify import (
    NEVER_PUBLISHED,
    RULES,
    Identifier,
    Rule,
    identifiers_of,
    leaks,
    pseudonym,
    public_document,
    public_facts_of,
    shift,
)
from records.deidentify.pseudonyms import SHIFTS
from records.deidentify.rules import BOUNDS
from records.observations import Component, Observation, Quantity, Status, pressure
from records.segments import Segment
from records.tracking import RecordId
from records.vocabulary import MEANINGS, PANELS, Code, Purpose, SegmentKind, Shape
from tests.records.cda.documents import (
    AMINA,
    BELA,
    CHEN,
    CLINIC,
    CODES,
    FACTS,
    MORNING,
    RECORD,
    a_segment,
    an_observation,
    anything,
    faults,
    quantity,
    times,
)

KEY = bytes(range(32))
NAME = "7f" * 16
DOCUMENT = "d0" * 16
TODAY = date(2026, 11, 24)
READING = an_observation(components=pressure(128, 82))
PULSE = an_observation(Code.HEART_RATE, quantity("70", Code.HEART_RATE), number=2)


def public(segment: Segment, facts: PatientFacts = FACTS, days: int = -40) -> bytes | None:
    return public_document(
        segment, facts=facts, pseudonym=NAME, document_id=DOCUMENT, shift_days=days, on=TODAY
    )


def must(content: bytes | None) -> bytes:
    assert content is not None
    return content


# --- the rules -----------------------------------------------------------------------------------


def dataclasses_in(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield hint
        for inner in typing.get_type_hints(hint).values():
            yield from dataclasses_in(inner)
    for inner in typing.get_args(hint):
        yield from dataclasses_in(inner)
    if isinstance(hint, typing.NewType):
        yield from dataclasses_in(hint.__supertype__)


def reaching_a_document() -> set[type]:
    hints = [*typing.get_type_hints(write_segment).values()]
    hints += typing.get_type_hints(public_document).values()
    return {found for hint in hints for found in dataclasses_in(hint)}


def test_every_dataclass_that_reaches_a_document_is_found() -> None:
    assert {Segment, Observation, Quantity, Component, PatientFacts} <= reaching_a_document()


def test_every_field_has_a_rule_and_every_rule_a_field() -> None:
    assert set(RULES) == reaching_a_document()
    for kind, rules in RULES.items():
        assert {one.name for one in dataclasses.fields(kind)} == set(rules), kind


PLANTED = "Wang Xiuying 13800138000 1951-03-09"
PLANTED_NUMBER = Decimal(13800138000)


def planted(value: object) -> object:
    """Return something of the same type that names Amina, or at least something else."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(one for one in type(value) if one is not value)
        case str():
            return PLANTED
        case int():
            return int(PLANTED_NUMBER)
        case Decimal():
            return PLANTED_NUMBER
        case datetime():
            return value + timedelta(days=3, hours=5)
        case date():
            return value.replace(year=value.year - 30)
        case tuple():
            return ()
    raise AssertionError(value)


def rebuilt(thing: object, kind: type, field: str, change: Callable[[object], object]) -> object:
    """Return the tree with one field changed in every instance of a dataclass."""
    if isinstance(thing, tuple):
        return tuple(rebuilt(one, kind, field, change) for one in thing)
    if not dataclasses.is_dataclass(thing) or isinstance(thing, type):
        return thing
    parts = {
        one.name: rebuilt(getattr(thing, one.name), kind, field, change)
        for one in dataclasses.fields(thing)
    }
    if type(thing) is kind and parts[field] is not None:
        parts[field] = change(parts[field])
    return dataclasses.replace(thing, **parts)


WORLD = (a_segment(READING, PULSE), FACTS)
SHOWN = [
    kind for kind in RULES if kind in (Segment, Observation, Quantity, Component, PatientFacts)
]
FIELDS = [(kind, field, rule) for kind in SHOWN for field, rule in RULES[kind].items()]


@pytest.mark.parametrize(
    ("kind", "field", "rule"), FIELDS, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_an_identifier_in_any_field_does_not_come_out(kind: type, field: str, rule: Rule) -> None:
    before = must(public(*WORLD))
    segment, facts = typing.cast(
        "tuple[Segment, PatientFacts]", rebuilt(WORLD, kind, field, lambda one: _safe(one, rule))
    )
    after = public(segment, facts)
    if rule is Rule.ABSENT:
        assert after == before
    else:
        assert after != before
    assert leaks(after or b"", [PLANTED, *PLANTED.split(), str(PLANTED_NUMBER)]) == ()


def _safe(value: object, rule: Rule) -> object:
    # A field taken apart is emptied; its parts are planted in their own turn.
    if rule is Rule.PARTS:
        return () if isinstance(value, tuple) else Quantity(PLANTED_NUMBER, PLANTED)
    return planted(value)


def test_who_is_not_handed_over_cannot_come_out() -> None:
    absent = [kind for kind, rules in RULES.items() if set(rules.values()) == {Rule.ABSENT}]
    handed = {
        found
        for hint in typing.get_type_hints(public_document).values()
        for found in dataclasses_in(hint)
    }
    assert len(absent) == 5
    assert not handed & set(absent)


# --- the document --------------------------------------------------------------------------------


@st.composite
def publishable(draw: st.DrawFn, kind: SegmentKind) -> Segment:
    told = []
    for number in range(draw(st.integers(0, 5))):
        code = draw(st.sampled_from(CODES[kind]))
        parts = tuple(
            Component(one, Quantity(draw(_possible(one)), MEANINGS[one].ucum or ""))
            for one in PANELS.get(code, ())
        )
        value = (
            Quantity(draw(_possible(code)), MEANINGS[code].ucum or "")
            if MEANINGS[code].shape is Shape.QUANTITY
            else None
            if parts
            else draw(anything)
        )
        told.append(
            an_observation(
                code,
                value,
                parts,
                number,
                effective=draw(times),
                context=draw(anything),
                site=draw(anything),
                position=draw(anything),
                private=draw(st.booleans()),
                status=draw(st.sampled_from(Status)),
            )
        )
    return a_segment(*told, kind=kind)


def _possible(code: Code) -> st.SearchStrategy[Decimal]:
    return st.decimals(BOUNDS[code].low, BOUNDS[code].high, places=3)


@pytest.mark.parametrize("kind", SegmentKind)
@given(given=st.data())
@settings(max_examples=25, deadline=None)
def test_what_comes_out_is_valid_and_passes_the_gate(
    shared_data: Path, kind: SegmentKind, given: st.DataObject
) -> None:
    segment = given.draw(publishable(kind))
    content = public(segment, days=given.draw(st.sampled_from(SHIFTS)) * -1)
    if content is None:
        return
    assert faults(content, shared_data) == []
    read = read_document(content)
    assert read.kind is kind
    counted = [one for one in segment.standing if not one.private]
    assert len(read.observations) <= len(counted)
    days = {one.effective.date() for one in counted}
    if len(days) == 1:  # another day's shifted date may be this one's true one
        assert leaks(content, identifiers(segment)) == ()


def identifiers(segment: Segment) -> tuple[Identifier, ...]:
    return identifiers_of(
        segment,
        record=RECORD,
        patient=AMINA,
        facts=FACTS,
        people={one.id: one for one in (AMINA, BELA, CHEN)},
        organisations={CLINIC.id: CLINIC},
    )


def test_a_pressure_comes_out_with_its_shifted_hour() -> None:
    read = read_document(must(public(a_segment(READING))))
    (one,) = read.observations
    assert (one.code, one.numbers, one.unit) == (Code.BLOOD_PRESSURE, (128, 82), "mm[Hg]")
    assert one.time == "2026-03-02 08 h"
    assert (read.sex, read.age, read.version) == ("F", "70–79", None)


def test_late_in_the_evening_is_not_the_next_day() -> None:
    late = dataclasses.replace(PULSE, effective=MORNING.replace(hour=23, minute=59))
    (one,) = read_document(must(public(a_segment(late)))).observations
    assert one.time == "2026-03-02 23 h"


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(1986, 12, 31), "40–49"),
        (date(1937, 1, 1), "80–89"),
        (date(1936, 12, 31), "90+"),
        (date(1900, 1, 1), "90+"),
        (date(2030, 1, 1), ""),
        (None, ""),
    ],
)
def test_age_is_a_band(born: date | None, band: str) -> None:
    content = must(public(a_segment(READING), PatientFacts(birth_date=born)))
    assert read_document(content).age == band


@pytest.mark.parametrize("kind", sorted(NEVER_PUBLISHED))
def test_some_kinds_never_come_out(kind: SegmentKind) -> None:
    assert public(dataclasses.replace(a_segment(READING), kind=kind)) is None


@pytest.mark.parametrize(
    "code", [c for c, m in MEANINGS.items() if m.shape not in (Shape.QUANTITY, Shape.PANEL)]
)
def test_words_never_come_out(code: Code) -> None:
    assert public(a_segment(an_observation(code, "128"))) is None


@pytest.mark.parametrize(
    "withheld",
    [
        dataclasses.replace(PULSE, private=True),
        dataclasses.replace(PULSE, status=Status.PROVISIONAL),
        dataclasses.replace(PULSE, status=Status.ENTERED_IN_ERROR),
        dataclasses.replace(PULSE, value=Quantity(PLANTED_NUMBER, "/min")),
        dataclasses.replace(PULSE, value=Quantity(Decimal("NaN"), "/min")),
        dataclasses.replace(PULSE, value=Quantity(Decimal(70), "Salt Lane")),
        dataclasses.replace(PULSE, value="70"),
        dataclasses.replace(READING, components=READING.components[:1]),
        dataclasses.replace(READING, components=READING.components[::-1]),
        dataclasses.replace(PULSE, effective=MORNING.replace(year=1, month=1)),
    ],
)
def test_what_is_withheld_leaves_no_trace(withheld: Observation) -> None:
    assert public(a_segment(withheld)) is None
    beside = dataclasses.replace(READING, id=READING.id[::-1])
    assert public(a_segment(beside, withheld)) == public(a_segment(beside))


def test_digits_hidden_behind_the_point_are_rounded_away() -> None:
    hidden = an_observation(Code.WEIGHT, Quantity(Decimal("61.513800138000"), "kg"))
    (one,) = read_document(must(public(a_segment(hidden)))).observations
    assert one.numbers == (Decimal("61.5"),)


def test_every_number_has_bounds() -> None:
    numbers = {code for code, meaning in MEANINGS.items() if meaning.shape is Shape.QUANTITY}
    assert set(BOUNDS) == numbers


def test_the_order_of_filing_does_not_show() -> None:
    other = dataclasses.replace(PULSE, value=quantity("71", Code.HEART_RATE), id=READING.id)
    one_way = a_segment(other, PULSE)
    swapped = a_segment(
        dataclasses.replace(other, id=PULSE.id), dataclasses.replace(PULSE, id=other.id)
    )
    assert public(one_way) == public(swapped)


def test_a_sex_kept_private_is_not_drawn_on() -> None:
    told = [
        an_observation(Code.SEX, "female", number=1, private=True),
        an_observation(Code.BIRTH_DATE, "1951-03-09", number=2),
        an_observation(Code.NAME, "Amina", number=3),
    ]
    assert public_facts_of([a_segment(*told)]) == PatientFacts(birth_date=date(1951, 3, 9))


# --- pseudonym and shift -------------------------------------------------------------------------


def test_no_two_recipients_or_purposes_share_a_pseudonym() -> None:
    names = {
        pseudonym(key, recipient, purpose, record)
        for key in (KEY, bytes(32))
        for recipient in ("salt", "sal", "telehealth")
        for purpose in (Purpose.RESEARCH, Purpose.SERVICE)
        for record in (RecordId("a"), RecordId("b"), RecordId("ta"))
    }
    assert len(names) == 2 * 3 * 2 * 3
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in names)


def test_a_pseudonym_lasts() -> None:
    first, again = (pseudonym(KEY, "salt", Purpose.RESEARCH, RECORD.id) for _ in range(2))
    assert first == again


def test_a_weak_key_is_refused() -> None:
    with pytest.raises(ValueError, match="128 bits"):
        pseudonym(b"short", "salt", Purpose.RESEARCH, RECORD.id)


def test_shifts_go_back_and_never_by_whole_weeks() -> None:
    shifts = [shift(KEY, "salt", RecordId(str(number))) for number in range(2000)]
    assert all(-365 < one < -28 and one % 7 for one in shifts)
    assert len(set(shifts)) > 250
    assert shift(KEY, "salt", RECORD.id) == shift(KEY, "salt", RECORD.id)
    others = [shift(KEY, "telehealth", RecordId(str(number))) for number in range(2000)]
    assert sum(a == b for a, b in zip(shifts, others, strict=True)) < 40


# --- the gate ------------------------------------------------------------------------------------

CLEAN = must(public(a_segment(READING, PULSE)))
END = CLEAN.index(b"</title>")
CHINESE = "欧阳秀英"
ENCODED: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "upper case": lambda text: text.upper().encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "gb18030": lambda text: text.encode("gb18030"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 after one": lambda text: base64.b64encode(b"x" + text.encode() + b"y"),
    "base64 after two": lambda text: base64.urlsafe_b64encode(b"xx" + text.encode() + b"yyy"),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "hex": lambda text: text.encode().hex().encode(),
    "upper hex": lambda text: text.encode().hex().upper().encode(),
    "url": lambda text: quote(text, safe="").encode(),
    "character references": lambda text: "".join(f"&#{ord(one)};" for one in text).encode(),
    "escaped": lambda text: html.escape(text).encode(),
    "across markup": lambda text: "<b/>".join(text).encode(),
}
WANTED = [
    Identifier("name", "Amina Yusuf"),
    Identifier("name", CHINESE),
    Identifier("phone", "13800138000"),
    Identifier("address", "3 Salt Lane"),
    Identifier("birth date", "1951-03-09"),
    Identifier("global id", RECORD.global_id),
]


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("wanted", WANTED, ids=lambda one: one.kind)
def test_the_gate_finds_what_is_planted(wanted: Identifier, encoding: str) -> None:
    assert leaks(CLEAN, WANTED) == ()
    planted_bytes = ENCODED[encoding](wanted.value)
    assert leaks(CLEAN[:END] + planted_bytes + CLEAN[END:], WANTED) == (wanted.kind,)


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        (WANTED[0], "Yusuf Amina"),
        (WANTED[0], "Yusuf, Amina"),
        (WANTED[0], "<family>Yusuf</family><given>Amina</given>"),
        (WANTED[0], "aminayusuf"),
        (WANTED[0], "YUSUF_AMINA"),
        (WANTED[1], "秀英 欧阳"),
        (WANTED[1], "<family>欧阳</family><given>秀英</given>"),
        (WANTED[2], "138-0013-8000"),
        (WANTED[2], "(138) 0013 8000"),
        (Identifier("phone", "+86 138 0013 8000"), "tel:13800138000"),
        (WANTED[4], "19510309"),
        (WANTED[4], "9/3/1951"),
        (WANTED[4], "03-09-1951"),
        (WANTED[4], "1951年3月9日"),
        (WANTED[4], "9 Mar 1951"),
        (WANTED[4], "March 9, 1951"),
        (WANTED[5], str(UUID(RECORD.global_id))),
        (Identifier("date", "2026-04-11"), "20260411083000"),
        (Identifier("address", "3 Salt Lane, Riverside"), "lives in 3 Salt Lane"),
        (Identifier("id number", "110101-19510309-123X"), "11010119510309123"),
        (Identifier("name", "Ann"), "<name>Ann</name>"),
    ],
)
def test_the_gate_knows_how_people_write(wanted: Identifier, written: str) -> None:
    assert leaks(CLEAN, [wanted]) == ()
    assert leaks(CLEAN + written.encode(), [wanted]) == (wanted.kind,)


@pytest.mark.parametrize("name", ["Rate", "Heart", "Ann", "Kang", "Code", "Li", "Section", "An"])
def test_a_name_that_is_a_word_of_ours_stops_nothing(name: str) -> None:
    assert leaks(CLEAN, [Identifier("name", name)]) == ()


def test_the_gate_tells_classes_and_never_values() -> None:
    content = b"Amina Yusuf 13800138000"
    assert leaks(content, [*WANTED, "13800138000", ""]) == ("identifier", "name", "phone")


def test_the_private_document_does_not_pass_the_gate() -> None:
    segment = a_segment(READING)
    content = write_segment(
        segment,
        record=RECORD,
        patient=AMINA,
        facts=FACTS,
        people={BELA.id: BELA},
        organisations={},
    )
    found = leaks(content, identifiers(segment))
    expected = {"name", "phone", "address", "birth date", "person id", "tracking id", "date"}
    assert expected <= set(found)


def test_what_was_ever_told_of_the_person_is_looked_for() -> None:
    told = [
        an_observation(Code.ID_NUMBER, "ZX-4471-88", number=1),
        an_observation(Code.NAME, "Amina Khalil", number=2, status=Status.ENTERED_IN_ERROR),
        an_observation(Code.SEX, "female", number=3),
    ]
    found = identifiers_of(
        a_segment(READING),
        record=RECORD,
        patient=AMINA,
        facts=FACTS,
        people={},
        organisations={},
        personal=[a_segment(*told)],
    )
    assert {Identifier("id number", "ZX-4471-88"), Identifier("name", "Amina Khalil")} <= set(found)
    assert "female" not in {one.value for one in found}


def test_every_part_of_the_world_is_looked_for() -> None:
    kinds = {one.kind for one in identifiers(a_segment(READING))}
    assert {"global id", "record id", "container", "organisation", "observation id"} <= kinds
