"""What a clinical document says, entry by entry, as far as it can become part of a record.

Numbers of a known unit become numbers; everything else stays in words. What is negated, planned,
cancelled or only known to be absent is shown and never becomes anything.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from records.cda.codes import KANGLU_CODES
from records.cda.elements import Element
from records.cda.engine.choosing import CONFIDENTIALITY, RESTRICTED, secrecy_of
from records.cda.engine.telling import rows_of, value_words
from records.cda.engine.tree import (
    CODE,
    EFFECTIVE,
    ENTRY,
    ID,
    LOW,
    VALUE,
    cda,
    own_codes,
    own_ids,
    statement,
)
from records.cda.meanings import CODES, SECTION_CODES
from records.cda.own import how_held, verbatim, where_on_body
from records.cda.pairing import FoundEntry, paired
from records.cda.statements import only_points, statements_of
from records.cda.units import measured
from records.observations import Quantity
from records.vocabulary import MEANINGS, Code, Shape

STATUS, ACT = cda("statusCode"), cda("act")
MEDICATION, ENTITY, SUBJECT = (
    cda("substanceAdministration"),
    cda("playingEntity"),
    cda("relatedSubject"),
)
MEANT = frozenset({"EVN", ""})
STANDS = frozenset({"completed", "active", "final", ""})
NOTHING = frozenset({"NI", "UNK", "NASK", "ASKU", "NAV", "MSK", "NA", "NP"})
LONGEST = 5000  # characters of one entry that are kept


@dataclass(frozen=True, slots=True)
class Around:
    """What an entry tells of all in it: when, whether it was so, and of which relative."""

    at: str
    stands: bool
    relative: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement is filed as."""

    code: Code
    said: Quantity | str
    stated: str = ""


def entries_found(section: Element, words: Mapping[str, str]) -> tuple[FoundEntry, ...]:
    """Return what the entries of a section say; `words` are the texts of its narrative by ID."""
    codes = [code for code, _ in own_codes(section)]
    usual = next((SECTION_CODES[one] for one in codes if one in SECTION_CODES), Code.NOTE)
    restricted = secrecy_of(section) in RESTRICTED
    found = [
        replace(one, private=restricted or one.private)
        for entry in section.iterfind(ENTRY)
        for one in _of_entry(entry, words, usual)
    ]
    return tuple(paired(found))


def _of_entry(entry: Element, words: Mapping[str, str], usual: Code) -> Iterator[FoundEntry]:
    outer = statement(entry)
    if outer is None:
        return
    around = Around(_time(outer), _stands(outer, usual), _relative(outer, words))
    for act in statements_of(outer):
        yield _found(act, around, words, usual)


def _found(act: Element, around: Around, words: Mapping[str, str], usual: Code) -> FoundEntry:
    at = _time(act) or around.at
    row = next(rows_of(_holding(act), words), None)
    when, what, value = (row.when, row.what, row.value) if row else ("", "", "")
    if not value and act.tag == ACT and row:
        value = " ".join(said for _, said in row.words)
    told = _told(act, around.relative, words, what, value, usual)
    shown = FoundEntry(
        key="",
        when=when or _shown_time(at),
        what=what[:LONGEST],
        value=value[:LONGEST],
        at=at,
        private=_is_restricted(act),
        site=where_on_body(act),
        position=how_held(act),
    )
    found = shown
    if told is not None and around.stands and _counts(act, usual):
        found = replace(shown, code=told.code, said=told.said, stated=told.stated)
    return replace(found, key=_key(act, found))


def _holding(act: Element) -> Element:
    parent = act.getparent()
    return act if parent is None else parent


