"""The law with one rule turned round: what the proofs beside it must notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests import law

Bend = Callable[[], Callable[[], None]]
"""Turns a rule round and returns what turns it back."""


def mutants() -> dict[str, Bend]:
    """Return every mutant by a name that says what is wrong in it."""
    return dict([*_marks(), *_reads(), *_standings(), *_purposes(), *_words()])


@contextmanager
def bent(name: str) -> Iterator[None]:
    """Let one rule be wrong for a while."""
    back = mutants()[name]()
    try:
        yield
    finally:
        back()


def _set(holder: dict[Any, Any], key: Any, value: Any) -> Callable[[], None]:
    """Set one place of a table, or empty it with None; return what sets it back."""
    before = holder.get(key)

    def back() -> None:
        if before is None:
            holder.pop(key, None)
        else:
            holder[key] = before

    if value is None:
        holder.pop(key, None)
    else:
        holder[key] = value
    return back


def _marks() -> Iterator[tuple[str, Bend]]:
    """What an action is allowed to a standing: given where it is not, taken where it is."""
    for action, allowed in law.ACTS.items():
        for standing in law.STANDINGS:
            wrong = None if standing in allowed else law.ALWAYS
            yield f"{action} by {standing}", lambda a=allowed, s=standing, w=wrong: _set(a, s, w)
        for standing, mark in allowed.items():
            for other in set(law.FOR) - {mark}:
                yield (
                    f"{action} by {standing} for {other}",
                    lambda a=allowed, s=standing, o=other: _set(a, s, o),
                )


def _reads() -> Iterator[tuple[str, Bend]]:
    for standing, (actions, why, what) in law.READS.items():
        for other in [None, *(set(law.FOR) - {why})]:
            row = other and (actions, other, what)
            yield f"{standing} reads for {other}", lambda s=standing, r=row: _set(law.READS, s, r)
        for other in set(law.OPENS) - {what}:
            row = (actions, why, other)
            yield f"{standing} reads {other}", lambda s=standing, r=row: _set(law.READS, s, r)


def _standings() -> Iterator[tuple[str, Bend]]:
    for name in law.STANDINGS:
        for always in (True, False):
            yield (
                f"{'everybody' if always else 'nobody'} is {name}",
                lambda n=name, a=always: _set(law.STANDINGS, n, lambda *_: a),
            )


def _purposes() -> Iterator[tuple[str, Bend]]:
    for given in law.FOR[law.ALWAYS]:
        for stated in law.FOR[law.ALWAYS]:
            pair = (given, stated)
            yield f"{given} serves {stated}", lambda p=pair: _toggle(p)


def _toggle(pair: tuple[str, str]) -> Callable[[], None]:
    law.SERVES.symmetric_difference_update({pair})
    return lambda: law.SERVES.symmetric_difference_update({pair})


def _words() -> Iterator[tuple[str, Bend]]:
    """The rules that stand as one name."""
    changes: dict[str, tuple[Any, ...]] = {
        "NOT_HIDDEN_FROM": (("own",), ("decides",), ("own", "decides", "stand_in")),
        "NEVER_RELEASED": ((), ("personal_information", "physical_signs")),
        "LONGEST_HELP": (law.LONGEST_HELP - 1, law.LONGEST_HELP + 1),
    }
    for name, values in changes.items():
        for value in values:
            yield f"{name} = {value}", lambda n=name, v=value: _set(vars(law), n, v)
