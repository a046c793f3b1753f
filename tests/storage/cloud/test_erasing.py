"""Erasure: nothing names who was erased, nothing of theirs opens, and nobody else is touched."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from records.chats import Button, Card, Chat, ChatChannel, Tap, TapName
from records.errors import NotFound
from records.people import USUAL_HELP, Record, Tie
from records.services.consenting import Wish, give_grant
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.linking import LinkPurpose, make_link
from records.services.storing import StoreUnavailable
from records.tracking import ChatId, fresh
from records.vocabulary import Language, Purpose, Role, SegmentKind
from storage.cells import Cells
from storage.cloud.erasing import CannotErase, erase, find
from storage.cloud.mentions import STAYS
from storage.cloud.verifying import faults
from storage.database import Database, open_engine
from storage.keys import KeyForgotten
from storage.masterkey import make_master_key
from storage.queue import CLAIMED
from storage.resealing import CELLS
from storage.rows import Base
from storage.rows.attachments import AttachmentRow
from storage.rows.chats import OutboxRow
from storage.rows.cloud import ObjectRow, PublicationRow, SyncRow
from storage.rows.consent import GrantRow
from storage.rows.orders import OccurrenceRow, OrderRow
from storage.rows.removals import RemovalRow
from storage.rows.segments import ObservationRow, SegmentRow
from storage.sealing import CannotOpen
from storage.spool import DatabaseSpool
from storage.stores import open_store
from tests.cast import Cast, Clock
from tests.parts.postgres import Postgres
from tests.parts.swift import Swift
from tests.storage.cloud.houses import (
    Clouds,
    Furnished,
    House,
    copied_house,
    everything,
    file_clouds,
    furnish,
    furnished_house,
    open_house,
    sqlite,
    tell,
)

TELEGRAM = "7000000001"  # the address of Amina's chat


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The house of `peopled`, to be copied."""
    return furnished_house(tmp_path_factory.mktemp("house"), peopled)


