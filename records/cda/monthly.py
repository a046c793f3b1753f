"""The tables of a long section: a month each, with the columns that say something."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from records.cda.elements import Element, add
from records.cda.entries import NOTES, VITALS
from records.cda.parties import Parties
from records.cda.words import CODES, remark_words, value_words
from records.observations import Observation
from records.vocabulary import Code, Language
from records.wording import later, say

Group = Sequence[tuple[str, Observation]]
"""What stands in one line: observations, each with the ID of its cell."""

ONE_TABLE = 40
"""Lines that still stand in one table."""
WHEN, WHAT, VALUE = later("When"), later("What"), later("Value")
TOLD_BY, REMARK = later("Told by"), later("Remark")


def add_tables(text: Element, groups: Sequence[Group], *, parties: Parties) -> None:
    """Append these lines as one table, or where they are many a table a month."""
    if len(groups) <= ONE_TABLE:
        _add_table(text, groups, "", parties=parties)
        return
    for month, lines in groupby(groups, lambda group: f"{group[0][1].effective:%Y-%m}"):
        _add_table(text, list(lines), month, parties=parties)


def _add_table(text: Element, groups: Sequence[Group], month: str, *, parties: Parties) -> None:
    language = parties.patient.language
    told = [one for group in groups for _, one in group]
    zones = {f"{one.effective:%z}" for one in told}
    codes = _columns(told)
    by_whom = any(_told_by(one, parties) for one in told)
    remarked = any(remark_words(one, language) for one in told)
    table = add(text, "table")
    if month:
        add(table, "caption", month)
    head = add(add(table, "thead"), "tr")
    zone = f" ({zones.pop()})" if len(zones) == 1 else ""
    for heading in _headings(codes, language, zone, by_whom=by_whom, remarked=remarked):
        add(head, "th", heading)
    body = add(table, "tbody")
    for group in groups:
        line = add(body, "tr")
        add(line, "td", _when(group[0][1], zone))
        _add_values(line, group, codes, language)
        if by_whom:
            add(line, "td", ", ".join(dict.fromkeys(_told_by(one, parties) for _, one in group)))
        if remarked:
            said = (remark_words(one, language) for _, one in group)
            add(line, "td", "; ".join(one for one in said if one))


def _columns(told: Iterable[Observation]) -> tuple[Code, ...]:
    """Return the codes that have a column each, or nothing where a column names the code."""
    told = list(told)
    codes = {one.code for one in told}
    if len(codes) == 1 or all(one.kind in VITALS for one in told):
        return tuple(one for one in Code if one in codes)
    return ()


def _headings(
    codes: Sequence[Code], language: Language, zone: str, *, by_whom: bool, remarked: bool
) -> Iterable[str]:
    yield say(language, WHEN) + zone
    for one in [CODES[code] for code in codes] or [WHAT, VALUE]:
        yield say(language, one)
    if by_whom:
        yield say(language, TOLD_BY)
    if remarked:
        yield say(language, REMARK)


def _when(observation: Observation, zone: str) -> str:
    said = f"{observation.effective:%Y-%m-%d %H:%M}"
    return said if zone else f"{said} {observation.effective:%z}".strip()


def _told_by(observation: Observation, parties: Parties) -> str:
    """Return who told it, unless the section says so for all."""
    context = parties.context
    if context is not None and observation.informant == context.informant:
        return ""
    return parties.name(observation.informant)


def _add_values(line: Element, group: Group, codes: Sequence[Code], language: Language) -> None:
    if not codes:
        add(line, "td", say(language, CODES[group[0][1].code]))
        _add_cell(line, group)
        return
    for code in codes:
        _add_cell(line, [(row, one) for row, one in group if one.code is code])


def _add_cell(line: Element, held: Group) -> None:
    """Append a cell with the words of what it holds; an entry points to them by their ID."""
    if len(held) == 1:
        (row, one) = held[0]
        add(line, "td", value_words(one), ID=_place(row, one))
        return
    cell = add(line, "td")
    for row, one in held:
        add(cell, "content", value_words(one), ID=_place(row, one)).tail = " "


def _place(row: str, observation: Observation) -> str:
    return f"{row}-words" if observation.kind in NOTES else row
