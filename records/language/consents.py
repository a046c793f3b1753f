"""Wishes about the record by their build: what is not to be kept, and who is not to see it."""

import re

from records.language.tags import Tag

_WITHIN = r"(?=[^,.;!?\n]{0,40}?\b"
_PAPER = r"(?:records?|files?|charts?|diary|logs?|notes|history|app|system)"
_KIN = (
    r"(?:family|wife|husband|kids?|child(?:ren)?|sons?|daughters?|mum|mom|dad|mother|father|parents|"
    r"sister|brother|partner|relatives|doctors?|nurses?|clinic|boss|carer|any ?(?:one|body)|others|"
    r"every ?(?:one|body))"
)
_REFUSES = (
    r"(?:don't|do not|no need to|not|never|without|needn't|"
    r"rather (?:you|it|this) (?:didn't|not|wasn't))"
    r"(?! (?:forget|sure|fail|know|mind|remember|hesitate|certain|only))"
)
_NOT_KEPT = re.compile(
    rf"\b{_REFUSES} {_WITHIN}(?:record(?:ed|ing)?|sav(?:e|ed|ing)|stor(?:e|ed|ing)|"
    r"logg?(?:ed|ing)?|document(?:ed|ing)?|archiv(?:e|ed|ing)|register(?:ed|ing)?|upload(?:ed|ing)?|"
    rf"retain(?:ed|ing)?|writ(?:e|ten|ing) (?:\w+ )?down|not(?:e|ed|ing) (?:\w+ )?down|filed?)\b)|"
    rf"\b{_REFUSES} (?:keep|put|add|enter|write|note|include|leave|count|track)"
    r"(?= (?:this|that|it|these|them|any of|my reading|my number|\d))|"
    rf"\b(?:off|out of|not (?:on|in|for)) (?:my |the |our )?{_PAPER}\b|\b(?:un|non-?)recorded\b|"
    r"(?:别|不要|不用|不需要|无需|请勿|勿|不必|甭|先别)(?:再|先|给我|帮我)?"
    r"(?:记|存|写|留|放|录|登|入|归|收)(?:录|存|下|底|进|入|到|档|记)?(?![得错住心意弃松假])|"
    r"(?:别|不要|不用|不必|勿|不想|不希望|不愿意?|不需要)"
    r"(?!忘|漏)(?=[^,。;!?\n忘漏]{0,10}(?:记录|记下|记到|记进|记入|写进|写到|写入|写下|留记录|留下|留底|归档|入档|入库|存档|录入|保存|保留|放进|收录))|"
    r"不(?:存|录|记|保存|记录|存档|入档)了?(?=$|[,。!;\s])"
)
_SEES = r"(?:see|know|read|look|view|access|find out|hear|be told|be shown)"
_NOT_SEEN = re.compile(
    r"\b(?:don't|do not|not to|never|mustn't|shouldn't) (?:let(?! me\b| us\b)|show|tell|"
    r"share|send|forward|reveal|"
    r"disclose|mention|publish)\b|"
    rf"\b(?:don't|do not|wouldn't|not) want(?:ing)?{_WITHIN}(?:to {_SEES}|seeing|knowing)\b)|"
    r"\b(?:don't|do not|never) pass(?= (?:this|that|it)? ?on\b)|"
    rf"\b(?:shouldn't|should not|mustn't|must not|cannot|can't|needn't|not to) (?={_SEES} "
    r"(?:this|that|it|my|about)\b)|"
    r"\b(?:nobody|no ?one) (?:else )?(?:should|must|can|may|is to|needs to)\b|"
    r"\bkeep (?:this |it |that )?(?:to myself|secret|private|hidden|confidential|between us)\b|"
    rf"\b(?:hide|keep|conceal)(?=[^,.;!?\n]{{0,24}} from (?:my |the |our )?{_KIN}\b)|"
    rf"\bnot for (?=(?:my |the |our )?{_KIN}\b)|"
    r"\bfor me (?:only|alone)\b|\bto me (?:only|alone)\b|"
    r"\b(?:visible |shown )?only (?:to |for )?me\b|"
    r"\bonly i (?:should|can|may|must)\b|\bbetween (?:you and me|me and you)\b|"
    r"(?:别|不要(?!再)|不让|不许|不想让?|不能|不可以?|不给)(?:给|让)?(?=[^,。;\d]{1,6}(?:看|知道|晓得|瞧))|"
    r"(?:别|不要|不许|不能|不可以?)(?:看到|看见|知道|晓得)|(?:设为|设成)?(?:私密|不公开)"
)


def wish_spans(line: str) -> dict[int, tuple[int, Tag]]:
    """Find where such a wish stands: from start to end, with its tag."""
    spans: dict[int, tuple[int, Tag]] = {}
    for pattern, tag in ((_NOT_SEEN, Tag.PRIVATE), (_NOT_KEPT, Tag.NO_RECORD)):
        spans |= {m.start(): (m.end(), tag) for m in pattern.finditer(line)}
    return spans
