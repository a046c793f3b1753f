"""Persons whose object cannot be opened: somebody must stand where others name them."""

from contextlib import suppress

from records.tracking import PersonId
from storage.keys import KeyForgotten
from storage.registry.people import nameless
from storage.rows.people import PersonRow
from storage.unit import StorageUnit

PEOPLE = "person"


def stand_in(unit: StorageUnit, ref: str) -> None:
    """Keep a person without a name and without a role, unless they are here or were erased."""
    if unit.desk.session.get(PersonRow, ref) is None:
        with suppress(KeyForgotten):
            unit.people.put(nameless(PersonId(ref)))
