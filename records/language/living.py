"""How somebody lives and feels: food, movement, events, mood, the quality of sleep."""

import re

from records.language.line import Line
from records.language.moving import moved
from records.language.scope import is_question
from records.language.tags import LABELS, Tag
from records.language.tokens import Kind
from records.language.units import Use
from records.vocabulary import Code

_MOOD_SCORE = re.compile(r"(?:my )?(?:mood|心情|情绪)[^\d,。]{0,8}\d{1,2}\s?(?:/\s?10|分|out of)")
_A_DAY = re.compile(
    r"\bhad an? (?:\w+ ){1,2}(?:day|time|evening|afternoon|weekend)\b|"
    r"^(?:a |what a )?(?:\w+ )?(?:lovely|wonderful|nice|stressful|tough|hard|rough|exhausting|"
    r"great|bad|terrible|awful) day\b"
)
_GREETS = re.compile(
    r"\b(?:happy|merry) (?:\w+ )?(?:new year|birthday|"
    r"christmas|xmas|easter|holidays?|diwali|hanukkah|"
    r"anniversary|festival|weekend|thanksgiving|halloween|ramadan|eid|\w+'?s day|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"^(?:hope you )?have an? (?:\w+ )?\w+ (?:day|evening|night|weekend|time|one)\b|"
    r"(?:新年|生日|节|春节|圣诞|周末|年)快乐|恭喜发财|万事如意"
)
"""A wish for others says nothing of a mood."""
_WORRY = ("worr", "anxious", "scared", "afraid", "nervous", "担心", "焦虑", "害怕", "担忧")
_FEELS = ("feel", "felt", "mood", "感觉", "觉得", "感到", "心情", "精神", "情绪")
_JUDGED = ("还不错", "不错", "还好", "挺好", "很好", "还行", "还可以")
_DATED = re.compile(
    r"[\d一二三四五六七八九十](?:月[\d一二三四五六七八九十]|号)|"
    r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])|\bon (?:the )?\d|"
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
)
_PLANNED = re.compile(r"\b(?:scheduled|booked|due|planned|upcoming|next)\b|预约|安排|下次|约了")
_HAPPENED = re.compile(r"[了过完]|\b(?:had|was|were|went|got|did|came|saw|fell|\w+ed)\b")
_SLEPT = ("slept", "sleep was", "睡得", "睡", "睡了", "睡眠", "一觉", "一夜")
_HOW = ("like", "through", "all", "很", "非常", "特别", "到", "well", "well today")
_NO_NIGHT = frozenset({Tag.FOREIGN, Tag.PLAN, Tag.NOT, Tag.OTHER, Tag.ANIMAL, Tag.DRUG})
_AGREES = ("ok", "okay", "fine", "good", "great", "well", "alright", "all right")
_SAW = re.compile(
    r"\bsaw (?:my|the|a|an) (?:\w+ )?"
    r"(?:doctor|gp|nurse|\w+ologist|specialist|consultant|dentist|optician|physio\w*|surgeon)\b"
)
MOOD_NOUNS = ("mood", "心情", "情绪")
"""Words that name the mood without saying which it is."""


def lived(line: Line, tags: set[Tag], start: int, end: int) -> Code | None:
    """Return whether a clause tells of an event, movement, mood, a note or sleep."""
    measured = any(start <= f.start < end for f in line.found)
    strange = any(t.kind is Kind.FOREIGN for t in line.tokens[start:end])
    strange = strange or any(t.unit and t.text.startswith("路") for t in line.tokens[start:end])
    if Tag.EVENT in tags and (strange or _still_to_come(line, start, end)):
        return None
    if (
        Tag.EVENT in tags
        and not measured
        and not tags & {Tag.FOREIGN, Tag.ASKS, Tag.NOT, Tag.PLAN, Tag.BP}
    ):
        return Code.EVENT
    if moved(line, tags, start, end):
        return Code.ACTIVITY
    begun = line.text[line.tokens[start].start :]
    if _SAW.search(line.text, line.tokens[start].start, line.tokens[end - 1].end) and not measured:
        return Code.EVENT
    if _MOOD_SCORE.match(begun) and not measured:
        return Code.MOOD
    felt = Tag.LEVEL in tags and _feels(line, start, end) and not tags & set(LABELS)
    meant = Tag.PLAN in tags and _only_agrees(line, start, end)
    if (Tag.MOOD in tags or felt) and not meant and _is_mood(line, tags, start, end):
        return None if _greets(line, start, end) else Code.MOOD
    if _told_of_a_day(line, tags, start, end) and not _greets(line, start, end):
        return Code.MOOD
    noted = line.is_word(start, Tag.NOTE) and line.mark(start + 1) in (":", "-", ",")
    if noted or (Tag.NOTE in tags and line.mark(start + 1) == ":"):
        return Code.NOTE
    return Code.SLEEP if _told_how(line, tags, start, end) else None


