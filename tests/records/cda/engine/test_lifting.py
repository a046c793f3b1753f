"""A hidden section takes along what is hidden in it, and nothing of another kind."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.cda import EmrRecord
from records.vocabulary import SegmentKind
from tests.records.cda.documents import faults
from tests.records.cda.engine.made import (
    FAMILY,
    LIFE,
    MOOD,
    NOTE,
    PROBLEMS,
    Document,
    Entry,
    Section,
    canary,
    document,
    documents,
)

FAMILY_KIND, MOOD_KIND = SegmentKind.FAMILY_HISTORY, SegmentKind.NON_PHYSICAL_SIGNS


def left_of(record: EmrRecord) -> list[bool]:
    text = record.to_bytes().decode()
    return [canary(number) in text for number in (1, 2, 3, 4)]


def nested(*codes: str) -> Section:
    """Return sections one in another, each with an entry of its number."""
    section: tuple[Section, ...] = ()
    for number, code in reversed(list(enumerate(codes, 1))):
        section = (Section(code, (Entry(number),), section),)
    return section[0]


@pytest.mark.parametrize(
    ("codes", "left"),
    [
        ((FAMILY, MOOD), [False, True]),
        ((FAMILY, ""), [False, False]),
        ((FAMILY, FAMILY, MOOD), [False, False, True]),
        ((FAMILY, MOOD, FAMILY, LIFE), [False, True, False, True]),
        ((MOOD, FAMILY, LIFE), [True, False, True]),
    ],
)
def test_what_is_of_another_kind_stays(
    shared_data: Path, codes: tuple[str, ...], left: list[bool]
) -> None:
    made = document(nested(*codes), Section(NOTE))
    hidden = EmrRecord.parse(made).hide(kinds=[FAMILY_KIND])
    assert left_of(hidden)[: len(left)] == left
    assert faults(hidden.to_bytes(), shared_data) == []


def test_it_stands_where_its_section_stood() -> None:
    made = document(
        Section(PROBLEMS),
        Section(FAMILY, (), (Section(MOOD, (Entry(1),)), Section(LIFE, (Entry(2),)))),
        Section(NOTE),
    )
    hidden = EmrRecord.parse(made).hide(kinds=[FAMILY_KIND])
    codes = [one.find("{*}code").get("code") for one in hidden.walk("section")]  # type: ignore[union-attr]
    assert codes == [PROBLEMS, MOOD, LIFE, NOTE]


@settings(max_examples=100, deadline=None)
@given(documents(), st.sets(st.sampled_from(SegmentKind)))
def test_no_entry_of_another_kind_goes_along(made: Document, kinds: set[SegmentKind]) -> None:
    kinds -= {SegmentKind.PERSONAL_INFORMATION}
    plain = Document(tuple(_alone(one) for one in made.sections))
    record = EmrRecord.parse(plain.to_bytes())
    kept = [(one.kind, one.value) for one in record.entries() if one.kind not in kinds]
    left = [(one.kind, one.value) for one in record.hide(kinds=kinds).entries()]
    assert sorted(left) == sorted(kept)


def _alone(section: Section) -> Section:
    """Return a section whose entries mention no other, each an organizer of its own."""
    entries = tuple(replace(one, mentions=0, organizer=False) for one in section.entries)
    return replace(section, entries=entries, inner=tuple(map(_alone, section.inner)))


def test_what_is_secret_in_a_hidden_section_is_not_lifted_out() -> None:
    inner = Section(MOOD, (Entry(2),))
    made = document(Section(FAMILY, (Entry(1),), (inner,), restricted=True))
    kinds = set(SegmentKind) - {FAMILY_KIND}
    assert left_of(EmrRecord.parse(made).share(kinds))[:2] == [False, False]
    opened = EmrRecord.parse(made).share(kinds, restricted=True)
    assert left_of(opened)[:2] == [False, True]


@pytest.mark.parametrize("mark", ["R", "V"])
def test_a_secret_document_is_shared_only_if_asked_for(mark: str) -> None:
    made = document(Section(PROBLEMS, (Entry(1),)), Section(MOOD, (Entry(2),)))
    secret = made.replace(
        b'confidentialityCode code="N"', f'confidentialityCode code="{mark}"'.encode()
    )
    record = EmrRecord.parse(secret)
    for shared in (record.share(), record.select(SegmentKind)):
        assert left_of(shared)[:2] == [False, False]
    assert left_of(record.share(restricted=True))[:2] == [True, True]
    assert left_of(record.hide())[:2] == [True, True]


def test_a_section_says_itself_that_it_is_less_secret_than_its_document() -> None:
    made = document(Section(PROBLEMS, (Entry(1),)), Section(MOOD, (Entry(2),)))
    secret = made.replace(b'confidentialityCode code="N"', b'confidentialityCode code="R"')
    end = b"</text>"
    place = secret.index(end) + len(end)
    open_ = secret[:place] + b'<confidentialityCode code="N"/>' + secret[place:]
    assert left_of(EmrRecord.parse(open_).share())[:2] == [True, False]
