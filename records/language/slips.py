"""Words of the pulse with one slip of the finger: pulce, plse, heart reat."""

from records.language.line import Line
from records.language.tags import Tag
from records.language.tokens import Kind

_PULSE = ("pulse", "puls", "heartbeat", "heartrate")
_OTHERS = frozenset({"plus", "purse", "pause", "pulls", "pulp", "pile"})  # words in their own right
_LEAST = 4  # a shorter word is near to too many others


def slipped_pulse(line: Line, j: int) -> int | None:
    """Return the place behind a mistyped word for the pulse; None where there is none."""
    token, behind = line.token(j), line.token(j + 1)
    if token is None or behind is None:
        return None
    if _unknown(line, j) and any(is_near(token.text, word) for word in _PULSE):
        return _over_is(line, j + 1)
    first = token.text == "heart" or (_unknown(line, j) and is_near(token.text, "heart"))
    second = behind.text == "rate" or (behind.kind is Kind.UNKNOWN and is_near(behind.text, "rate"))
    return _over_is(line, j + 2) if first and second else None


def _unknown(line: Line, j: int) -> bool:
    token = line.token(j)
    if token is None or token.kind is not Kind.UNKNOWN or token.text in _OTHERS:
        return False
    return len(token.text) >= _LEAST


def _over_is(line: Line, j: int) -> int:
    """Step over what may stand between a label and its number."""
    while line.mark(j) in (":", "=") or line.is_word(j, Tag.NEUTRAL):
        j += 1
    return j


def is_near(typed: str, word: str) -> bool:
    """Say whether a word was meant: one letter more, less or other, or two letters in turn."""
    if typed[0] != word[0]:
        return False
    return _one_apart(typed, word) or sorted(typed) == sorted(word)


def _one_apart(typed: str, word: str) -> bool:
    if len(typed) > len(word):
        typed, word = word, typed
    if len(word) - len(typed) > 1:
        return False
    same = next((k for k, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), None)
    if same is None:
        return True
    return typed[same + (len(typed) == len(word)) :] == word[same + 1 :]
