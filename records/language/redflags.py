"""Emergencies people describe in their own order of words: chest, breath, head, too many pills."""

import re

_OVERDOSE = re.compile(
    r"\b(?:took|swallowed|drank) (?:the whole|a whole|too many|a bottle|[2-9]\d (?:pill|tablet))"
    r"(?=.*(?:pill|tablet|meds|medicine|bottle))|pills at once|"
    r"(?:吃|吞|服)(?:了|下|下了)?(?:一|整|半|两|好几)?整?瓶.{0,4}(?:药|片|丸)|吞了(?:很多|大量|好多)"
)
_RED = re.compile(
    r"\bchest\b[^.,;!?]{0,14}\b(?:pains?|hurts?|hurting|tight\w*|heav\w+|aches?|aching|burn\w*|squeez\w+|"
    r"crush\w*)\b|"
    r"\b(?:pains?|pressure|tightness|squeezing|heaviness)\b[^.,;!?]{0,12}\bchest\b|"
    r"\b(?:worst|thunderclap|sudden(?:ly)?(?: \w+)?) headache\b|"
    r"\b(?:can(?:no|')?t|can not|unable to|hard to|struggling to|trouble|difficulty) (?:\w+ )?"
    r"(?:breath\w*|speak\w*)\b|\b(?:hardly|barely|scarcely) (?:breathe|speak|talk)\b|"
    r"\b(?:kill|hurt|harm)(?:ing)? myself\b|\b(?:end|ending) (?:my life|it all)\b|"
    r"\b(?:don'?t|do not|no longer) want to (?:be alive|live|be here|go on|wake up)\b|"
    r"\b(?:not worth|no point(?: in)?|tired of|sick of) living\b|\bwish i (?:was|were) dead\b|"
    r"\b(?:i )?can'?t go on\b|\brather be dead\b|活腻|活够了|不如死|一了百了|死掉算了|不想醒来|"
    r"\b(?:not|isn'?t|stopped|stops) breathing\b|\bno pulse\b|\b(?:turned|turning|gone) blue\b|"
    r"\bfeel(?:ing|s)? like (?:i'?m |i am |i will )?(?:dying|die)\b|\bhang myself\b|"
    r"\bcut(?:ting)? myself\b|\bslit my\b|\bjump off\b|\bkilling myself\b|"
    r"没有?(?:呼吸|心跳)|(?:呼吸|心跳)(?:停|没)了?|快不行了|神志不清|意识(?:模糊|不清)|跳楼|跳河|割腕|上吊|服毒|"
    r"喘得[^,。;!?\d]{0,2}(?:厉害|不行|睡不|躺不)|躺不(?:平|下)|"
    r"\bno reason to live\b|\bbetter off without me\b|死了算了|了结(?:自己|此生)|"
    r"(?:胸(?:口|部|前区?)?|心口)[^,。;!?\d不没无]{0,7}(?:痛(?!风)|疼)|"
    r"胸(?:口|部|前区)?[^,。;!?\d不没无]{0,3}(?:痛|疼|闷得|压得|发紧|像压)|"
    r"(?:突然|突发|剧烈)[^,。;!?\d]{0,3}头(?:痛|疼)|头(?:痛|疼)得?(?:要命|欲裂|要裂)|"
    r"(?:左|右|一|半)(?:边|侧)[^,。;!?\d]{0,5}(?:没力|无力|没劲|不能动|动不了|没知觉)|"
    r"(?:喘|呼吸|吸|透)[^,。;!?\d]{0,2}(?:不上|不过|不来|困难|不了)气?"
)


def red_spans(line: str) -> dict[int, int]:
    """Find where such words stand: from start to end."""
    return {m.start(): m.end() for m in _RED.finditer(line)}


def is_overdose(line: str) -> bool:
    """Say whether far too much of a medicine was swallowed at once."""
    return _OVERDOSE.search(line) is not None
