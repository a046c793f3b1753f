"""Several documents of one patient as one Continuity of Care Document."""

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from records.cda.codes import LOINC, SectionType
from records.cda.elements import Element, add, add_loinc, add_templates
from records.cda.engine.ccd import (
    SECTION_TEMPLATES,
    SECTION_TYPES,
    begin_ccd,
    claim,
    may_be_in_a_ccd,
    time_of,
)
from records.cda.engine.completing import complete_header
from records.cda.engine.cutting import loose_in
from records.cda.engine.emptying import PLAIN_TITLE
from records.cda.engine.joining import Sourced, join_sections
from records.cda.engine.kinds import SECTION_KINDS
from records.cda.engine.language import language_of
from records.cda.engine.naming import prefix_ids
from records.cda.engine.narrative import NOTHING, entries_in, tell_anew
from records.cda.engine.parsing import Tree
from records.cda.engine.patients import check_one_patient
from records.cda.engine.provenance import add_authors
from records.cda.engine.tree import (
    ENTRY,
    NON_XML,
    SECTION,
    canonical,
    cda,
    graft,
    own_codes,
    section_of,
)
from records.vocabulary import Language, SegmentKind
from records.wording import say

KIND_ORDER = {kind: number for number, kind in enumerate(SegmentKind)}
UNKNOWN = len(KIND_ORDER)

Key = tuple[str, str]


def concatenate_trees(trees: Iterable[Tree]) -> Tree:
    """Return a CCD of all of these; the same documents in any order give the same tree."""
    roots = _in_order(trees)
    check_one_patient(roots)
    for root in roots:
        complete_header(root)
    document = begin_ccd(roots)
    as_ccd = all(map(may_be_in_a_ccd, roots))
    if len(roots) > 1:
        add_authors(roots)
        for number, root in enumerate(roots, 1):
            prefix_ids(root, f"d{number}-")
    language = language_of(roots[-1])
    body = add(add(document, "component"), "structuredBody")
    for section in _sections(roots, language):
        component = add(body, "component")
        section.tail = None
        graft(component, section)
    claim(document, as_ccd=as_ccd)
    return etree.ElementTree(document)


def _in_order(trees: Iterable[Tree]) -> list[Element]:
    """Return copies of the documents by their times, what came twice once."""
    distinct = {canonical(tree): tree for tree in trees}
    ordered = sorted((time_of(tree.getroot()), text) for text, tree in distinct.items())
    return [deepcopy(distinct[text].getroot()) for _, text in ordered]


def _sections(roots: Sequence[Element], language: Language) -> list[Element]:
    groups: dict[Key, list[Sourced]] = {}
    for source, root in enumerate(roots):
        for number, section in enumerate(_tops(root)):
            # What has no code cannot be told to be the same, unless it is so word for word.
            key = next(own_codes(section), None) or ("", f"{source:06}.{number:06}")
            groups.setdefault(key, []).append(Sourced(source, section))
        if stray := [one for one in loose_in(root) if one.tag == ENTRY]:
            groups[("", f"{source:06}.loose")] = [Sourced(source, _as_told(stray, language))]
        for body in root.iter(NON_XML):
            groups[("", f"{source:06}.file")] = [Sourced(source, _as_section(body, source))]
    joined = {key: join_sections(found, language) for key, found in groups.items()}
    known = {code for code, _ in joined}
    for code in SECTION_TEMPLATES:
        if code not in known:
            joined[code, LOINC] = _nothing(SECTION_TYPES[code], language)
    ordered = [joined[key] for key in sorted(joined, key=_place)]
    return list({canonical(one): one for one in ordered}.values())


def _tops(root: Element) -> list[Element]:
    return [one for one in root.iter(SECTION) if section_of(one) is None]


def _place(key: Key) -> tuple[int, str, str]:
    kind = SECTION_KINDS.get(key[0])
    if kind is not None:
        return KIND_ORDER[kind], *key
    return UNKNOWN + (not key[0]), *key


def _nothing(section_type: SectionType, language: Language) -> Element:
    """Return a section a CCD requires, saying that there is no information."""
    section = etree.Element(SECTION, nullFlavor="NI")
    root, extension = SECTION_TEMPLATES[section_type.loinc]
    add_templates(section, (root, extension), (root, ""))
    add_loinc(section, "code", section_type.loinc, section_type.display)
    add(section, "title", say(language, section_type.title))
    add(section, "text", say(language, NOTHING))
    return section


def _as_told(entries: Sequence[Element], language: Language) -> Element:
    """Return entries that stand in no section in one that tells them."""
    section = etree.Element(SECTION)
    add(section, "title", say(language, PLAIN_TITLE))
    for one in entries:
        graft(section, one)
    tell_anew(section, entries_in(section), set(), language)
    return section


def _as_section(body: Element, source: int) -> Element:
    """Return a body that is not XML as a section that shows it."""
    section = etree.Element(SECTION)
    add(section, "title", say(language_of(body.getroottree().getroot()), PLAIN_TITLE))
    name = f"d{source + 1}-file"
    add(add(section, "text"), "renderMultiMedia", referencedObject=name)
    media = add(add(section, "entry"), "observationMedia", classCode="OBS", moodCode="EVN", ID=name)
    add(media, "id", nullFlavor="NI")
    text = body.find(cda("text"))
    value = deepcopy(text) if text is not None else add(media, "value")
    value.tag, value.tail = cda("value"), None
    media.append(value)
    return section
