"""The body: sections with a table a person reads and the entries a machine reads."""

from collections.abc import Iterable, Sequence
from itertools import count

from records.cda.claims import claims_of
from records.cda.codes import CONFIDENTIALITY, FIRST_SECTIONS, OTHER_SECTIONS, SectionType
from records.cda.elements import Element, add, add_loinc, add_own, add_templates
from records.cda.entries import add_entry, is_coded
from records.cda.header import LANGUAGES, NORMAL, secrecy_of
from records.cda.parties import Parties
from records.cda.words import CODES, remark_words, value_words
from records.observations import Observation
from records.vocabulary import MEANINGS, Language, SegmentKind
from records.wording import later, say

PERSONAL_INFORMATION = SegmentKind.PERSONAL_INFORMATION
ORDER = tuple(
    dict.fromkeys(
        section
        for kind in SegmentKind
        for section in (
            FIRST_SECTIONS[kind],
            *(OTHER_SECTIONS[code] for code in OTHER_SECTIONS if MEANINGS[code].kind is kind),
        )
    )
)
"""The sections in the order of the kinds."""

Row = tuple[str, Observation]
"""The ID of a line of the table, and what it tells."""

HEADINGS = (later("When"), later("What"), later("Value"), later("Told by"), later("Remark"))


def add_sections(
    document: Element,
    observations: Iterable[Observation],
    *,
    parties: Parties,
    always: Sequence[SectionType],
) -> None:
    """Append the body: a section for what belongs together, in the order of the kinds.

    The sections of `always` are there even if nothing is told in them, and say so.
    """
    body = add(add(document, "component"), "structuredBody")
    numbers = count(1)
    whole = list(observations)
    for section_type, told in by_section(whole, always).items():
        rows = [(f"o{next(numbers)}", one) for one in told]
        text = begin_section(
            add(body, "component"),
            section_type,
            [is_coded(one) for one in told],
            language=parties.patient.language,
            secrecy=secrecy_in(told, whole),
        )
        _add_table(text, rows, parties=parties)
        section = holding(text)
        for row, one in rows:
            add_entry(section, [(row, one)], parties=parties)


def holding(text: Element) -> Element:
    """Return the section a text stands in."""
    section = text.getparent()
    if section is None:
        raise ValueError("a text stands in a section")
    return section


def begin_section(
    component: Element,
    section_type: SectionType,
    coded: Sequence[bool],
    *,
    language: Language,
    secrecy: str = "",
) -> Element:
    """Append a section with its templates, code and title, and return its text, still empty.

    `coded` says of each of its entries whether it keeps to a template; `secrecy` is how secret it
    is, where that is not the same in the whole document.
    """
    section = add(component, "section")
    if not coded:
        section.set("nullFlavor", "NI")
    add_templates(section, *claims_of(section_type, coded))
    if section_type.loinc:
        add_loinc(section, "code", section_type.loinc, section_type.display)
    else:
        add_own(add(section, "code", nullFlavor="NA"), "translation", str(PERSONAL_INFORMATION))
    add(section, "title", say(language, section_type.title))
    # The schema of CDA knows no xml:lang: `language` is its own attribute for it.
    text = add(section, "text", language=LANGUAGES[language])
    if secrecy:
        add(section, "confidentialityCode", code=secrecy, codeSystem=CONFIDENTIALITY)
    return text


def secrecy_in(told: Sequence[Observation], whole: Sequence[Observation]) -> str:
    """Return how secret a section is where something in its document is restricted, or nothing."""
    return secrecy_of(told) if secrecy_of(whole) != NORMAL else ""


def add_nothing(text: Element, language: Language) -> None:
    """Say in a section's text that nothing has been told."""
    add(text, "paragraph", say(language, NOTHING_TOLD))


NOTHING_TOLD = later("Nothing has been told here.")


def by_section(
    observations: Iterable[Observation], always: Sequence[SectionType]
) -> dict[SectionType, list[Observation]]:
    """Return observations by the section they stand in, in the order of the kinds and of time."""
    found: dict[SectionType, list[Observation]] = {one: [] for one in always}
    for one in sorted(observations, key=lambda one: (one.effective, one.id)):
        found.setdefault(section_of(one), []).append(one)
    return {one: found[one] for one in sorted(found, key=ORDER.index)}


def section_of(observation: Observation) -> SectionType:
    """Return the section an observation stands in."""
    return OTHER_SECTIONS.get(observation.code, FIRST_SECTIONS[observation.kind])


def _add_table(text: Element, rows: Sequence[Row], *, parties: Parties) -> None:
    language = parties.patient.language
    if not rows:
        add_nothing(text, language)
        return
    table = add(text, "table")
    head = add(add(table, "thead"), "tr")
    for heading in HEADINGS:
        add(head, "th", say(language, heading))
    body = add(table, "tbody")
    for row, one in rows:
        _add_row(body, one, row, parties=parties, language=language)


def _add_row(
    body: Element, observation: Observation, row: str, *, parties: Parties, language: Language
) -> None:
    line = add(body, "tr", ID=row)
    add(line, "td", f"{observation.effective:%Y-%m-%d %H:%M %z}".strip())
    add(line, "td", say(language, CODES[observation.code]))
    add(add(line, "td"), "content", value_words(observation), ID=f"{row}-words")
    add(line, "td", parties.name(observation.informant))
    add(line, "td", remark_words(observation, language))
