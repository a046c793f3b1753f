"""What a part says when nothing is left in it: no information, and never that it was hidden."""

import base64

from records.cda import codes
from records.cda.elements import Element, add
from records.cda.engine.narrative import NOTHING, fresh_text
from records.cda.engine.tree import (
    CODE,
    COMPONENT,
    ENTRY,
    STRUCTURED,
    TEMPLATE,
    TEXT,
    TITLE,
    TRANSLATION,
    empty,
    holder,
    own_codes,
    remove,
)
from records.vocabulary import Language
from records.wording import later, say

_DOCUMENTS = "2.16.840.1.113883.10.20.22.1."
_CORE = "10160-0 30954-2 8716-3 11450-4 48765-2"
_PLANS = "51847-2 51848-0 18776-5"
REQUIRED = {
    f"{_DOCUMENTS}{number}": frozenset(sections.split())
    for number, sections in {
        "2": f"{_CORE} 29762-2",
        "3": f"""10154-3 29299-5 46239-0 10187-3 29545-1 10210-3 10160-0 10157-6 29762-2 11348-0
            30954-2 8716-3 48765-2 {_PLANS}""",
        "4": f"42349-1 29299-5 10164-2 11450-4 48765-2 {_PLANS}",
        "5": "121070",
        "6": f"29554-3 59768-2 59769-0 55109-3 {_PLANS}",
        "7": "59770-8 59774-0 29554-3 59776-5 59773-2 10219-4 10218-6 55109-3",
        "8": "8648-8 18776-5 11535-2 48765-2",
        "9": _PLANS,
        "13": f"{_CORE} 42349-1 {_PLANS}",
        "14": f"10160-0 11450-4 48765-2 42349-1 {_PLANS}",
        "15": "18776-5 75310-3 61146-7",
    }.items()
}
"""The sections each C-CDA document type requires, by their LOINC codes."""

NOTHING_WITHOUT_ENTRIES = frozenset({"121181"})
"""Sections that have to hold entries even where there is no information: DICOM's catalogue."""

TITLES = {
    one.loinc: one.title for one in vars(codes).values() if isinstance(one, codes.SectionType)
}
PLAIN_TITLE = later("Health record")
KEPT = frozenset({TEMPLATE, CODE, TITLE, TEXT})


def required_in(root: Element) -> frozenset[str]:
    """Return the codes of the sections that the document's type requires, at its top."""
    templates = {one.get("root", "") for one in root.iterfind(TEMPLATE)}
    return frozenset[str]().union(*(REQUIRED.get(one, ()) for one in templates))


def is_one_of(section: Element, codes: frozenset[str]) -> bool:
    """Say whether the code of a section is one of these."""
    return next((code in codes for code, _ in own_codes(section)), False)


def empty_section(section: Element, language: Language, *, wholly: bool = False) -> None:
    """Leave no information in a section; `wholly` also takes its own title and nested sections."""
    if any(code in NOTHING_WITHOUT_ENTRIES for code, _ in own_codes(section)):
        remove(holder(section))
        return
    section.set("nullFlavor", "NI")
    remove(*(one for one in section if one.tag == ENTRY or (wholly and one.tag not in KEPT)))
    fresh_text(section).text = say(language, NOTHING)
    title = section.find(TITLE)
    if wholly and title is not None:
        code = next((one for one, _ in own_codes(section)), "")
        title.attrib.clear()
        empty(title)
        title.text = say(language, TITLES.get(code, PLAIN_TITLE))
    if wholly:
        _plain_code(section)


def _plain_code(section: Element) -> None:
    code = section.find(CODE)
    if code is None:
        return
    remove(*(one for one in code if one.tag != TRANSLATION))
    for one in code:
        empty(one)
    for one in (code, *code):
        for name in set(one.attrib) - {"code", "codeSystem"}:
            del one.attrib[name]
    section.attrib.pop("ID", "")


def empty_body(body: Element) -> None:
    """Replace a body that is not XML by one that says nothing."""
    empty(body)
    body.attrib.pop("ID", "")
    words = base64.b64encode(NOTHING.encode()).decode()
    add(body, "text", words, mediaType="text/plain", representation="B64")


def fill_body(root: Element, language: Language) -> None:
    """Give a structured body that lost its last section one that says nothing."""
    for body in root.iter(STRUCTURED):
        if body.find(COMPONENT) is None:
            section = add(add(body, "component"), "section", nullFlavor="NI")
            add(section, "title", say(language, PLAIN_TITLE))
            add(section, "text", say(language, NOTHING))
