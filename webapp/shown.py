"""What templates show of the core's things: numbers with units, names, states and deeds."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, g
from markupsafe import Markup

from records.findings.adherence import KEPT_WORDS
from records.measures import HOUSE, Measures
from records.observations import Observation, Quantity
from records.orders import Occurrence
from records.people import Person, Scope
from records.services.ordering import OrderView
from records.services.ports import Note
from records.tracking import PersonId
from records.vocabulary import (
    MEANINGS,
    SENT,
    Code,
    SegmentKind,
    Shape,
)
from records.wording.circumstances import circumstance_words
from records.wording.names import CONTEXT_NAMES
from records.wording.orders import ORDER_KINDS, state_words
from webapp.language import LOCALES, day, language, words, zone
from webapp.levels import level_of, numbers_of
from webapp.named import (
    CHECKS,
    CODES,
    DONE,
    KINDS,
    KINDS_MEAN,
    ORGANISATIONS,
    PURPOSES,
    REQUEST_TAGS,
    REQUESTS,
    ROLES,
    SCOPES,
    SEXES,
    STATE_TAGS,
    STEPS,
    UNITS,
)
from webapp.unit import unit


def number(value: Decimal) -> str:
    """Return a number as the page's language writes it."""
    return format_decimal(value, "#,##0.##", locale=LOCALES[language()])


def unit_words(ucum: str) -> Markup:
    """Return the unit people write for a UCUM unit."""
    return words(UNITS.get(ucum, ucum))


def own_unit(code: Code) -> str:
    """Return the unit in which the patient of this page reads a code."""
    measures: Measures = g.get("measures") or HOUSE
    return measures.unit_of(code)


def in_own_units(observation: Observation) -> Observation:
    """Return an observation as the patient of this page reads it; to others it is as it is kept."""
    measures: Measures | None = g.get("measures")
    return measures.shown(observation) if measures else observation


def amount(observation: Observation) -> str:
    """Return the number, or the numbers, of an observation without the unit."""
    return "/".join(number(one) for one in numbers_of(in_own_units(observation)))


def measure(observation: Observation) -> Markup:
    """Return the unit of an observation's numbers, as people write it."""
    if observation.components:
        return unit_words(observation.components[0].quantity.unit)
    value = in_own_units(observation).value
    return unit_words(value.unit) if isinstance(value, Quantity) else Markup()


def value_words(observation: Observation) -> Markup:
    """Return what an observation says, with its unit, as one short line."""
    if numbers_of(observation):
        return Markup("{} {}").format(amount(observation), measure(observation))
    said = str(observation.value or "")
    shape = MEANINGS[observation.code].shape
    if shape is Shape.DATE:
        return Markup.escape(_day_said(said))
    if shape is Shape.CHOICE:
        return words(SEXES.get(said, said))
    return Markup.escape(said)


def _day_said(said: str) -> str:
    try:
        return day(date.fromisoformat(said), year=True)
    except ValueError:
        return said


def how_words(observation: Observation) -> str:
    """Return where on the body and in which position it was measured, if that was said."""
    return circumstance_words(observation, language())


def note_words(note: Note) -> Markup:
    """Return what a line of the log says was done."""
    done = words(DONE[note.action])
    return done if note.allowed else words("was refused: {action}", action=done)


def told_by(observation: Observation, patient: Person) -> Markup:
    """Return "by Li Na" where somebody else than the patient told it, else nothing."""
    if observation.informant == patient.id:
        return Markup()
    names: dict[PersonId, str] = g.setdefault("names", {})
    if observation.informant not in names:
        names[observation.informant] = unit().people.person(observation.informant).name
    return words("by {name}", name=names[observation.informant])


def name_things(app: Flask) -> None:
    """Give the templates the words for the core's things."""
    tables: dict[str, Mapping[Any, str]] = {
        "kind_name": KINDS,
        "kind_means": KINDS_MEAN,
        "code_name": CODES,
        "context_name": CONTEXT_NAMES,
        "role_name": ROLES,
        "organisation_name": ORGANISATIONS,
        "purpose_name": PURPOSES,
        "scope_name": SCOPES,
        "order_kind": ORDER_KINDS,
        "kept_words": KEPT_WORDS,
        "check_name": CHECKS,
        "request_state": REQUESTS,
        "consent_step": STEPS,
    }
    for name, table in tables.items():
        app.jinja_env.filters[name] = _namer(table)
    app.jinja_env.filters.update(
        value_words=value_words,
        how_words=how_words,
        amount=amount,
        measure=measure,
        level=level_of,
        note_words=note_words,
        unit_words=unit_words,
        number=number,
        in_order=in_order,
        scopes_in_order=lambda scopes: [one for one in Scope if one in scopes],
        told_by=told_by,
        came_along=lambda code: code in SENT,
        state_said=state_said,
        unit_of=lambda form: unit_words(MEANINGS[form.code].ucum or ""),
        request_tag=lambda state: REQUEST_TAGS.get(state, "off"),
        state_tag=lambda state: STATE_TAGS.get(state, "off"),
    )


def in_order(kinds: Iterable[SegmentKind]) -> list[SegmentKind]:
    """Return kinds in the order a reader meets them."""
    wanted = set(kinds)
    return [one for one in SegmentKind if one in wanted]


def state_said(occurrence: Occurrence, order: OrderView) -> str:
    """Return what became of an occurrence, with who answered."""
    who = order.people.get(occurrence.answered_by) if occurrence.answered_by else None
    name = who.name if who else ""
    return state_words(occurrence, language=language(), zone=zone(), who=name)


def _namer(table: Mapping[Any, str]) -> Callable[[object], Markup]:
    return lambda thing: words(table.get(thing, str(thing)))
