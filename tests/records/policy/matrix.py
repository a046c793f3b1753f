"""The access matrix: every cell of it, and what the house says in each beside what the law says.

A scene is one who (roles and organisation), one relation, one state of consent and one kind; a cell
of it one action, one purpose, and one entry: its label and the hour it is of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice, product
from typing import Any

from records.consent import Label
from records.policy import Action, Ask, decide
from records.vocabulary import Purpose, SegmentKind
from tests import law
from tests.cast import NOON
from tests.records.policy.worlds import (
    OTHER,
    PATIENT,
    READER,
    RECORD,
    Told,
    World,
    a_grant,
    a_hiding,
    a_part,
    a_person,
    a_tie,
    a_world,
    an_emergency,
    leave_in,
    moment,
)

WHO: dict[str, tuple[tuple[str, ...], str | None]] = {
    "patient": (("patient",), None),
    "caregiver": (("caregiver",), None),
    "doctor": (("doctor",), "clinic"),
    "doctor alone": (("doctor",), None),
    "doctor elsewhere": (("doctor",), "hospital"),
    "nurse": (("nurse",), "clinic"),
    "third party": (("third_party",), "institute"),
    "third party alone": (("third_party",), None),
    "operator": (("operator",), "clinic"),
    "nurse and caregiver": (("nurse", "caregiver"), "clinic"),
    "no role": ((), "clinic"),
}
USUAL = ("record", "see", "answer_orders")
GUARDIAN = (*USUAL, "urgent", "guardian")
ELSEWHERE = {"record": "another"}
RELATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "own": {"who": PATIENT},
    "doctor": {"ties": [a_tie("doctor")]},
    "doctor, not confirmed by the patient": {"ties": [a_tie("doctor", by_patient=False)]},
    "doctor, not confirmed by the other": {"ties": [a_tie("doctor", by_other=False)]},
    "doctor until this moment": {"ties": [a_tie("doctor", until=0)]},
    "doctor until the next hour": {"ties": [a_tie("doctor", until=1)]},
    "doctor, ended": {"ties": [a_tie("doctor", ended=0)]},
    "doctor from now": {"ties": [a_tie("doctor", since=0)]},
    "doctor from the next hour": {"ties": [a_tie("doctor", since=1)]},
    "doctor of another record": {"ties": [a_tie("doctor", **ELSEWHERE)]},
    "somebody else is the doctor": {"ties": [a_tie("doctor", who=OTHER)]},
    "nurse": {"ties": [a_tie("nurse")]},
    "helper": {"ties": [a_tie("caregiver", USUAL)]},
    "helper who records": {"ties": [a_tie("caregiver", ("record",))]},
    "helper who sees": {"ties": [a_tie("caregiver", ("see",))]},
    "helper who answers": {"ties": [a_tie("caregiver", ("answer_orders",))]},
    "helper who is told": {"ties": [a_tie("caregiver", ("urgent",))]},
    "helper, ended": {"ties": [a_tie("caregiver", USUAL, ended=-1)]},
    "helper who rests": {"ties": [a_tie("caregiver", USUAL, rests=True)]},
    "helper for a year": {"ties": [a_tie("caregiver", USUAL, since=-law.LONGEST_HELP)]},
    "helper for nearly a year": {"ties": [a_tie("caregiver", USUAL, since=1 - law.LONGEST_HELP)]},
    "helper of another record": {"ties": [a_tie("caregiver", GUARDIAN, **ELSEWHERE)]},
    "guardian": {"ties": [a_tie("caregiver", GUARDIAN, basis="asked")]},
    "guardian by law for two years": {
        "ties": [a_tie("caregiver", GUARDIAN, basis="by_law", since=-2 * law.LONGEST_HELP)]
    },
    "guardian of the clinic": {"ties": [a_tie("caregiver", GUARDIAN, basis="clinic")]},
    "guardian once": {"ties": [a_tie("caregiver", GUARDIAN, basis="by_law", rests=True)]},
    "guardian once, ended": {
        "ties": [a_tie("caregiver", GUARDIAN, basis="by_law", rests=True, ended=-1)]
    },
    "guardian who does nothing else": {"ties": [a_tie("caregiver", ("guardian",), basis="asked")]},
    "emergency": {"emergencies": [an_emergency()]},
    "emergency that ends now": {"emergencies": [an_emergency(until=0)]},
    "emergency, closed": {"emergencies": [an_emergency(closed=0)]},
    "emergency, closed in an hour": {"emergencies": [an_emergency(closed=1)]},
    "emergency of another record": {"emergencies": [an_emergency(**ELSEWHERE)]},
    "a colleague's emergency": {"emergencies": [an_emergency(who=OTHER)]},
    "an emergency of nobody's clinic": {
        "emergencies": [an_emergency(who=OTHER, organisation=None)]
    },
}

KINDS = tuple(str(one) for one in SegmentKind)
ASKED_KIND = "the kind"
"""Stands in a state of consent for the kind the cell is about."""
Consent = Mapping[str, Any]


def _one(segment: str | None, entry: str | None, code: str | None = None) -> Told:
    return ASKED_KIND, segment, entry, code


def _granted(**more: Any) -> Consent:
    return {"grants": [a_grant(ASKED_KIND, **more)]}


def _hidden(part: Told = (ASKED_KIND, None, None, None), **more: Any) -> Consent:
    everything = [a_grant(*KINDS, **given) for given in ({}, CLINIC, INSTITUTE)]
    return {"grants": everything, "hidings": [a_hiding(part, **more)]}


CLINIC = {"who": None, "organisation": "clinic"}
INSTITUTE = {"who": None, "organisation": "institute", "purpose": "research"}
CONSENTS: dict[str, Consent] = {
    "never": {},
    "granted": _granted(),
    "granted to somebody else": _granted(who=OTHER),
    "granted of another record": _granted(**ELSEWHERE),
    "granted to the clinic": _granted(**CLINIC),
    "granted to the clinic of another record": _granted(**CLINIC, **ELSEWHERE),
    "granted to the hospital": _granted(who=None, organisation="hospital"),
    "granted to the clinic for research": {"grants": [a_grant(*KINDS, **CLINIC | INSTITUTE)]},
    "granted for care management": _granted(purpose="care_management"),
    "granted to the clinic for care management": _granted(**CLINIC, purpose="care_management"),
    "granted for an emergency": _granted(purpose="emergency"),
    "released for research": _granted(**INSTITUTE),
    "released for service": _granted(**INSTITUTE | {"purpose": "service"}),
    "released to the person": _granted(purpose="research"),
    "released, withdrawn": _granted(**INSTITUTE, withdrawn=0),
    "released, kept private": _granted(**INSTITUTE, parts=[_one("s1", "e1")]),
    "granted until now": _granted(until=0),
    "granted for an hour": _granted(until=1),
    "granted for ever": _granted(until=None),
    "granted from now": _granted(given=0),
    "granted from the next hour": _granted(given=1),
    "withdrawn": _granted(withdrawn=0),
    "withdrawn in an hour": _granted(withdrawn=1),
    "narrowed to another kind": {"grants": [a_grant("other")]},
    "narrowed to normal": _granted(ceiling=1),
    "widened to private": _granted(ceiling=3),
    "of after an hour ago": _granted(**{"from": -1}),
    "of before an hour ago": _granted(to=-1),
    "one code": {"grants": [a_grant(parts=[_one(None, None, "pain")])]},
    "another code": {"grants": [a_grant(parts=[_one(None, None, "sleep")])]},
    "one segment": {"grants": [a_grant(parts=[_one("s1", None)], ceiling=1, to=-40)]},
    "one entry": {"grants": [a_grant(parts=[_one("s1", "e1")], ceiling=1)]},
    "another entry": {"grants": [a_grant(parts=[_one("s1", "e2")], ceiling=3)]},
    "hidden": _hidden(),
    "hidden from the reader": _hidden(who=READER),
    "hidden from somebody else": _hidden(who=OTHER),
    "hidden from the clinic": _hidden(organisation="clinic"),
    "hidden until now": _hidden(until=0),
    "hidden for an hour": _hidden(until=1),
    "hidden, shown again": _hidden(lifted=0),
    "hidden from now": _hidden(hidden=0),
    "hidden from the next hour": _hidden(hidden=1),
    "hidden in another record": _hidden(**ELSEWHERE),
    "this segment hidden": _hidden(_one("s1", None)),
    "this entry hidden": _hidden(_one("s1", "e1")),
    "another entry hidden": _hidden(_one("s1", "e2")),
    "this code hidden": _hidden(_one(None, None, "pain")),
    "another kind hidden": _hidden(("other", None, None, None)),
}
EACH = 7  # cells of a scene that are asked in every run
LABELS, HOURS = (1, 2, 3), (-30, -1, 0)
PURPOSES = tuple(str(one) for one in Purpose)
ACTIONS = tuple(str(one) for one in Action)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who stands how to the patient, what the patient wishes, and the kind it is about."""

    who: str
    relation: str
    consent: str
    kind: str

    @property
    def world(self) -> World:
        """The scene for the law."""
        roles, organisation = WHO[self.who]
        stands, wished = RELATIONS[self.relation], _wished(self.consent, self.kind)
        return a_world(roles, organisation, **{**stands, **wished})


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: what somebody would do, stating why, with an entry of this label and hour."""

    action: str
    purpose: str
    label: int = 1
    hour: int = 0


CELLS = tuple(
    Cell(action, purpose, label, hour)
    for action, purpose in product(ACTIONS, PURPOSES)
    for label, hour in (product(LABELS, HOURS) if action in law.READING_ACTIONS else ((1, 0),))
)
"""Every question of a scene: label and hour matter only where something is read."""


def scenes() -> Iterator[Scene]:
    """Return every scene; the kinds take turns innermost."""
    return (Scene(*one) for one in product(WHO, RELATIONS, CONSENTS, KINDS))


def some_scenes() -> Iterator[Scene]:
    """Return each who, relation and consent once, each with the next kind."""
    turns = cycle(KINDS)
    return (Scene(*one, next(turns)) for one in product(WHO, RELATIONS, CONSENTS))


def differences(scene: Scene, cells: Iterable[Cell]) -> Iterator[tuple[Scene, Cell]]:
    """Return the cells in which the house says something else than the law."""
    world = scene.world
    told = (scene.kind, "s1", "e1", "pain")
    by, leave, part = a_person(world["reader"]), leave_in(world), a_part(told)
    for one in cells:
        ask = Ask(
            Action(one.action),
            by,
            RECORD,
            NOON,
            Purpose(one.purpose),
            leave,
            part,
            Label(one.label),
            moment(one.hour),
        )
        right = law.may(world, one.action, one.purpose, told, one.label, one.hour)
        if decide(ask).allowed is not right:
            yield scene, one


@cache
def _wished(consent: str, kind: str) -> World:
    """Return a state of consent with the kind in its places."""

    def filled(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: filled(value) for key, value in one.items()}
        if isinstance(one, list | set | tuple):
            return type(one)(filled(value) for value in one)
        return kind if one == ASKED_KIND else one

    return {key: filled(value) for key, value in CONSENTS[consent].items()}


def first_difference(each: int = EACH) -> tuple[Scene, Cell] | None:
    """Return a cell in which the house says something else, asking a few of every scene."""
    turns = cycle(CELLS)
    found = (one for scene in some_scenes() for one in differences(scene, islice(turns, each)))
    return next(found, None)
