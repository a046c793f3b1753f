"""One look is one line: what is said together, and what is kept of a transaction undone."""

from records.policy import Action
from records.services.noting import fold, refusals, tells_more
from records.services.ports import Note
from records.tracking import PersonId, RecordId
from records.vocabulary import Purpose, SegmentKind
from tests.cast import NOON

NUMBERS, MOOD = SegmentKind.PHYSICAL_SIGNS, SegmentKind.NON_PHYSICAL_SIGNS
CHEN, ONE, TWO = PersonId("chen"), RecordId("one"), RecordId("two")


def note(
    action: Action, *kinds: SegmentKind, record: RecordId | None = ONE, **more: object
) -> Note:
    rule = str(more.pop("rule", "treats_the_patient"))
    allowed, ref = bool(more.pop("allowed", True)), str(more.pop("ref", ""))
    by, purpose = CHEN, Purpose.TREATMENT
    return Note(NOON, action, allowed, rule, by, record, purpose, frozenset(kinds), ref)


def test_a_page_is_one_line_of_its_most_telling_part_with_all_kinds() -> None:
    (line,) = fold(
        [
            note(Action.SEE_RECORD),
            note(Action.READ_SEGMENT, NUMBERS, rule="readable"),
            note(Action.SEE_ORDERS),
            note(Action.READ_SEGMENT, MOOD, rule="readable"),
        ]
    )
    assert line.action is Action.READ_SEGMENT
    assert line.kinds == {NUMBERS, MOOD}
    assert line.rule == "treats_the_patient+readable"


def test_each_patient_and_each_change_has_a_line_of_its_own() -> None:
    lines = fold(
        [
            note(Action.READ_SEGMENT, NUMBERS),
            note(Action.READ_SEGMENT, NUMBERS, record=TWO),
            note(Action.FILE_DESCRIPTION),
            note(Action.READ_SEGMENT, allowed=False),
        ]
    )
    assert len(lines) == 4


def test_one_segment_read_keeps_its_id_and_several_keep_none() -> None:
    read = note(Action.READ_SEGMENT, NUMBERS, ref="a")
    assert fold([note(Action.SEE_RECORD), read])[0].ref == "a"
    assert fold([read, note(Action.READ_SEGMENT, NUMBERS, ref="b")])[0].ref == ""


def test_a_refusal_said_twice_is_said_once() -> None:
    refused = note(Action.READ_SEGMENT, allowed=False)
    assert fold([refused, refused]) == (refused,)


def test_what_was_let_in_and_showed_nothing_is_kept_as_a_refusal() -> None:
    held = [note(Action.SEE_RECORD), note(Action.READ_SEGMENT, NUMBERS)]
    (line,) = refusals(held, by_policy=True)
    assert (line.allowed, line.rule) == (False, "nothing_open")
    assert refusals(held, by_policy=False) == ()


def test_a_refusal_is_kept_as_it_was_said() -> None:
    held = [note(Action.SEE_RECORD), note(Action.READ_SEGMENT, allowed=False, rule="no_clause")]
    assert refusals(held, by_policy=True) == (held[1],)


def test_what_a_page_fetches_tells_more_only_where_the_page_did_not() -> None:
    page = [note(Action.READ_SEGMENT, NUMBERS)]
    assert not tells_more(note(Action.READ_SEGMENT, NUMBERS), page)
    assert tells_more(note(Action.READ_SEGMENT, MOOD), page)
    assert tells_more(note(Action.READ_SEGMENT, NUMBERS), [])
    assert tells_more(note(Action.READ_SEGMENT, NUMBERS, allowed=False), page)
    assert tells_more(note(Action.READ_SEGMENT, NUMBERS, record=TWO), page)
