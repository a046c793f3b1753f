"""Finding a patient by name and birthday in one look, over digests that only the house can make."""

import hmac
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from records.people import Person
from records.segments import Segment
from records.tracking import RecordId
from records.vocabulary import Code, Role, SegmentKind
from storage.registry.desk import Desk
from storage.rows.finding import FoundByRow
from storage.rows.people import RecordRow

NAME, BORN = "name", "born"


class FindingRegistry:
    """Who is found by what."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def named(self, name: str, born: date | None) -> tuple[RecordId, ...]:
        """Return the records of patients of exactly this name and birthday, or of none told."""
        by_name, by_birth = aliased(FoundByRow), aliased(FoundByRow)
        told = (by_birth.subject == RecordRow.id) & (by_birth.what == BORN)
        wanted = _digest(self.desk, BORN, born.isoformat()) if born else None
        found = (
            select(RecordRow.id)
            .join(by_name, (by_name.subject == RecordRow.patient) & (by_name.what == NAME))
            .outerjoin(by_birth, told)
            .where(
                by_name.digest == _digest(self.desk, NAME, _plain(name)),
                by_birth.digest.is_not_distinct_from(wanted),
            )
        )
        return tuple(RecordId(one) for one in self.desk.session.scalars(found))


def find_by_name(desk: Desk, person: Person) -> None:
    """Let a patient be found by the name."""
    if Role.PATIENT in person.roles:
        _keep(desk, person.id, NAME, _plain(person.name))


def find_by_birth(desk: Desk, segment: Segment) -> None:
    """Let a record be found by the birthday its newest personal information tells."""
    if segment.kind is SegmentKind.PERSONAL_INFORMATION:
        told = [str(one.value) for one in segment.standing if one.code is Code.BIRTH_DATE]
        _keep(desk, segment.record, BORN, told[-1] if told else "")


def _keep(desk: Desk, subject: str, what: str, words: str) -> None:
    if words:
        row = FoundByRow(subject=subject, what=what, digest=_digest(desk, what, words))
        desk.session.merge(row)
    else:
        gone = delete(FoundByRow).where(FoundByRow.subject == subject, FoundByRow.what == what)
        desk.session.execute(gone)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _digest(desk: Desk, what: str, words: str) -> str:
    key = desk.cells.keys.house_key("finding")
    return hmac.digest(key, f"{what}:{words}".encode(), "sha256").hex()
