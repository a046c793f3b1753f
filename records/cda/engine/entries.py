"""The entries of a document as a list people can choose from."""

from dataclasses import dataclass

from records.cda.elements import Element
from records.cda.engine.choosing import entries_of
from records.cda.engine.cutting import OTHER, SIGNS, plan
from records.cda.engine.telling import rows_of
from records.cda.engine.tree import own_codes, own_ids, section_of, statement
from records.vocabulary import SegmentKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number in the document, its kind and section, what it is, and when."""

    number: int
    kind: SegmentKind
    section: str | None
    ids: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    when: str
    what: str
    value: str


def list_entries(root: Element) -> tuple[Entry, ...]:
    """Return every entry in document order, those that stand in no section too."""
    made = plan(root)
    parts = set(made.parts)
    codes = {one: next((code for code, _ in own_codes(one)), None) for one in made.kinds}
    found = []
    for number, one in enumerate(entries_of(root), 1):
        section = section_of(one)
        kind = SIGNS if one in parts else made.kinds[section] if section is not None else OTHER
        act = statement(one)
        row = next(rows_of(one, {}), None)
        found.append(
            Entry(
                number=number,
                kind=kind,
                section=codes[section] if section is not None else None,
                ids=tuple(own_ids(act)) if act is not None else (),
                codes=tuple(own_codes(act)) if act is not None else (),
                when=row.when if row else "",
                what=row.what if row else "",
                value=row.value if row else "",
            )
        )
    return tuple(found)
