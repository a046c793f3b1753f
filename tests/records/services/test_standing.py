"""What is kept of a list is what would be worked out anew, whatever happens and however late."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from records.chats import ChatChannel
from records.consent import Label, Part
from records.errors import NotPermitted, NotValid
from records.findings.reasons import Situation
from records.observations import Channel
from records.orders import Answer, OrderKind, State
from records.people import USUAL_HELP, Person, Record, Tie
from records.services.concealing import Concealment, hide, show_again
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.correcting import amend, reinstate, retract
from records.services.enrolling import confirm_care, offer_care
from records.services.intake import Draft, file_observations
from records.services.lapsing import note_sending
from records.services.mourning import note_death, take_death_back
from records.services.ordering import answer_order, place_order
from records.services.reviewing import review, undo_review
from records.services.standing import renew
from records.services.worklist import Wanted, Worklist, worklist
from records.vocabulary import Code, Purpose, SegmentKind
from storage.database import Database
from storage.registry.changes import INDIFFERENT
from storage.rows import Base
from storage.rows.standings import StandingRow
from storage.standing import Ahead
from storage.unit import StorageUnit
from tests.cast import Cast, Clock
from tests.records.services.test_worklist import (
    ALL,
    PHYSICAL,
    bp,
    only,
    order,
    patient,
    rows,
    sugar,
    week,
)

STEPS = 40


class GaveUpError(Exception):
    """What a test raises so that nothing of a transaction stays."""


def anew(database: Database, by: Person, clock: Clock) -> Worklist:
    """Return the list worked out from nothing that was kept."""
    found: list[Worklist] = []
    with pytest.raises(GaveUpError), database.begin(True) as unit:
        unit.desk.session.execute(delete(StandingRow))
        found.append(worklist(unit, by=by, now=clock()))
        raise GaveUpError
    return found[0]


def kept(database: Database, by: Person, clock: Clock) -> Worklist:
    with database.begin(False) as unit:
        return worklist(unit, by=by, now=clock())


class Life:
    """What happens to a few patients, at random but the same every time."""

    def __init__(self, database: Database, cast: Cast, clock: Clock, seed: int) -> None:
        self.database, self.cast, self.clock = database, cast, clock
        self.dice = random.Random(seed)
        self.steps: list[Callable[[StorageUnit, Person, Record], object]] = [
            *(self.tell, self.tell, self.tell_earlier, self.tell_earlier, self.mend, self.warn),
            *(self.open, self.open_a_while, self.shut, self.hide, self.show, self.to_the_team),
            *(self.ask, self.answer, self.see, self.unsee, self.help, self.rename, self.mourn),
        ]

    def step(self, patients: list[tuple[Person, Record]]) -> None:
        """Let one thing happen, or some time pass."""
        if self.dice.random() < 0.3:
            self.clock.pass_(hours=self.dice.choice([0.01, 1, 7, 25, 80]))
            return
        person, record = self.dice.choice(patients)
        with self.database.begin(True) as unit:
            try:
                self.dice.choice(self.steps)(unit, unit.people.person(person.id), record)
            except (NotPermitted, NotValid):
                return  # the dead are asked for nothing, a shut record is not reviewed

    def tell(self, unit: StorageUnit, person: Person, record: Record, back: float = 0.0) -> None:
        private = self.dice.random() < 0.1
        systolic = self.dice.choice([118, 124, 128, 137, 142, 150, 185])
        said = bp(self.clock(), back, systolic, 80, private=private)
        if self.dice.random() < 0.3:
            said = sugar(self.clock(), back, self.dice.choice(["2.9", "3.5", "6.1", "11.0"]))
        self._file(unit, person, record, [said])

    def tell_earlier(self, unit: StorageUnit, person: Person, record: Record) -> None:
        back = self.dice.uniform(0, 9)
        if self.dice.random() < 0.5:
            told = week(self.clock(), self.dice.choice([120, 134, 140]), 80)
            self._file(unit, person, record, told)
        self.tell(unit, person, record, back)

    def warn(self, unit: StorageUnit, person: Person, record: Record) -> None:
        at = self.clock() - timedelta(days=self.dice.uniform(0, 6.9))
        said = Draft(Code.SYMPTOM, at, "chest pain", context="red_flag")
        self._file(unit, person, record, [said])

    def mend(self, unit: StorageUnit, person: Person, record: Record) -> None:
        found = [
            one
            for segment in unit.segments.of_record(record.id, [SegmentKind.PHYSICAL_SIGNS])
            for one in segment.observations
        ]
        if found:
            one, how = self.dice.choice(found), self.dice.randrange(3)
            said = {"by": person, "now": self.clock()}
            if how == 0:
                retract(unit, one.id, **said)
            elif how == 1:
                reinstate(unit, one.id, **said)
            elif one.code is Code.BLOOD_PRESSURE:
                higher = replace(bp(self.clock(), 0, 186, 90), effective=one.effective)
                amend(unit, one.id, higher, **said)

    def open(self, unit: StorageUnit, person: Person, record: Record) -> None:
        kinds = self.dice.choice([PHYSICAL, ALL, frozenset({SegmentKind.OTHER})])
        self._give(unit, person, record, Wish(kinds, Purpose.TREATMENT, None))

    def open_a_while(self, unit: StorageUnit, person: Person, record: Record) -> None:
        now = self.clock()
        until = now + timedelta(hours=self.dice.choice([2, 30]))
        since = now - timedelta(days=self.dice.choice([1, 5]))
        wish = Wish(ALL, Purpose.TREATMENT, until, ceiling=Label.NORMAL, data_from=since)
        self._give(unit, person, record, wish)

    def to_the_team(self, unit: StorageUnit, person: Person, record: Record) -> None:
        wish = Wish(PHYSICAL, Purpose.TREATMENT, None, organisation=self.cast.clinic.id)
        give_grant(unit, wish, record_id=record.id, by=person, now=self.clock())

    def shut(self, unit: StorageUnit, person: Person, record: Record) -> None:
        for one in unit.grants.of_record(record.id):
            if one.open(self.clock()) and self.dice.random() < 0.7:
                withdraw_grant(unit, one.id, by=person, now=self.clock())

    def hide(self, unit: StorageUnit, person: Person, record: Record) -> None:
        found = unit.segments.of_record(record.id, [SegmentKind.PHYSICAL_SIGNS])
        part = Part(SegmentKind.PHYSICAL_SIGNS)
        if found and self.dice.random() < 0.7:
            segment = self.dice.choice(found)
            entry = self.dice.choice(segment.observations).id
            part = Part(segment.kind, segment.id, self.dice.choice([None, entry]))
        until = self.dice.choice([None, self.clock() + timedelta(hours=5)])
        whom = self.dice.choice([None, self.cast.chen.id])
        wish = Concealment(part, until, person=whom)
        hide(unit, wish, record_id=record.id, by=person, now=self.clock())

    def show(self, unit: StorageUnit, person: Person, record: Record) -> None:
        for one in unit.hidings.of_record(record.id):
            if one.open(self.clock()):
                show_again(unit, one.id, by=person, now=self.clock())

    def ask(self, unit: StorageUnit, person: Person, record: Record) -> None:
        at = self.clock() - timedelta(hours=60)
        if unit.chats.at(ChatChannel.WEB, person.id) is None:
            order(unit, self.cast, person, record, at)
        else:
            asked = {"kind": OrderKind.DO, "text": "Walk", "due": at}
            place_order(unit, record_id=record.id, by=self.cast.chen, now=at, **asked)
        for _, occurrences in unit.orders.of_record(record.id):
            for one in occurrences:
                if one.state is State.WAITING:
                    note_sending(unit, one.id, State.SENT, now=at)

    def answer(self, unit: StorageUnit, person: Person, record: Record) -> None:
        for _, occurrences in unit.orders.of_record(record.id):
            for one in occurrences:
                how = self.dice.choice([Answer.DONE, Answer.QUESTION])
                answer_order(unit, one.id, how, by=person, now=self.clock(), words="Why?")

    def see(self, unit: StorageUnit, _person: Person, record: Record) -> None:
        by = self.cast.chen
        found = worklist(unit, by=by, now=self.clock())
        stamps = {row.record: row.stamp for one in found.sections for row in one.rows}
        if record.id in stamps:
            review(unit, record.id, stamps[record.id], by=by, now=self.clock())

    def unsee(self, unit: StorageUnit, _person: Person, record: Record) -> None:
        undo_review(unit, record.id, by=self.cast.chen, now=self.clock())

    def help(self, unit: StorageUnit, person: Person, record: Record) -> None:
        now = self.clock()
        ends = now + timedelta(days=self.dice.choice([0.5, 4]))
        offered = offer_care(
            unit,
            record_id=record.id,
            person=self.cast.bela,
            tie=Tie.CAREGIVER,
            now=now,
            scopes=USUAL_HELP,
            by_patient=True,
            until=ends,
        )
        confirm_care(unit, offered, by=self.cast.bela, now=now)

    def rename(self, unit: StorageUnit, person: Person, _record: Record) -> None:
        zone = self.dice.choice(["Europe/Berlin", "America/Los_Angeles", person.zone])
        unit.people.put(replace(person, name=person.name + "x", zone=zone))

    def mourn(self, unit: StorageUnit, _person: Person, record: Record) -> None:
        act = take_death_back if unit.records.record(record.id).deceased else note_death
        act(unit, record.id, by=self.cast.chen, now=self.clock())

    def _file(self, unit: StorageUnit, person: Person, record: Record, drafts: list[Draft]) -> None:
        said = {"by": person, "channel": Channel.CHAT, "now": self.clock()}
        file_observations(unit, drafts, record_id=record.id, **said)

    def _give(self, unit: StorageUnit, person: Person, record: Record, wish: Wish) -> None:
        wish = replace(wish, person=self.cast.chen.id)
        give_grant(unit, wish, record_id=record.id, by=person, now=self.clock())


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_is_what_would_be_worked_out_anew(
    database: Database, cast: Cast, clock: Clock, seed: int
) -> None:
    life = Life(database, cast, clock, seed)
    with database.begin(True) as unit:
        patients = [patient(unit, cast, name, [], clock()) for name in ("Ann", "Ben", "Cy")]
    places = set()
    for _ in range(STEPS):
        life.step(patients)
        for by in (cast.chen, cast.dara):
            found = kept(database, by, clock)
            assert found == anew(database, by, clock)
            places |= {one.situation for one in found.sections if one.count}
    assert len(places) >= 3  # there was something to be wrong about


def test_what_ends_by_itself_ends_on_the_list_at_its_moment(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        person, record = patient(unit, cast, "Ann", [bp(clock(), 1, 190, 100)], clock())
        part, until = Part(SegmentKind.PHYSICAL_SIGNS), clock() + timedelta(hours=3)
        hide(unit, Concealment(part, until), record_id=record.id, by=person, now=clock())
    places = []
    for hours in (0, 2.9, 0.1):
        clock.pass_(hours=hours)
        found = kept(database, cast.chen, clock)
        assert found == anew(database, cast.chen, clock)
        places.append(only(found, "Ann")[0])
    assert places == [Situation.ON_TARGET, Situation.ON_TARGET, Situation.ACT_NOW]


def test_a_review_holds_again_when_what_it_had_not_seen_is_of_the_week_no_more(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        person, record = patient(unit, cast, "Ann", [bp(clock(), 1, 128, 80)], clock())
        row = only(worklist(unit, by=cast.chen, now=clock()), "Ann")[1]
        review(unit, record.id, row.stamp, by=cast.chen, now=clock())
    reviewed = []
    for hours in (0, 0, 3):
        clock.pass_(hours=hours)
        found = kept(database, cast.chen, clock)
        assert found == anew(database, cast.chen, clock)
        reviewed.append(found.reviewed_count)
        if len(reviewed) == 1:
            with database.begin(True) as unit:
                told = [bp(clock(), 6.9, 128, 80)]
                said = {"by": person, "channel": Channel.CHAT, "now": clock()}
                file_observations(unit, told, record_id=record.id, **said)
    assert reviewed == [1, 0, 1]


def test_what_is_kept_is_not_worked_out_again(
    database: Database, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.begin(True) as unit:
        first = patient(unit, cast, "Ann", week(clock(), 140, 80), clock())
        patient(unit, cast, "Ben", week(clock(), 140, 80), clock())
    kept(database, cast.chen, clock)
    worked: list[int] = []
    real = StorageUnit.__init__

    def begin(unit: StorageUnit, *given: object) -> None:
        real(unit, *given)  # type: ignore[arg-type]
        keep = unit.standings.keep
        unit.standings.keep = lambda by, found: (worked.append(len(found)), keep(by, found))[1]  # type: ignore[method-assign]

    monkeypatch.setattr(StorageUnit, "__init__", begin)
    kept(database, cast.chen, clock)
    with database.begin(True) as unit:
        told = [bp(clock(), 0, 190, 100)]
        file_observations(
            unit, told, record_id=first[1].id, by=first[0], channel=Channel.CHAT, now=clock()
        )
    assert only(kept(database, cast.chen, clock), "Ann")[0] is Situation.ACT_NOW
    kept(database, cast.chen, clock)
    clock.pass_(days=1)
    kept(database, cast.chen, clock)
    assert worked == [0, 1, 0, 3]  # Amina is Dr Chen's too, and the next day begins for all


def test_the_worker_works_out_ahead_for_who_looks(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        patient(unit, cast, "Ann", week(clock(), 140, 80), clock())
        assert renew(unit, now=clock(), limit=50) == 0  # nobody has looked yet
    kept(database, cast.chen, clock)
    clock.pass_(days=1)
    with database.begin(False) as unit:
        assert renew(unit, now=clock(), limit=1) == 1
    assert [Ahead(database).step() for _ in range(2)] == [1, 0]
    clock.pass_(days=8)
    with database.begin(True) as unit:
        assert renew(unit, now=clock(), limit=50) == 0  # Dr Chen has not looked for a week


def test_no_name_and_no_place_stand_in_clear(database: Database, cast: Cast, clock: Clock) -> None:
    with database.begin(True) as unit:
        _, record = patient(unit, cast, "Ann", [bp(clock(), 0, 190, 100)], clock())
    kept(database, cast.chen, clock)
    with database.session(writing=False) as session:
        row = session.get(StandingRow, (cast.chen.id, record.id))
    assert row is not None
    clear = " ".join(str(getattr(row, one.key)) for one in StandingRow.__table__.columns)
    assert "Ann" not in clear
    assert Situation.ACT_NOW not in clear
    identity = f"standing:{cast.chen.id}:{record.id}"
    assert b"Ann" in database.cells.open(record.id, identity, row.document)


def test_another_place_of_work_counts_at_once(database: Database, cast: Cast, clock: Clock) -> None:
    now = clock()
    with database.begin(True) as unit:
        person, record = patient(unit, cast, "Ann", [bp(now, 0, 190, 100)], now)
        wish = Wish(PHYSICAL, Purpose.TREATMENT, None, organisation=cast.clinic.id)
        give_grant(unit, wish, record_id=record.id, by=person, now=now)
    assert rows(kept(database, cast.dara, clock), Situation.ACT_NOW)
    gone = replace(cast.dara, organisation=None)
    assert kept(database, gone, clock).patients == 0


def test_a_page_shows_a_part_and_counts_all(database: Database, cast: Cast, clock: Clock) -> None:
    with database.begin(True) as unit:
        for number in range(7):
            patient(unit, cast, f"P{number}", week(clock(), 140 + number, 80), clock())
    with database.begin(False) as unit:
        found = worklist(unit, by=cast.chen, now=clock(), wanted=Wanted(first=2, most=3))
    above = next(one for one in found.sections if one.situation is Situation.ABOVE_TARGET)
    assert (above.count, [row.patient.name for row in above.rows]) == (7, ["P4", "P3", "P2"])
    assert found.patients == 8


def test_what_is_indifferent_is_there() -> None:
    assert set(Base.metadata.tables) >= INDIFFERENT
