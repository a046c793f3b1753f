"""Whether the words of a line tell of an emergency now: not of one long ago, not of one denied."""

import re
from dataclasses import replace

from records.language.denying import negated
from records.language.line import Line
from records.language.redflags import is_overdose
from records.language.tags import Tag
from records.language.understanding import Expect, Reading, Reason, Understanding
from records.language.wishes import wish
from records.vocabulary import Code

_ILLNESS = (
    r"(?:strokes?|mini[- ]?strokes?|tia|heart attacks?|seizures?|fits?|overdose|"
    r"脑?中风|脑梗死?|脑出血|脑溢血|心梗|心肌梗死|偏瘫|抽搐)"
)
_NOW = re.compile(
    r"\b(?:now|just|right now|today|tonight|this (?:morning|afternoon|evening)|having|help|"
    r"hours? ago|minutes? ago|mins? ago|again|suddenly|ambulance|emergency)\b|"
    r"现在|刚|突然|正在|今[天早晚晨]|小时前|分钟前|又|快|救|马上"
)
_LONG_AGO = re.compile(
    r"\b(?:last|previous) (?:year|month|week|spring|summer|autumn|winter|time)\b|"
    r"\b(?:years?|yrs?|months?|weeks?|decades?) (?:ago|back|earlier|before)\b|\bused to\b|"
    r"\bback then\b|\bwhen i was\b|\bin my (?:\w+)?(?:ies|youth|teens)\b|"
    r"(?<!\d)(?:19|20)\d\d(?!\d)|"
    r"去年|前年|上个?月|上个?(?:周|星期)|[年月周]前|星期前|以前|曾经|从前|年轻|小时候|那年|当年|过去|早年"
)
_HAD_IT = re.compile(
    rf"\b(?:had|suffered|survived|died (?:of|from)|history of|recover\w*|after|since|post)\b"
    rf"(?: (?:\w+ )?(?:a|an|my|his|her|the|from|two|three|2|3|small|minor|mild|mini)){{0,3}}"
    rf"[ -]{_ILLNESS}|"
    rf"(?:得|患|有|发|犯)过\s?{_ILLNESS}|{_ILLNESS}(?:过|史|病史|后遗症|康复|恢复期|去世|走的)|"
    rf"死于{_ILLNESS}|{_ILLNESS} (?:survivor|patient|recovery|years)"
)
_ABOUT_IT = re.compile(
    rf"\b(?:what (?:is|are|causes?)|(?:signs?|symptoms?|risks?|chances?|dangers?) of|"
    rf"prevent\w*|avoid\w*|articles?|read about)\b.*{_ILLNESS}|"
    rf"{_ILLNESS} (?:clinic|risk|unit|ward|week|leaflet)|"
    rf"(?:预防|防止|避免|什么是|警惕|小心).{{0,6}}{_ILLNESS}|{_ILLNESS}(?:的?(?:症状|前兆|风险|知识|原因)|是什么)"
)


def emergency(
    line: Line, sound: tuple[Reading, ...], told: tuple[Reading, ...]
) -> Understanding | None:
    """Answer an emergency of now first, and keep of it what the person lets be kept."""
    if not _is_now(line):
        return None
    kept = (*sound, *(r for r in told if r.code is not Code.NOTE))
    if line.has(Tag.NO_RECORD):
        return Understanding(Expect.NO_RECORD, reason=Reason.RED_FLAG)
    wanted = wish(line, kept) if line.has(Tag.PRIVATE) else None
    if wanted and wanted.expect is Expect.STORE_PRIVATE:
        return replace(wanted, reason=Reason.RED_FLAG)
    return Understanding(Expect.URGENT, kept, Reason.RED_FLAG)


def _is_now(line: Line) -> bool:
    named = any(
        token.tags & {Tag.RED, Tag.EMERGENCY} and not negated(line, i)
        for i, token in enumerate(line.tokens)
    )
    if not named:
        return is_overdose(line.text)
    return line.has(Tag.EMERGENCY) or not (_is_past(line) or _is_talk(line))


def _is_past(line: Line) -> bool:
    """Say whether it is told as over: had a stroke in 2015, 我爸得过中风."""
    over = _LONG_AGO.search(line.text) or _HAD_IT.search(line.text)
    return over is not None and not _NOW.search(line.text)


def _is_talk(line: Line) -> bool:
    return _ABOUT_IT.search(line.text) is not None and not _NOW.search(line.text)


def as_history(line: Line, told: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Keep an emergency of the past as a note, and talk about one not at all."""
    if not line.has(Tag.RED):
        return told
    if _is_talk(line):
        return tuple(r for r in told if r.code is not Code.SYMPTOM)
    if not _is_past(line):
        return told
    return tuple(replace(r, code=Code.NOTE) if r.code is Code.SYMPTOM else r for r in told)