@pytest.fixture
def house(furnished: Furnished, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A copy of the furnished house."""
    house = copied_house(furnished, tmp_path / "house", clock)
    yield house
    house.close()


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished[1]


def peopled(house: House) -> Cast:
    """A house in which something of Amina stands in every table, and she is not alone."""
    cast = furnish(house)
    with house.database.begin(True) as unit:
        _let_others_speak_of(unit, cast, house.clock)
    spool = DatabaseSpool(house.database)
    spool.keep("web", "w1", cast.amina.id, b"128/82")
    spool.keep("telegram", "7000000001", TELEGRAM, b"128/82")
    spool.keep("telegram", TELEGRAM[:-1] + "2", "7000000002", b"somebody else's")
    house.settle()
    house.clock.pass_(days=20)
    tell(house, cast, 141)
    house.settle()
    return cast


def _let_others_speak_of(unit: Any, cast: Cast, clock: Clock) -> None:
    chat = Chat(
        ChatId(fresh()), ChatChannel.TELEGRAM, TELEGRAM, Language.ENGLISH, cast.amina.id,
        subject=cast.record.id, tells=True,
    )  # fmt: skip
    unit.chats.put(chat)
    (other,) = unit.chats.of_person(cast.bela.id)
    tap = Tap(TapName.HELP, f"year.{cast.record.id}")
    unit.outbox.send(other.id, Card("Amina: 128/82", ((Button("OK", tap),),)), about=cast.record.id)
    unit.outbox.send(other.id, Card("Yours", ((Button("OK", tap),),)))
    unit.outbox.send(chat.id, Card("128/82", ((Button("OK", Tap(TapName.MENU)),),)))
    make_link(unit, LinkPurpose.CHAT, now=clock(), person=cast.amina.id)
    unit.wrong_links.note(chat.id, clock())


def another_patient(house: House, cast: Cast) -> Record:
    """Give the house Wang, whom Dr Chen treats and Amina helps."""
    clock = house.clock
    with house.database.begin(True) as unit:
        wang, record = enrol_patient(
            unit, "Wang", language=Language.CHINESE, zone="Asia/Shanghai", now=clock()
        )
        unit.people.put(replace(cast.amina, roles=frozenset({Role.PATIENT, Role.CAREGIVER})))
        for person, tie, scopes in (
            (cast.chen, Tie.DOCTOR, ()),
            (cast.amina, Tie.CAREGIVER, USUAL_HELP),
        ):
            offered = offer_care(
                unit, record_id=record.id, person=person, tie=tie, now=clock(), scopes=scopes,
                by_patient=False,
            )  # fmt: skip
            confirm_care(unit, offered, by=wang, now=clock())
        wish = Wish(
            frozenset({SegmentKind.PHYSICAL_SIGNS}), Purpose.RESEARCH,
            clock() + timedelta(days=90), organisation=cast.institute.id,
        )  # fmt: skip
        give_grant(unit, wish, record_id=record.id, by=wang, now=clock())
    tell(house, replace(cast, amina=wang, record=record), 117)
    house.settle()
    return record


def erase_it(house: House, cast: Cast) -> None:
    with house.database.begin(True) as unit:
        erase(unit, find(unit, cast.record.global_id), by=None, rule="operator")


def named(house: House, *names: str) -> list[str]:
    """Return each place in any table where one of these stands, outside what is to stay."""
    found = []
    with house.database.session(writing=False) as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for column, value in row.items():
                    told = value if isinstance(value, bytes) else str(value).encode()
                    if any(one.encode() in told for one in names):
                        found.append(f"{table.name}.{column}")
    return sorted({one for one in found if one.split(".")[0] not in STAYS})


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def test_no_row_of_any_table_names_who_was_erased(house: House, cast: Cast) -> None:
    nothing_is_left(house, cast)


def test_nor_does_one_of_postgresql(postgres: Postgres, tmp_path: Path, clock: Clock) -> None:
    house = open_house(file_clouds(tmp_path), postgres.new_database(), clock)
    nothing_is_left(house, peopled(house))
    house.close()


def nothing_is_left(house: House, cast: Cast) -> None:
    names = (
        cast.record.id, cast.amina.id, cast.record.global_id, cast.record.place.container, TELEGRAM,
        f"{cast.amina.id}@example.org",
    )  # fmt: skip
    names += theirs(house, cast)
    before = named(house, *names)
    assert len({one.split(".")[0] for one in before}) > 24, "what is not there cannot be forgotten"
    erase_it(house, cast)
    house.settle()
    house.clock.pass_(days=8)
    house.settle()
    with house.database.session(writing=False) as session:
        assert session.scalars(select(RemovalRow)).all() == []
        lines = select(ObjectRow.ref).where(
            ObjectRow.family == "audit", ObjectRow.record == "house"
        )
        assert cast.record.id in session.scalars(lines).all()
    # The house keeps the lines of the log about an erased record, and the ledger itself.
    assert named(house, *names) == ["objects.ref"]
    with house.database.session(writing=False) as session:
        kept = session.scalars(
            select(ObjectRow.family).where(ObjectRow.ref.in_([cast.record.id, cast.amina.id]))
        )
        assert set(kept) == {"audit", "erasure"}


def theirs(house: House, cast: Cast) -> tuple[str, ...]:
    """Return the ids of what belongs to Amina's record: others may name these alone."""
    tables = (SegmentRow, ObservationRow, GrantRow, OrderRow, OccurrenceRow, AttachmentRow)
    with house.database.session(writing=False) as session:
        found = {one for rows in tables for one in session.scalars(select(rows.id))}
    assert len(found) > 12
    return tuple(sorted(found))


def test_both_clouds_hold_nothing_of_who_was_erased(house: House, cast: Cast) -> None:
    folder = house.clouds.folder
    with house.database.session(writing=False) as session:
        published = session.scalars(select(PublicationRow.name)).all()
    assert published
    erase_it(house, cast)
    house.settle()
    assert list(house.clouds.private.names(cast.record.place.container)) == []
    left = [*files(folder / "private"), *files(folder / "public")]
    assert not [one for one in left if any(name in one for name in published)]
    assert list(faults(house.worker.private)) == []


def test_others_stay_as_they_were_to_the_byte(house: House, cast: Cast) -> None:
    record = another_patient(house, cast)
    folder = house.clouds.folder

    def others() -> tuple[object, ...]:
        mine = files(folder / "private" / record.place.container)
        with house.database.session(writing=False) as session:
            out = select(PublicationRow.name).where(PublicationRow.record == record.id)
            public = {one: house.clouds.public.get(cast.institute.id, one)
                      for one in session.scalars(out)}  # fmt: skip
        return mine, public, rows_of(house, record.id)

    before = others()
    assert all(before)
    erase_it(house, cast)
    house.settle()
    assert others() == before
    with house.database.begin(False) as unit:
        helpers = [one.person for one in unit.relationships.of_record(record.id)]
        assert [unit.people.person(one).name for one in sorted(helpers, key=helpers.index)] == [
            "—" if one == cast.amina.id else "Dr Chen" for one in helpers
        ]
        assert [one.subject for one in unit.chats.of_person(cast.bela.id)] == [None]
        assert "Yours" in cards(unit, cast)
        assert "Amina: 128/82" not in cards(unit, cast)


def cards(unit: Any, cast: Cast) -> Sequence[str]:
    (chat,) = unit.chats.of_person(cast.bela.id)
    found = select(OutboxRow.id).where(OutboxRow.chat == chat.id)
    return [unit.outbox.text(one) for one in unit.desk.session.scalars(found)]


def rows_of(house: House, record: str) -> list[object]:
    """Return every row of a record as it lies in the database."""
    told = []
    with house.database.session(writing=False) as session:
        for table in Base.metadata.sorted_tables:
            if "record" in table.c and table.name not in STAYS:
                rows = session.execute(select(table).where(table.c.record == record))
                told += [(table.name, *row) for row in rows]
    return sorted(told, key=repr)


def test_an_older_copy_of_everything_opens_nothing(house: House, cast: Cast) -> None:
    folder, clock = house.clouds.folder, house.clock
    with sqlite3.connect(folder / "first.db") as now, sqlite3.connect(folder / "old.db") as old:
        now.backup(old)
    erase_it(house, cast)
    house.settle()
    copy = Database(open_engine(f"sqlite:///{folder}/old.db"), Cells(house.keys), clock)
    owners = {cast.record.id, cast.amina.id}
    tried = 0
    with copy.session(writing=False) as session:
        for cell in CELLS:
            column = getattr(cell.row, cell.column)
            owner = getattr(cell.row, cell.owner)
            for row, sealed in session.execute(
                select(cell.row, column).where(owner.in_(owners), column.is_not(None))
            ):
                tried += 1
                with pytest.raises((KeyForgotten, CannotOpen)):
                    copy.cells.open(getattr(row, cell.owner), cell.identity(row), sealed)
    assert tried > 20
    with pytest.raises(KeyForgotten):
        house.keys.keys_of(cast.record.id, afresh=True)
    copy.engine.dispose()


def test_a_restore_leaves_out_who_was_erased(house: House, cast: Cast, tmp_path: Path) -> None:
    record = another_patient(house, cast)
    erase_it(house, cast)
    house.settle()
    house.clock.pass_(days=1)
    house.settle()
    other = open_house(house.clouds, sqlite(tmp_path), house.clock)
    restored = other.restore()
    assert (restored.records, restored.erased, restored.faults) == (1, 1, ())
    told, back = dict(everything(house)), dict(everything(other))
    assert told == back
    assert {key[0] for key in back if cast.record.id in repr(back[key])} == {"audit", "erasure"}
    with other.database.begin(False) as unit:
        assert unit.segments.of_record(record.id, [SegmentKind.PHYSICAL_SIGNS])
    with pytest.raises(KeyForgotten):
        other.keys.key_of(cast.amina.id)
    other.close()


class Down:
    """A store that can be switched off."""

    def __init__(self, store: Any) -> None:
        self.store, self.down = store, False

    def __getattr__(self, name: str) -> Any:
        if self.down and name in {"put", "get", "remove", "names"}:
            raise StoreUnavailable("The cloud is away.")
        return getattr(self.store, name)


def test_what_a_cloud_that_is_down_puts_off_is_done_when_it_is_back(
    house: House, cast: Cast
) -> None:
    private, public = Down(house.clouds.private), Down(house.clouds.public)
    house.worker.private.store, house.worker.public.store = private, public
    private.down = public.down = True
    erase_it(house, cast)
    house.worker.tick()
    with pytest.raises(KeyForgotten):  # the keys wait for no cloud
        house.keys.key_of(cast.record.id)
    assert house.worker.removals.put_off() > 2
    public.down = False
    house.settle()
    with house.database.session(writing=False) as session:
        left = set(session.scalars(select(RemovalRow.place)))
    assert left == {"house", "private"}
    private.down = False
    house.clock.pass_(hours=1)
    house.settle()
    with house.database.session(writing=False) as session:
        assert session.scalars(select(RemovalRow)).all() == []
    assert list(house.clouds.private.names(cast.record.place.container)) == []


def test_the_container_waits_until_the_ledger_is_in_the_cloud(house: House, cast: Cast) -> None:
    erase_it(house, cast)
    house.worker.removals.step(100)
    assert list(house.clouds.private.names(cast.record.place.container))
    house.clock.pass_(seconds=5)
    house.worker.sync(20)
    house.worker.removals.step(100)
    assert list(house.clouds.private.names(cast.record.place.container)) == []


def test_what_a_slow_worker_puts_afterwards_is_removed_too(house: House, cast: Cast) -> None:
    tell(house, cast, 150)
    house.clock.pass_(minutes=11)
    put = house.worker.private.put_what_waits(cast.record.id, 99)
    assert put is not None
    erase_it(house, cast)
    house.worker.sync(20)
    house.worker.removals.step(100)
    house.clouds.private.put(cast.record.place.container, fresh(), b"late")
    house.settle()
    house.settle()
    assert list(house.clouds.private.names(cast.record.place.container)) == []


def test_nobody_is_erased_twice_nor_one_who_works_here(house: House, cast: Cast) -> None:
    with house.database.begin(True) as unit:
        unit.people.put(replace(cast.amina, roles=frozenset({Role.PATIENT, Role.DOCTOR})))
    with pytest.raises(CannotErase, match="works here"):
        erase_it(house, cast)
    with house.database.begin(True) as unit:
        unit.people.put(cast.amina)
    erase_it(house, cast)
    with pytest.raises(NotFound):
        erase_it(house, cast)


def test_it_waits_for_what_is_being_published(house: House, cast: Cast) -> None:
    with house.database.session(writing=True) as session:
        (row,) = session.scalars(select(SyncRow).where(SyncRow.lane == "public"))
        row.state, row.lease_until = CLAIMED, house.clock() + timedelta(minutes=1)
    with pytest.raises(CannotErase, match="published"):
        erase_it(house, cast)
    house.clock.pass_(minutes=2)
    erase_it(house, cast)


def test_a_real_swift_is_emptied(swift: Swift, tmp_path: Path, clock: Clock) -> None:
    settings = {"ST_AUTH": swift.auth_url, "ST_USER": swift.user, "ST_KEY": swift.key}
    make_master_key(tmp_path / "master.key")
    clouds = Clouds(
        tmp_path,
        open_store("swift://kanglu-", settings),
        open_store(f"file://{tmp_path}/public", {}),
    )
    house = open_house(clouds, sqlite(tmp_path), clock)
    cast = furnish(house)
    house.settle()
    assert list(clouds.private.names(cast.record.place.container))
    erase_it(house, cast)
    house.settle()
    assert list(clouds.private.names(cast.record.place.container)) == []
    other = open_house(clouds, sqlite(tmp_path), clock)
    restored = other.restore()
    assert (restored.erased, restored.faults) == (1, ())
    other.close()
    house.close()
