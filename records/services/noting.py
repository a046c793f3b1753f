"""One line a look: what one transaction noted about the reading of a record, said once.

A page asks the policy several times - for the record, its kinds, its orders, each chart. Whoever
reads the log wants to know that somebody looked, at what and why: one line for each patient of whom
something was shown, and one for each who was refused.
"""

from collections.abc import Iterable
from dataclasses import replace

from records.policy import Action
from records.services.ports import Note

READING = (Action.SEE_RECORD, Action.SEE_ORDERS, Action.READ_SEGMENT, Action.HAND_OUT)
"""What is only looking, the least telling first."""

READABLE = "readable"  # a rule that needs the one before it to say why


def fold(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the lines to be written: one for all that one person read of one record."""
    folded: dict[object, Note] = {}
    for note in notes:
        key = _together(note)
        folded[key] = _joined(folded[key], note) if key in folded else note
    return tuple(folded.values())


def refusals(notes: Iterable[Note], *, by_policy: bool) -> tuple[Note, ...]:
    """Return what is kept of a transaction that was undone: each refusal.

    Where the policy let somebody in and nothing was left to see, that is a refusal as well.
    """
    folded = fold(notes)
    refused = tuple(one for one in folded if not one.allowed)
    if refused or not by_policy:
        return refused
    return tuple(
        replace(one, allowed=False, rule="nothing_open")
        for one in folded
        if one.action in READING and one.record is not None
    )


def _together(note: Note) -> object:
    """Return under what a note is one with others; what says quite the same is said once."""
    if note.allowed and note.action in READING and note.record is not None:
        return (note.by, note.record)
    return note


def _joined(one: Note, other: Note) -> Note:
    """Return what the more telling of two notes says, with the kinds of both."""
    first, second = sorted((one, other), key=_weight)
    rule = second.rule
    if rule == READABLE:
        rule = first.rule if first.rule.endswith(READABLE) else f"{first.rule}+{READABLE}"
    ref = "" if second.action is first.action and first.ref != second.ref else second.ref
    return replace(second, kinds=one.kinds | other.kinds, ref=ref, rule=rule)


def _weight(note: Note) -> int:
    return READING.index(note.action) if note.action in READING else 0


def tells_more(note: Note, written: Iterable[Note]) -> bool:
    """Say whether a note made beside a page tells what no line of this person's does."""
    if not note.allowed or note.action not in READING or note.record is None:
        return True
    told = (
        one
        for one in written
        if one.allowed and one.by == note.by and one.action in READING and one.record == note.record
    )
    return not any(note.kinds <= one.kinds for one in told)
