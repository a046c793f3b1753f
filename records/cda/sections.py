"""The body: sections with a table a person reads and the entries a machine reads."""

from records.cda.codes import FIRST_SECTIONS, OTHER_SECTIONS, SectionType
from records.cda.elements import Element, add, add_loinc, add_templates
from records.cda.entries import add_entry
from records.cda.header import LANGUAGES
from records.cda.parties import Parties
from records.cda.words import CODES, remark_words, value_words
from records.observations import Observation
from records.segments import Segment
from records.tracking import ObservationId
from records.vocabulary import Language
from records.wording import later, say

HEADINGS = (later("When"), later("What"), later("Value"), later("Told by"), later("Remark"))


def add_sections(document: Element, segment: Segment, *, parties: Parties) -> None:
    """Append the body; a segment without observations has its kind's section and says so."""
    body = add(add(document, "component"), "structuredBody")
    rows = {one.id: f"o{number}" for number, one in enumerate(segment.observations, 1)}
    for section_type, observations in _by_section(segment).items():
        section = add(add(body, "component"), "section")
        if not observations:
            section.set("nullFlavor", "NI")
        add_templates(section, section_type.template)
        if section_type.loinc:
            add_loinc(section, "code", section_type.loinc, section_type.display)
        language = parties.patient.language
        add(section, "title", say(language, section_type.title))
        # The schema of CDA knows no xml:lang: `language` is its own attribute for it.
        text = add(section, "text", language=LANGUAGES[language])
        _add_table(text, observations, rows, parties=parties)
        for one in observations:
            add_entry(section, one, parties=parties, row=rows[one.id])


def _by_section(segment: Segment) -> dict[SectionType, list[Observation]]:
    first = FIRST_SECTIONS[segment.kind]
    found: dict[SectionType, list[Observation]] = {}
    for one in sorted(segment.observations, key=lambda one: (one.effective, one.id)):
        found.setdefault(OTHER_SECTIONS.get(one.code, FIRST_SECTIONS[one.kind]), []).append(one)
    return found or {first: []}


def _add_table(
    text: Element,
    observations: list[Observation],
    rows: dict[ObservationId, str],
    *,
    parties: Parties,
) -> None:
    language = parties.patient.language
    if not observations:
        add(text, "paragraph", say(language, "Nothing has been told here."))
        return
    table = add(text, "table")
    head = add(add(table, "thead"), "tr")
    for heading in HEADINGS:
        add(head, "th", say(language, heading))
    body = add(table, "tbody")
    for one in observations:
        _add_row(body, one, rows[one.id], parties=parties, language=language)


def _add_row(
    body: Element, observation: Observation, row: str, *, parties: Parties, language: Language
) -> None:
    line = add(body, "tr", ID=row)
    add(line, "td", f"{observation.effective:%Y-%m-%d %H:%M %z}".strip())
    add(line, "td", say(language, CODES[observation.code]))
    add(add(line, "td"), "content", value_words(observation), ID=f"{row}-words")
    add(line, "td", parties.name(observation.informant))
    add(line, "td", remark_words(observation, language))
