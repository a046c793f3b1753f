"""A list of many patients costs as many statements as one of a few, and is as careful."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import event, update

from records.consent import Part
from records.findings.reasons import Situation
from records.services.concealing import Concealment, hide
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.intake import Draft
from records.services.viewing import list_patients, open_record
from records.vocabulary import Code, Purpose, SegmentKind
from storage.database import Database
from storage.deriving_again import derive_what_lacks
from storage.rows.segments import SummaryRow
from tests.cast import Cast, Clock
from tests.records.services.test_worklist import (
    ALL,
    EN,
    PHYSICAL,
    bp,
    listed,
    only,
    order,
    patient,
    rows,
    sugar,
)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    sent: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def fill(database: Database, cast: Cast, numbers: range, now: datetime) -> None:
    """Enrol patients with all that a row may need: readings, words, a birthday, an order."""
    with database.begin(True) as unit:
        for number in numbers:
            drafts = [
                bp(now, 1, 128, 78),
                Draft(Code.SYMPTOM, now, "chest pain", context="red_flag"),
                Draft(Code.BIRTH_DATE, now, "1950-01-01"),
            ]
            person, record = patient(unit, cast, f"P{number:02}", drafts, now, ALL)
            order(unit, cast, person, record, now)
            part = Part(SegmentKind.FAMILY_HISTORY)
            hide(unit, Concealment(part), record_id=record.id, by=person, now=now)


TOLD_THE_WALL = "SELECT set_config"


def test_statements_do_not_grow_with_the_patients(
    database: Database, cast: Cast, clock: Clock
) -> None:
    found = []
    for numbers in (range(12), range(12, 60)):
        fill(database, cast, numbers, clock())
        for _ in ("worked out", "kept"):
            with counted(database) as sent, database.begin(False) as unit:
                assert listed(unit, cast, clock()).patients == numbers.stop + 1  # Amina is hers too
            found.append([one for one in sent if not one.startswith(TOLD_THE_WALL)])
    assert len(found[0]) == len(found[2]) < 34
    assert len(found[1]) == len(found[3]) < 25
    assert not any("FROM segments" in one for sent in found for one in sent)


def test_the_list_of_all_patients_does_not_grow_either(
    database: Database, cast: Cast, clock: Clock
) -> None:
    found = []
    for numbers in (range(3), range(3, 9)):
        fill(database, cast, numbers, clock())
        with counted(database) as sent, database.begin(False) as unit:
            list_patients(unit, by=cast.chen, now=clock())
        found.append(len(sent))
    assert found[0] == found[1]


def test_a_record_is_opened_by_reading_its_leave_once(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with counted(database) as sent, database.begin(False) as unit:
        view = open_record(unit, cast.record.id, by=cast.chen, now=clock())
    assert view.leave.grants == (cast.grant,)
    for table in ("relationships", "grants", "hidings", "emergencies"):
        assert sum(f"FROM {table}" in one for one in sent) == 1


def test_a_colleague_of_the_clinic_sees_who_opened_the_record_to_it(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()
    with database.begin(True) as unit:
        drafts = [bp(now, 0.1, 190, 100), sugar(now, 0.2, "6.1")]
        person, record = patient(unit, cast, "Pia", drafts, now)
        patient(unit, cast, "Una", [], now)
        wish = Wish(PHYSICAL, Purpose.TREATMENT, None, organisation=cast.clinic.id)
        grant = give_grant(unit, wish, record_id=record.id, by=person, now=now)
        order(unit, cast, person, record, now)
    with database.begin(False) as unit:
        found = listed(unit, cast, now, cast.dara)
        assert [row.why.say(EN) for row in rows(found, Situation.ACT_NOW)] == [
            "Blood pressure 190/100 mmHg"
        ]
        assert found.patients == 1
        (mine,) = list_patients(unit, by=cast.dara, now=now)
        assert (mine.patient.name, mine.since) == ("Pia", now)
        assert listed(unit, cast, now, cast.researcher).patients == 0
    with database.begin(True) as unit:
        withdraw_grant(unit, grant.id, by=person, now=now)
    with database.begin(False) as unit:
        assert listed(unit, cast, now, cast.dara).patients == 0


def test_a_hidden_entry_never_moves_a_patient(database: Database, cast: Cast, clock: Clock) -> None:
    now = clock()
    said = Draft(Code.SYMPTOM, now, "chest pain", context="red_flag")
    with database.begin(True) as unit:
        person, record = patient(unit, cast, "Pia", [bp(now, 1, 128, 78), said], now, ALL)
        assert only(listed(unit, cast, now), "Pia")[0] is Situation.ACT_NOW
        (segment,) = unit.segments.of_record(record.id, [SegmentKind.NON_PHYSICAL_SIGNS])
        part = Part(segment.kind, segment.id, segment.standing[0].id)
        hide(unit, Concealment(part, person=cast.chen.id), record_id=record.id, by=person, now=now)
        assert only(listed(unit, cast, now), "Pia")[0] is Situation.ON_TARGET


def test_words_filed_before_lists_knew_them_are_derived_once(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()
    said = Draft(Code.SYMPTOM, now, "chest pain", context="red_flag")
    with database.begin(True) as unit:
        patient(unit, cast, "Pia", [bp(now, 1, 128, 78), said], now, ALL)
    with database.session(writing=True) as session:
        session.execute(update(SummaryRow).values(said=None))
    with database.begin(False) as unit:
        assert only(listed(unit, cast, now), "Pia")[0] is Situation.ON_TARGET
    derive_what_lacks(database)
    with database.begin(False) as unit:
        assert only(listed(unit, cast, now), "Pia")[0] is Situation.ACT_NOW
    with counted(database) as sent:
        derive_what_lacks(database)
    assert not any("FROM segments" in one for one in sent)
