"""Every word the house knows, in one table, and the nearest of them for a slip of the finger."""

from collections.abc import Iterator

from records.language import (
    words_body,
    words_elsewhere,
    words_en,
    words_en_life,
    words_en_signs,
    words_foods,
    words_medicines,
    words_parts,
    words_zh,
    words_zh_life,
)
from records.language.tags import Tag

NOTHING: frozenset[Tag] = frozenset()
_DRUG_ENDINGS = (
    "pril", "sartan", "olol", "dipine", "statin", "formin", "gliptin", "gliflozin", "thiazide",
    "semide", "prazole", "glutide", "gliptine", "azepam", "cillin", "oxacin", "mycin", "lukast",
)  # fmt: skip
_MOODS = "😊😀😃😄😁🙂😌😍🥰😢😭😞😔😟😣😡😠😰😨😩😫🙁☹😐😕🥲😴😤😆😇🤗😖😥😓😎😂🤣"
_ACHES = ("pain", "ache", "疼", "痛")
_SLIP_LENGTH = 6
_LONG_SLIP = 8  # names of medicines and meals are few; shorter words are too near to others
_MODULES = (
    words_en, words_en_life, words_en_signs, words_zh, words_zh_life, words_foods, words_body,
    words_medicines, words_elsewhere, words_parts,
)  # fmt: skip


def _table() -> dict[str, frozenset[Tag]]:
    gathered: dict[str, set[Tag]] = {}
    for module in _MODULES:
        for tag, phrases in module.WORDS.items():
            for phrase in phrases.split("|"):
                gathered.setdefault(phrase, set()).add(tag)
    for phrase, tags in gathered.items():
        if Tag.SYMPTOM in tags and phrase.endswith(_ACHES):
            tags.add(Tag.PAIN)
    for face in _MOODS:
        gathered.setdefault(face, set()).add(Tag.MOOD)
    return {phrase: frozenset(tags) for phrase, tags in gathered.items()}


TABLE = _table()
LONGEST_HAN = 8
LONGEST_LATIN = 5  # words in a phrase


def _without_one(word: str) -> Iterator[str]:
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _slips() -> dict[str, frozenset[Tag]]:
    """Map every long single word of a label, one letter short, to its tags."""
    labels = {
        Tag.BP, Tag.SYSTOLIC, Tag.DIASTOLIC, Tag.PULSE, Tag.GLUCOSE, Tag.WEIGHT, Tag.HEIGHT,
        Tag.TEMPERATURE, Tag.SPO2, Tag.FASTING, Tag.MEDICINE,
    }  # fmt: skip
    slips: dict[str, frozenset[Tag]] = {}
    for word, tags in TABLE.items():
        long = tags & labels and len(word) >= _SLIP_LENGTH
        long = long or (tags & {Tag.DRUG, Tag.MEAL} and len(word) >= _LONG_SLIP)
        if long and word.isascii() and word.isalpha():
            for short in _without_one(word):
                slips[short] = tags
            slips[word] = tags
    return slips


_SLIPS = _slips()


def tags_of(word: str) -> frozenset[Tag]:
    """Return what a word can be, also in the plural, with a medicine's ending, or mistyped once."""
    found = TABLE.get(word)
    if found:
        return found
    if word.endswith("'s"):
        return tags_of(word[:-2])
    if word.endswith("ies") and word[:-3] + "y" in TABLE:
        return TABLE[word[:-3] + "y"]
    if word.endswith("s") and len(word) > 3 and word[:-1] in TABLE:
        return TABLE[word[:-1]]
    if word.endswith(_DRUG_ENDINGS):
        return frozenset({Tag.DRUG})
    return _near(word) if len(word) >= _SLIP_LENGTH - 1 and word.isascii() else NOTHING


def _near(word: str) -> frozenset[Tag]:
    if word in _SLIPS:
        return _SLIPS[word]
    for short in _without_one(word):
        if short[0] == word[0] and short in _SLIPS and len(short) >= _SLIP_LENGTH - 1:
            return _SLIPS[short]
    return NOTHING
