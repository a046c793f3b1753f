"""Persons whose object cannot be opened: somebody must stand where others name them."""

from contextlib import suppress

from records.people import Person
from records.tracking import PersonId
from records.vocabulary import Language
from storage.keys import KeyForgotten
from storage.rows.people import PersonRow
from storage.unit import StorageUnit

PEOPLE = "person"
NOBODY_KNOWS = "—"


def stand_in(unit: StorageUnit, ref: str) -> None:
    """Keep a person without a name and without a role, unless they are here or were erased."""
    if unit.desk.session.get(PersonRow, ref) is None:
        person = Person(PersonId(ref), NOBODY_KNOWS, Language.ENGLISH, "UTC", frozenset())
        with suppress(KeyForgotten):
            unit.people.put(person)
