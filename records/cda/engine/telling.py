"""What an entry says, as a row for people: when, what, value, and the words it points to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records.cda.elements import Element
from records.cda.engine.times import readable
from records.cda.engine.tree import (
    CODE,
    COMPONENT,
    EFFECTIVE,
    HIGH,
    LOW,
    ORGANIZER,
    RELATED,
    TRANSLATION,
    VALUE,
    cda,
    references,
    statement,
)
from records.cda.words import UNITS

ORIGINAL, DOSE = cda("originalText"), cda("doseQuantity")
MATERIALS = tuple(map(cda, ("manufacturedMaterial", "manufacturedLabeledDrug", "playingDevice")))
NAME = cda("name")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `words` are the texts an entry points to, each with its ID."""

    when: str
    what: str
    value: str
    words: tuple[tuple[str, str], ...] = ()


def rows_of(holding: Element, words: Mapping[str, str], when: str = "") -> Iterator[Row]:
    """Return the rows of an entry: one a component of an organizer, else one.

    `words` are the texts that may be told, by their ID; other IDs are not repeated. `when` is the
    time of what does not tell its own.
    """
    act = statement(holding)
    if act is None:
        return
    parts = act.findall(COMPONENT) if act.tag == ORGANIZER else []
    if not parts:
        yield _row(act, words, when)
        return
    when = _when(act) or when
    inside = {name for part in parts for name in references(part)}
    own = tuple(_words((one for one in references(act) if one not in inside), words))
    if own:
        yield Row(when, _what(act, words), "", own)
    for part in parts:
        yield from rows_of(part, words, when)


def _row(act: Element, words: Mapping[str, str], when: str) -> Row:
    return Row(
        when=_when(act) or _when_inside(act) or when,
        what=_what(act, words),
        value=_value(act, words),
        words=tuple(_words(references(act), words)),
    )


def _words(names: Iterator[str], words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(names):
        if name in words:
            yield name, words[name]


def _when(act: Element) -> str:
    time = act.find(EFFECTIVE)
    return "" if time is None else time_words(time)


def _when_inside(act: Element) -> str:
    return next((said for one in act.iter(EFFECTIVE) if (said := time_words(one))), "")


def time_words(time: Element) -> str:
    """Return a time as people read it: a moment, or first and last with a dash."""
    if time.get("value"):
        return readable(time.get("value", ""))
    low, high = time.find(LOW), time.find(HIGH)
    first = readable(low.get("value", "")) if low is not None else ""
    last = readable(high.get("value", "")) if high is not None else ""
    return f"{first} – {last}".strip() if first or last else ""


def _what(act: Element, words: Mapping[str, str]) -> str:
    for name in MATERIALS:
        material = next(act.iter(name), None)
        if material is not None:
            return _coded(material.find(CODE), words) or material.findtext(NAME, "").strip()
    said = _coded(act.find(CODE), words)
    inner = [statement(one) for one in act.iterfind(RELATED)]
    if said in ("", "Concern") and inner and inner[0] is not None:
        return _what(inner[0], words) or said
    return said


def _value(act: Element, words: Mapping[str, str]) -> str:
    values = act.findall(VALUE) or act.findall(DOSE)
    if not values:
        inner = [one for holder in act.iterfind(RELATED) if (one := statement(holder)) is not None]
        return _value(inner[0], words) if inner else ""
    return ", ".join(said for one in values if (said := value_words(one, words)))


def value_words(value: Element, words: Mapping[str, str]) -> str:
    """Return a value as people write it: a number with its unit, a name, or what stands there."""
    if value.get("value"):
        unit = value.get("unit", "")
        return f"{value.get('value')} {UNITS.get(unit, unit)}".strip()
    low, high = value.find(LOW), value.find(HIGH)
    if low is not None or high is not None:
        ends = (value_words(one, words) if one is not None else "" for one in (low, high))
        return " – ".join(ends).strip(" –")
    return _coded(value, words) or " ".join((value.text or "").split())


def _coded(code: Element | None, words: Mapping[str, str]) -> str:
    if code is None:
        return ""
    original = code.find(ORIGINAL)
    said = [code.get("displayName", "")]
    if original is not None:
        said += [words.get(one, "") for one in references(original)]
        said.append(" ".join((original.text or "").split()))
    said += [one.get("displayName", "") for one in code.iterfind(TRANSLATION)]
    said.append(code.get("code", ""))
    return next((one for one in said if one), "")
