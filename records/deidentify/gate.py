"""The last gate: nothing goes out in which an identifier can be found, however it is written."""

import base64
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, quote_plus, unquote_plus

from lxml import etree

from records.cda.facts import PatientFacts
from records.deidentify.documents import skeleton
from records.deidentify.writings import SHORTEST_WORDS, written_forms
from records.people import Organisation, Person, Record
from records.segments import Segment
from records.tracking import OrganisationId, PersonId
from records.vocabulary import MEANINGS, Code

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
SHORTEST_ANYWHERE = 6
"""Shorter Latin identifiers are looked for as whole words: `Ann` is not in `Annual`."""

PERSONAL = {
    Code.NAME: "name",
    Code.BIRTH_DATE: "birth date",
    Code.PHONE: "phone",
    Code.ADDRESS: "address",
    Code.ID_NUMBER: "id number",
}
"""What personal information names somebody, and as what; the sex names nobody."""

WORD = "[0-9A-Za-z\\u00c0-\\u024f]"
LATIN = re.compile(f"(?:{WORD}|[^\\w]|_)*")
TAG = re.compile("<[^<>]*>")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-/]{1,2}(?=\d)")


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that names somebody, and what class of identifier it is: `name`, `phone` …"""

    kind: str
    value: str


def identifiers_of(
    segment: Segment,
    *,
    record: Record,
    patient: Person,
    facts: PatientFacts,
    people: Mapping[PersonId, Person],
    organisations: Mapping[OrganisationId, Organisation],
    personal: Iterable[Segment] = (),
    others: Iterable[Identifier] = (),
) -> tuple[Identifier, ...]:
    """Return everything by which a segment could name its patient or anybody else.

    `personal` are the personal information's segments: whatever was ever told there is looked for,
    also what was taken back. The days are those of this segment alone: another day's shifted date
    may well be this one's true one. `others` adds what the core does not know, such as chat
    addresses.
    """
    found: list[Identifier] = [Identifier("name", facts.name), Identifier("name", patient.name)]
    found += (Identifier("name", one.name) for one in people.values())
    found += (Identifier("organisation", one.name) for one in organisations.values())
    found += (Identifier("phone", facts.phone), Identifier("address", facts.address))
    if facts.birth_date:
        found.append(Identifier("birth date", facts.birth_date.isoformat()))
    found += (Identifier("global id", record.global_id), Identifier("record id", record.id))
    found.append(Identifier("container", record.place.container))
    found += (Identifier("person id", one) for one in (record.patient, segment.author, *people))
    found += (Identifier("organisation id", one) for one in organisations)
    found.append(Identifier("tracking id", segment.id))
    for one in segment.observations:
        found.append(Identifier("observation id", one.id))
        found += (Identifier("person id", one.informant), Identifier("person id", one.author))
        found.append(Identifier("date", one.effective.date().isoformat()))
        found.append(Identifier("date", one.recorded.date().isoformat()))
        value = one.value if isinstance(one.value, str) else ""
        said = (one.stated, one.context, one.site, value)
        found += (
            Identifier("words", words)
            for words in said
            if len(words.encode(errors="replace")) >= SHORTEST_WORDS
        )
    found += (one for segment in personal for one in _told_of_the_person(segment))
    found += others
    return tuple(dict.fromkeys(one for one in found if one.value.strip()))


def _told_of_the_person(segment: Segment) -> Iterator[Identifier]:
    for one in segment.observations:
        if one.code in PERSONAL and isinstance(one.value, str):
            yield Identifier(PERSONAL[one.code], one.value)


def leaks(content: bytes, identifiers: Iterable[Identifier | str]) -> tuple[str, ...]:
    """Return the classes of the identifiers found in the content, never a value.

    Looks in UTF-8, UTF-16 and GB 18030, in Base64 and hexadecimal of these, in URL encoding and
    character references, across markup, in either order of a name, with any separators in a
    number, and in the usual ways to write a date.
    A plain string counts as of the class `identifier`.
    """
    named = {
        one if isinstance(one, Identifier) else Identifier("identifier", one) for one in identifiers
    }
    haystack = _Haystack(content)
    found = {one.kind for one in named if one.value.strip() and haystack.holds(one)}
    return tuple(sorted(found))


class _Haystack:
    """The content in every form in which it is searched."""

    def __init__(self, content: bytes) -> None:
        self.raw = content
        self.lower = content.lower()
        text = content.decode("utf-8", "replace")
        readings = {text, html.unescape(text), unquote_plus(text)}
        readings |= {TAG.sub(mark, one) for one in readings for mark in ("", " ")}
        folded = {" ".join(one.casefold().split()) for one in readings}
        self.texts = tuple(folded | {BETWEEN_DIGITS.sub("", one) for one in folded})

    def holds(self, identifier: Identifier) -> bool:
        """Say whether the identifier is here in some form."""
        return any(
            self._holds_text(one) or self._holds_bytes(one)
            for one in written_forms(identifier.kind, identifier.value)
        )

    def _holds_text(self, form: str) -> bool:
        folded = " ".join(form.casefold().split())
        if not any(folded in one for one in self.texts) or _stands(folded, _own_text()):
            return False
        return any(_stands(folded, one) for one in self.texts)

    def _holds_bytes(self, form: str) -> bool:
        if len(form) < 2:
            return False
        plain = form.encode("utf-8", "replace")
        for needle in {form.encode(one, "replace") for one in ENCODINGS}:
            if needle != plain and needle in self.raw:
                return True
            if len(needle) > 3 and needle.hex().encode() in self.lower:
                return True
            if any(one in self.raw for one in _base64(needle)):
                return True
        return any(one.lower().encode() in self.lower for one in _url_encoded(form))


def _stands(folded: str, text: str) -> bool:
    """Say whether a form stands in a text; a short Latin one only as a whole word."""
    if len(folded) >= SHORTEST_ANYWHERE or not LATIN.fullmatch(folded):
        return folded in text
    return re.search(f"(?<!{WORD}){re.escape(folded)}(?!{WORD})", text) is not None


@cache
def _own_text() -> str:
    """Return what stands in every public document: a patient called Rate is not found by it.

    Without digits, so that no number is ever taken for one of ours.
    """
    words = [f"{code} {one.kind} {one.display} {one.ucum}" for code, one in MEANINGS.items()]
    markup = etree.tostring(skeleton(), encoding="unicode")
    return re.sub("[0-9]+", "#", " ".join((markup, *words)).casefold())


def _base64(needle: bytes) -> Iterator[bytes]:
    """Yield what Base64 makes of these bytes at each of the three places they may begin."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + needle)
        start = (0, 2, 3)[before]
        end = len(encoded) - (0, 3, 2)[(before + len(needle)) % 3]
        inner = encoded[start:end].rstrip(b"=")
        if len(inner) >= 6:
            yield inner
            yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def _url_encoded(form: str) -> Iterator[str]:
    yield from (one for one in (quote(form, safe=""), quote_plus(form)) if "%" in one)
