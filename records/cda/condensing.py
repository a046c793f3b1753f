"""The body of a whole record: what many entries share is said once.

A section says who told and wrote down its entries, measurements of one moment stand in one
organizer and one line of a table, and a long section has a table a month.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from records.cda.codes import SectionType
from records.cda.elements import Element, add
from records.cda.entries import VITALS, add_entry, is_coded, is_result
from records.cda.monthly import Group, add_tables
from records.cda.parties import Context, Parties, add_entry_author, add_informant
from records.cda.sections import add_nothing, begin_section, by_section, holding, secrecy_in
from records.observations import Observation
from records.vocabulary import PERIODS, Period


def add_condensed_sections(
    document: Element,
    observations: Iterable[Observation],
    *,
    parties: Parties,
    always: Sequence[SectionType],
) -> Element:
    """Append the body of a whole record, in the order of the kinds, and return it.

    The sections of `always` are there even if nothing is told in them.
    """
    body = add(add(document, "component"), "structuredBody")
    numbers = count(1)
    whole = list(observations)
    for section_type, told in by_section(whole, always).items():
        groups = [[(f"o{next(numbers)}", one) for one in group] for group in together(told)]
        text = begin_section(
            add(body, "component"),
            section_type,
            [is_coded(one) for one in told],
            language=parties.patient.language,
            secrecy=secrecy_in(told, whole),
        )
        _fill_section(text, groups, parties=parties)
    return body


def _fill_section(text: Element, groups: Sequence[Group], *, parties: Parties) -> None:
    section, told = holding(text), [one for group in groups for _, one in group]
    if not told:
        add_nothing(text, parties.patient.language)
        return
    context = _context_of(told)
    inside = replace(parties, context=context)
    add_tables(text, groups, parties=inside)
    if context:
        latest = max(one.recorded for one in told if context.covers(one))
        add_entry_author(section, parties, context.author, latest)
        add_informant(section, parties, context.informant)
    for group in groups:
        add_entry(section, group, parties=inside)


def _context_of(told: Sequence[Observation]) -> Context | None:
    """Return who told and wrote down most of what was told day by day.

    What lasts, and what is a note, says so itself: its readers ask from whom each one is.
    """
    pairs = Counter((one.author, one.informant) for one in told if _is_of_a_day(one))
    contexts = (Context(*pair) for pair, _ in pairs.most_common())
    return next((one for one in contexts if any(map(one.covers, told))), None)


def _is_of_a_day(observation: Observation) -> bool:
    return PERIODS[observation.kind] is Period.DAY


def together(told: Iterable[Observation]) -> list[list[Observation]]:
    """Return observations in their order, vital signs of one moment from one person as one."""
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for one in told:
        groups.setdefault(_moment_of(one), []).append(one)
    return list(groups.values())


def _moment_of(one: Observation) -> tuple[object, ...]:
    if one.kind not in VITALS or is_result(one) or not is_coded(one):
        return (one.id,)
    written = one.recorded.replace(second=0, microsecond=0)
    return one.kind, one.effective, one.author, one.informant, written
