"""What a whole record says of the care itself: concerns, assessment, what is planned, by whom.

What stands in another section too is pointed to there and not said again by a machine: whoever
hides it hides what points to it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from records.cda import claims
from records.cda.claims import Claims
from records.cda.codes import (
    ASSESSMENT,
    CARE_TEAM,
    CONCERNS,
    HEALTH_CONCERN,
    PLAN,
    TEAM,
    TEAM_MEMBER,
    SectionType,
)
from records.cda.elements import Element, add, add_coding, add_id, add_own, add_templates, moment
from records.cda.parties import Parties, add_entry_author, add_performer
from records.cda.sections import begin_section, holding, secrecy_in
from records.observations import Observation
from records.orders import Order, OrderKind
from records.people import Relationship, Tie
from records.tracking import PersonId
from records.vocabulary import Code, SegmentKind
from records.wording import later, say

WHEN, WHAT, WHO, PART = later("When"), later("What"), later("Who"), later("Part")
DOCTOR, NURSE, OTHER = later("Doctor"), later("Nurse"), later("Third party")
TIES = {Tie.DOCTOR: DOCTOR, Tie.NURSE: NURSE}
CONCERNING = frozenset({Code.CONDITION})


@dataclass(frozen=True, slots=True)
class Care:
    """What is known of the care: what was told and ordered, as of when, and whether by whom."""

    told: Sequence[Observation]
    orders: tuple[Order, ...]
    at: datetime
    team: bool


Line = tuple[str, str, Callable[[Element, str], None]]
"""Two cells, and what appends the entry whose words stand in the second, given its ID."""


def add_care_sections(body: Element, care: Care, *, parties: Parties) -> None:
    """Append the sections of which there is something to say."""
    ill = [one for one in care.told if one.code in CONCERNING]
    notes = [one for one in care.told if one.kind is SegmentKind.DOCTOR_DESCRIPTION]
    for section_type, headings, lines, told in (
        (CONCERNS, (WHEN, WHAT), _concerns(ill), ill),
        (ASSESSMENT, (WHO, WHAT), _assessment(notes, parties), notes),
        (PLAN, (WHEN, WHAT), _plan(care, parties), ()),
    ):
        secrecy = secrecy_in(told, care.told)
        _add_section(body, section_type, headings, list(lines), parties=parties, secrecy=secrecy)
    if care.team:
        _add_team(body, care, parties=parties)


def _add_section(
    body: Element,
    section_type: SectionType,
    headings: Sequence[str],
    lines: Sequence[Line],
    *,
    parties: Parties,
    secrecy: str,
) -> None:
    if not lines:
        return
    language = parties.patient.language
    coded = [True] * len(lines)
    component = add(body, "component")
    text = begin_section(component, section_type, coded, language=language, secrecy=secrecy)
    section = holding(text)
    rows = [(first, second) for first, second, _ in lines]
    names = _add_rows(text, [say(language, one) for one in headings], rows, section_type)
    for (_, _, entry), name in zip(lines, names, strict=True):
        entry(add(section, "entry", typeCode="DRIV"), name)


def _add_rows(
    text: Element,
    headings: Iterable[str],
    rows: Iterable[tuple[str, str]],
    section_type: SectionType,
) -> list[str]:
    """Append a table of two columns; return the IDs of the second's cells."""
    table = add(text, "table")
    head = add(add(table, "thead"), "tr")
    for one in headings:
        add(head, "th", one)
    body = add(table, "tbody")
    names = []
    for number, (first, second) in enumerate(rows, 1):
        line = add(body, "tr")
        add(line, "td", first)
        names.append(f"c{section_type.loinc}-{number}")
        add(line, "td", second, ID=names[-1])
    return names


def _concerns(ill: Iterable[Observation]) -> Iterator[Line]:
    """Return what the patient is ill with as a concern that points to the problem."""
    for one in ill:
        yield f"{one.effective:%Y-%m-%d}", str(one.value), _concern(one)


def _concern(one: Observation) -> Callable[[Element, str], None]:
    def append(entry: Element, name: str) -> None:
        act = add(entry, "act", classCode="ACT", moodCode="EVN")
        add_templates(act, *claims.HEALTH_CONCERN)
        add_id(act, one.id, part="health concern")
        add_coding(act, "code", HEALTH_CONCERN)
        _add_text(act, name)
        add(act, "statusCode", code="active")
        add(add(act, "effectiveTime"), "low", value=moment(one.effective))
        _add_reference(add(act, "entryRelationship", typeCode="REFR"), one)

    return append