def _told(
    act: Element, relative: str, words: Mapping[str, str], what: str, value: str, usual: Code
) -> Told | None:
    """Return what is filed of a statement, or nothing."""
    code = _code_of(act)
    quantity = act.find(VALUE)
    if code is not None and MEANINGS[code].shape is Shape.QUANTITY:
        number = _number(code, quantity)
        if number is not None:
            return Told(code, number, _given(quantity, number, words))
        return _words_of(Code.NOTE, what, value)
    if code is not None and (said := verbatim(act, code)):
        return Told(code, said)
    if act.tag == MEDICATION and usual is Code.MEDICINE:
        return _words_of(Code.MEDICINE, "", what if what != str(Code.MEDICINE) else value)
    if usual is Code.ALLERGY or code is Code.ALLERGY:
        return _words_of(Code.ALLERGY, "", _substance(act, words) or value or what)
    if usual is Code.RELATIVE_CONDITION or code is Code.RELATIVE_CONDITION:
        return _words_of(Code.RELATIVE_CONDITION, relative, value or what)
    if usual is Code.CONDITION or code is Code.CONDITION:
        return _words_of(Code.CONDITION, "", value or what)
    if code is not None and MEANINGS[code].shape is Shape.WORDS:
        return _words_of(code, "", value or what)
    return _words_of(usual if usual in IN_WORDS else Code.NOTE, what, value)


IN_WORDS = frozenset({Code.SYMPTOM, Code.DIET})


def _words_of(code: Code, what: str, value: str) -> Told | None:
    said = ": ".join(one for one in (what.strip(), value.strip()) if one)[:LONGEST]
    return Told(code, said) if said else None


def _given(quantity: Element | None, number: Quantity, words: Mapping[str, str]) -> str:
    """Return a number as it stands there where that is not how it is kept."""
    if quantity is None or (quantity.get("value"), quantity.get("unit")) == (
        str(number.value),
        number.unit,
    ):
        return ""
    return value_words(quantity, words)


def _number(code: Code, value: Element | None) -> Quantity | None:
    if value is None or value.get("nullFlavor"):
        return None
    return measured(code, value.get("value", ""), value.get("unit", ""))


def _code_of(act: Element) -> Code | None:
    """Return what a statement is about: by our own code, else by what the world calls it."""
    codes = list(own_codes(act))
    for code, system in codes:
        if system == KANGLU_CODES and code in KNOWN:
            return Code(code)
    return next((CODES[code] for code, _ in codes if code in CODES), None)


KNOWN = frozenset(str(one) for one in Code)


def _substance(act: Element, words: Mapping[str, str]) -> str:
    entity = next(act.iter(ENTITY), None)
    if entity is None:
        return ""
    code = entity.find(CODE)
    said = value_words(code, words) if code is not None else ""
    return said or " ".join((entity.findtext(cda("name")) or "").split())


def _relative(outer: Element, words: Mapping[str, str]) -> str:
    """Return which relative an entry is about, or nothing; asked once, not for each illness."""
    subject = next(outer.iter(SUBJECT), None)
    codes = () if subject is None else subject.iterfind(CODE)
    return next((value_words(one, words) for one in codes), "")


def _stands(act: Element, usual: Code) -> bool:
    """Say whether a statement is meant as something that was so, and still is."""
    mood = act.get("moodCode", "")
    meant = mood in MEANT or (usual is Code.MEDICINE and mood == "INT")
    status = act.find(STATUS)
    stands = status is None or status.get("code", "") in STANDS
    return meant and stands and act.get("negationInd") != "true" and not act.get("nullFlavor")


def _counts(act: Element, usual: Code) -> bool:
    """Say whether a statement tells of something that was so, and is not only asked for."""
    status = act.find(STATUS)
    asked = status is not None and status.get("code") == "active"
    told = not (asked and act.tag == cda("observation")) and not only_points(act)
    return _stands(act, usual) and told


def _is_restricted(element: Element) -> bool:
    return any(one.get("code") in RESTRICTED for one in element.iterfind(CONFIDENTIALITY))


def _time(act: Element) -> str:
    time = act.find(EFFECTIVE)
    if time is None:
        return ""
    low = time.find(LOW)
    return time.get("value", "") or (low.get("value", "") if low is not None else "")


def _shown_time(at: str) -> str:
    return f"{at[:4]}-{at[4:6]}-{at[6:8]}" if len(at) >= 8 and at[:8].isdigit() else ""


def _key(act: Element, found: FoundEntry) -> str:
    """Return what is the same when the same thing is said again, in this document or another."""
    names = sorted(own_ids(act)) if act.find(ID) is not None else []
    told = (found.at, found.what, found.value, str(found.code), str(found.said))
    return hashlib.sha256(repr((names, told)).encode(errors="replace")).hexdigest()[:32]