def _greets(line: Line, start: int, end: int) -> bool:
    """Say whether a clause wishes somebody well, or only says after what was measured."""
    text = line.text[line.tokens[start].start : line.tokens[end - 1].end]
    after = bool(line.found) and text.startswith(("after a ", "after some ", "following "))
    return after or (_GREETS.search(text) is not None and "feel" not in text)


def _told_of_a_day(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a clause tells how a day was or how somebody feels in a word not known."""
    if line.found or tags & (_NO_NIGHT | {Tag.PLAN, Tag.EVENT}) or is_question(line):
        return False
    words = line.tokens[start:end]
    text = line.text[words[0].start : words[-1].end]
    felt = any(t.text.startswith(("feel", "felt")) for t in words[:-1])
    return _A_DAY.search(text) is not None or (felt and words[-1].kind is Kind.UNKNOWN)


def _told_how(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a clause tells how somebody slept, without the hours: slept like a log."""
    if any(r.code is Code.SLEEP for f in line.found for r in f.readings) or is_question(line):
        return False
    if Tag.SLEEP in tags and tags & {Tag.LEVEL, Tag.MOOD}:
        return True
    words = line.tokens[start:end]
    slept = any(t.text in _SLEPT for t in words) and not tags & _NO_NIGHT
    how = any(t.kind is Kind.UNKNOWN or t.text in _HOW for t in words)
    return slept and how and not any(t.number or t.moment for t in words)


def _still_to_come(line: Line, start: int, end: int) -> bool:
    """Say whether a clause names a date and nothing done: 12月8号去医院, blood test on 14/11."""
    words = line.tokens[start:end]
    text = line.text[words[0].start : words[-1].end]
    if _PLANNED.search(text):
        return True
    return _DATED.search(text) is not None and _HAPPENED.search(text) is None


def _only_agrees(line: Line, start: int, end: int) -> bool:
    """Say whether the words of a mood only say yes: ok will do."""
    moods = [t.text for t in line.tokens[start:end] if Tag.MOOD in t.tags]
    return all(mood in _AGREES for mood in moods) and not _feels(line, start, end)


def _feels(line: Line, start: int, end: int) -> bool:
    return any(line.tokens[i].text.startswith(_FEELS) for i in range(start, end))


def _opens_only(line: Line, start: int, end: int) -> bool:
    """Say whether "ok" or "well" only opens what is said: ok here it is."""
    moods = [i for i in range(start, end) if Tag.MOOD in line.tokens[i].tags]
    opens = moods == [start] and line.tokens[start].text in ("ok", "okay", "well", "good", "fine")
    behind = line.tokens[start + 1] if end - start > 1 else None
    return opens and behind is not None and (behind.kind is Kind.WORD or behind.number is not None)


def _of_the_reading(line: Line, start: int, end: int) -> bool:
    """Say whether a clause of its own only judges the reading before it: 128/80, 还不错."""
    words = [t for t in line.tokens[start:end] if Tag.NEUTRAL not in t.tags or Tag.LEVEL in t.tags]
    judges = all(t.tags & {Tag.LEVEL} or t.text in _JUDGED for t in words)
    return judges and not _feels(line, start, end) and any(f.end <= start for f in line.found)


def _is_mood(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Keep "fine" and "good" for the person, not for the pressure or the weather."""
    about = {
        Tag.BP,
        Tag.GLUCOSE,
        Tag.PULSE,
        Tag.FOREIGN,
        Tag.SLEEP,
        Tag.WEIGHT,
        Tag.SPO2,
        Tag.OTHER,
        Tag.DRUG,
        Tag.MEDICINE,
        Tag.FOOD,
        Tag.SHARE,
        Tag.VOUCH,
    }
    words = line.tokens[start:end]
    clear = any(
        t.text in (*MOOD_NOUNS, "feeling", "feel") or t.text.startswith(_WORRY) for t in words
    )
    told = {Tag.SHARE, Tag.OTHER} if tags >= {Tag.SHARE, Tag.SELF} else set()
    about -= told
    first = next((k for k, t in enumerate(words) if t.tags & about), len(words))
    clear = clear or any(Tag.MOOD in t.tags and Tag.LEVEL not in t.tags for t in words[:first])
    measured = about & tags and not clear
    if measured or (tags & {Tag.ASKS} and ("?" in line.text or "吗" in line.text)):
        return False
    nouns = all(
        line.tokens[i].text in MOOD_NOUNS
        for i in range(start, end)
        if Tag.MOOD in line.tokens[i].tags
    )
    if nouns and Tag.LEVEL not in tags:
        return False
    if "thank" in line.text and not tags & {Tag.SELF} and not _feels(line, start, end):
        return False
    if line.found and (_opens_only(line, start, end) or _of_the_reading(line, start, end)):
        return False
    unknown = sum(line.tokens[i].kind is Kind.UNKNOWN for i in range(start, end))
    numbered = any(line.free(i) and not line.uses(i + 1, Use.DURATION) for i in range(start, end))
    return unknown <= 3 and not numbered
