"""Whose record a patient's or caregiver's page is about: the own one, or that of one helped."""

from dataclasses import dataclass
from typing import Any

from flask import g, request

from records.errors import NotPermitted
from records.people import Person, Record, Scope, Tie
from records.services.viewing import records_of
from webapp.errors import HelpsNobody
from webapp.unit import now, person, unit


@dataclass(frozen=True, slots=True)
class Whose:
    """A record a person may speak for, and in what way."""

    record: Record
    patient: Person
    own: bool
    scopes: frozenset[Scope]

    @property
    def asks(self) -> dict[str, Any]:
        """What an address must carry so that the next page is about the same record."""
        return {} if self.own else {"for": self.record.id}

    @property
    def decides(self) -> bool:
        """Whether this person decides who helps: the patient, or who decides for one."""
        return self.own or Scope.GUARDIAN in self.scopes

    def may(self, scope: Scope) -> bool:
        """Say whether the person may do this for the patient."""
        return self.own or scope in self.scopes


def all_of_mine() -> tuple[Whose, ...]:
    """Return the own record and those of the people helped, the own one first."""
    me = person()
    own = unit().records.of_patient(me.id)
    mine = [Whose(own, me, True, frozenset(Scope))] if own else []
    helped = records_of(unit(), by=me, now=now(), ties=(Tie.CAREGIVER,))
    return (*mine, *(Whose(t.record, t.patient, False, t.relationship.scopes) for t in helped))


def whose() -> Whose:
    """Return the record this page is about, and let it be shown in that record's own units.

    Raises NotPermitted for one that is not theirs.
    """
    wanted, mine = request.args.get("for"), all_of_mine()
    if not mine and wanted is None:
        raise HelpsNobody
    for one in mine:
        if wanted is None or one.record.id == wanted:
            g.measures = unit().own_units.of(one.record.id)
            return one
    raise NotPermitted


def my_own() -> Whose:
    """Return the own record, for what no caregiver may do; raises NotPermitted without one."""
    for one in all_of_mine():
        if one.own:
            return one
    raise NotPermitted


def deciding() -> Whose:
    """Return the record this page is about if this person decides for it, else refuse."""
    about = whose()
    if not about.decides:
        raise NotPermitted
    return about
