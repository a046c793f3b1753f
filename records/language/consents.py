"""Wishes about the record by their build: what is not to be kept, and who is not to see it."""

import re

from records.language.tags import Tag

_NOT_KEPT = re.compile(
    r"\b(?:don't|do not|no need to|never|without|not to be|not be|needn't) (?:\w+ly )?(?:be )?"
    r"(?:(?:record|sav|stor|log|document|archiv|register|upload|fil|retain|track)(?:e|ed|ing|d)?\b|"
    r"(?:keep|put|add|enter|write|note|include|leave)(?= (?:this|that|it|these|them|any of)\b))|"
    r"\b(?:off|out of|not (?:on|in|for)) (?:my |the )?(?:record|file|chart|diary|log|history)s?\b|"
    r"(?:别|不要|不用|不需要|无需|请勿|勿|不必|甭)(?:再|给我|帮我)?(?:记|存|写|留|放|录|登|入|归|收)"
    r"(?:录|存|下|底|进|入|到|档|记)?(?![得错住心意弃松假])"
)
_NOT_SEEN = re.compile(
    r"\b(?:don't|do not|not to|never|mustn't|shouldn't) (?:let|show|tell|share|send|forward|reveal|"
    r"disclose|mention)\b|"
    r"\b(?:nobody|no ?one) (?:else )?(?:should|must|can|may|is to|needs to)\b|"
    r"\bkeep (?:this |it |that )?(?:to myself|secret|private|hidden|confidential|between us)\b|"
    r"(?:别|不要(?!再)|不让|不许|不想让?|不能|不可以?|不给)(?:给|让)?(?=[^,。;\d]{1,6}(?:看|知道|晓得|瞧))|"
    r"(?:别|不要|不许|不能|不可以?)(?:看到|看见|知道|晓得)"
)
_MOST = 3
"""More such words in one line add nothing."""


def wish_spans(line: str) -> dict[int, tuple[int, Tag]]:
    """Find where such a wish stands: from start to end, with its tag."""
    spans: dict[int, tuple[int, Tag]] = {}
    for pattern, tag in ((_NOT_SEEN, Tag.PRIVATE), (_NOT_KEPT, Tag.NO_RECORD)):
        for found, _ in zip(pattern.finditer(line), range(_MOST), strict=False):
            spans[found.start()] = (found.end(), tag)
    return spans