def _assessment(notes: Iterable[Observation], parties: Parties) -> Iterator[Line]:
    """Return the last word of each doctor."""
    last = {one.author: one for one in sorted(notes, key=lambda one: (one.effective, one.id))}
    for author, one in sorted(last.items()):

        def append(entry: Element, name: str, one: Observation = one) -> None:
            _add_text(_add_reference(entry, one), name)

        yield f"{parties.name(author)} {one.effective:%Y-%m-%d}".strip(), str(one.value), append


def _add_reference(parent: Element, one: Observation) -> Element:
    """Append that another entry is meant, by its id."""
    act = add(parent, "act", classCode="ACT", moodCode="EVN")
    add_templates(act, *claims.ENTRY_REFERENCE)
    add_id(act, one.id)
    add(act, "code", nullFlavor="NP")
    add(act, "statusCode", code="completed")
    return act


def _add_text(act: Element, name: str) -> None:
    """Append where the words of an act stand, behind its code."""
    text = add(act, "text")
    add(text, "reference", value=f"#{name}")
    code = next(one for one in act if one.tag.endswith("}code"))
    act.insert(act.index(code) + 1, text)


PLANNED: dict[OrderKind, tuple[str, str, Claims]] = {
    OrderKind.MEASURE: ("observation", "OBS", claims.PLANNED_MEASUREMENT),
    OrderKind.COME_IN: ("encounter", "ENC", claims.PLANNED_VISIT),
}
ACT = ("act", "ACT", claims.PLANNED_ACT)


def _plan(care: Care, parties: Parties) -> Iterator[Line]:
    """Return the orders that stand, by their time."""
    for one in sorted(care.orders, key=lambda one: (one.due, one.id)):
        if one.withdrawn is None:
            yield f"{one.due:%Y-%m-%d %H:%M %z}", one.text, _planned(one, parties)


def _planned(one: Order, parties: Parties) -> Callable[[Element, str], None]:
    def append(entry: Element, name: str) -> None:
        tag, kind, templates = PLANNED.get(one.kind, ACT)
        act = add(entry, tag, classCode=kind, moodCode="RQO")
        add_templates(act, *templates)
        add_id(act, one.id)
        add_own(add(act, "code", nullFlavor="OTH"), "translation", f"order.{one.kind}")
        _add_text(act, name)
        add(act, "statusCode", code="active")
        add(act, "effectiveTime", value=moment(one.due))
        add_entry_author(act, parties, one.placed_by, one.placed)

    return append


def _team(care: Care, parties: Parties) -> dict[PersonId, tuple[str, datetime]]:
    """Return who gives care, as what, and since when: the treating, and third parties who wrote."""
    found: dict[PersonId, tuple[str, datetime]] = {}
    for one in sorted(parties.relationships, key=lambda one: one.id):
        if _treats(one, care.at) and parties.person(one.person):
            found.setdefault(one.person, (TIES[one.tie], one.since))
    for note in care.told:
        if note.kind is SegmentKind.THIRD_PARTY_DESCRIPTION and parties.person(note.author):
            found.setdefault(note.author, (OTHER, note.effective))
    return found


def _treats(one: Relationship, at: datetime) -> bool:
    return one.tie in TIES and one.holds(at)


def _add_team(body: Element, care: Care, *, parties: Parties) -> None:
    team = _team(care, parties)
    if not team:
        return
    language = parties.patient.language
    component = add(body, "component")
    secrecy = secrecy_in((), care.told)
    text = begin_section(component, CARE_TEAM, [True], language=language, secrecy=secrecy)
    section = holding(text)
    rows = [(say(language, part), parties.name(who)) for who, (part, _) in team.items()]
    names = _add_rows(text, [say(language, PART), say(language, WHO)], rows, CARE_TEAM)
    entry = add(section, "entry", typeCode="DRIV")
    organizer = add(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
    add_templates(organizer, *claims.TEAM)
    add_id(organizer, parties.record.patient, part="care team")
    add_coding(organizer, "code", TEAM)
    add(organizer, "statusCode", code="active")
    since = min(since for _, since in team.values())
    add(add(organizer, "effectiveTime"), "low", value=moment(since))
    for (who, (_, since)), name in zip(team.items(), names, strict=True):
        act = add(add(organizer, "component"), "act", classCode="PCPR", moodCode="EVN")
        add_templates(act, *claims.TEAM_MEMBER)
        add_id(act, who, part="care team")
        add_coding(act, "code", TEAM_MEMBER)
        _add_text(act, name)
        add(act, "statusCode", code="active")
        add(add(act, "effectiveTime"), "low", value=moment(since))
        add_performer(act, parties, who)
