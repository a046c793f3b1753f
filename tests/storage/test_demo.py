"""The demo's people, in a real house on SQLite: one patient for each section of the list."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.consent import Part
from records.findings.reasons import Situation
from records.orders import State
from records.people import Tie
from records.policy import Action
from records.services.permitting import ask_policy, reach_of
from records.services.prompting import reminders_of
from records.services.viewing import open_record, points_of, records_of
from records.services.worklist import worklist
from records.vocabulary import Code, Language, OrganisationKind, Purpose, Role, SegmentKind
from storage.cells import Cells
from storage.database import Database, open_engine
from storage.demo import DemoPeople, fill
from storage.keys import KeyStore
from storage.lines import web_lines, web_picture
from storage.masterkey import make_master_key, read_master_key
from storage.migrations import upgrade
from tests.cast import Clock

House = tuple[Database, DemoPeople, datetime]

# A little after midnight in Hong Kong, where nobody has measured today.
MOMENT = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("demo")
    make_master_key(folder / "master.key")
    keys = KeyStore(f"sqlite:///{folder / 'keys.sqlite'}", read_master_key(folder / "master.key"))
    engine = open_engine(f"sqlite:///{folder / 'kanglu.db'}")
    upgrade(engine)
    clock = Clock(MOMENT)
    database = Database(engine, Cells(keys), clock)
    people = fill(database.begin, clock, lambda _: None)
    yield database, people, clock()
    engine.dispose()
    keys.close()


def test_each_section_of_the_list_has_its_patient(house: House) -> None:
    database, people, now = house
    with database.begin(False) as unit:
        found = worklist(unit, by=unit.people.person(people.doctors[0]), now=now)
    for section in found.sections:
        names = {row.patient.id for row in section.rows}
        assert people.situations[section.situation] in names, section.situation
    assert list(people.situations) == list(Situation)
    assert found.patients == 11


def test_the_other_doctor_sees_only_those_who_chose_so(house: House) -> None:
    database, people, now = house
    with database.begin(False) as unit:
        lee = unit.people.person(people.doctors[1])
        tied = records_of(unit, by=lee, now=now, ties=(Tie.DOCTOR,))
        assert [one.patient.name for one in tied] == ["Susan Whitby", "吴淑珍"]
        kinds = reach_of(unit, tied[1].record, by=lee, now=now).kinds
        assert kinds == {SegmentKind.PHYSICAL_SIGNS}


def test_everybody_has_come_in(house: House) -> None:
    database, people, _ = house
    assert len(set(people.patients)) == 12
    assert len(set(people.caregivers)) == 3
    with database.begin(False) as unit:
        persons = [unit.people.person(one) for one in people.patients]
        assert {one.language for one in persons} == set(Language)
        assert Role.NURSE in unit.people.person(people.nurse).roles
        assert Role.OPERATOR in unit.people.person(people.operator).roles
        kinds = []
        for staff in (*people.doctors, people.researcher, people.provider):
            organisation = unit.people.person(staff).organisation
            assert organisation is not None
            kinds.append(unit.people.organisation(organisation).kind)
        assert kinds == list(OrganisationKind)


def test_one_caregiver_helps_two_patients(house: House) -> None:
    database, people, now = house
    with database.begin(False) as unit:
        helped = [
            len(records_of(unit, by=unit.people.person(one), now=now, ties=(Tie.CAREGIVER,)))
            for one in people.caregivers
        ]
    assert helped == [2, 1, 1]


def test_each_release_may_be_read_by_its_third_party(house: House) -> None:
    database, people, now = house
    readers = {Purpose.RESEARCH: people.researcher, Purpose.SERVICE: people.provider}
    with database.begin(False) as unit:
        for purpose, reader in readers.items():
            person = unit.people.person(reader)
            assert person.organisation is not None
            (grant,) = unit.grants.of_organisation(person.organisation)
            record = unit.records.record(grant.record)
            decision = ask_policy(
                unit,
                Action.READ_RELEASED,
                by=person,
                record=record,
                now=now,
                part=Part(SegmentKind.PHYSICAL_SIGNS),
                purpose=purpose,
            )
            assert decision.allowed


def test_the_readings_are_believable_and_never_of_tomorrow(house: House) -> None:
    database, people, now = house
    with database.begin(False) as unit:
        for one in people.patients:
            person = unit.people.person(one)
            record = unit.records.of_patient(one)
            assert record is not None
            view = open_record(unit, record.id, by=person, now=now)
            told = [o for segment in view.segments for o in segment.observations]
            assert max(o.recorded for o in told) <= now
            assert all(o.effective <= o.recorded for o in told)
            points = points_of(unit, view, Code.BLOOD_PRESSURE, now=now, days=61)
            assert len(points) >= 55
            assert points[0].at < now - timedelta(days=57)
            assert all(80 <= p.numbers[0] <= 186 and 50 <= p.numbers[1] <= 112 for p in points)


def test_the_orders_are_done_open_asked_about_and_unanswered(house: House) -> None:
    database, people, _ = house
    states = []
    with database.begin(False) as unit:
        for one in people.patients:
            record = unit.records.of_patient(one)
            assert record is not None
            states += [o.state for _, got in unit.orders.of_record(record.id) for o in got]
    assert sorted(states) == sorted([State.DONE, State.QUESTION, State.SENT, State.SENT])


def test_a_few_are_reminded_and_one_has_a_week_with_its_chart(house: House) -> None:
    database, people, _ = house
    with database.begin(False) as unit:
        reminded = {one for one in people.patients if reminders_of(unit, one)}
        assert unit.prompting.of(people.situations[Situation.ACT_NOW]).family
    well = people.situations[Situation.ON_TARGET]
    assert len(reminded) == 3
    (line,) = [one for one in web_lines(database, well, 50) if one.picture]
    assert "of 7 days. Average" in line.text
    assert web_picture(database, well, line.id).startswith(b"\x89PNG")
