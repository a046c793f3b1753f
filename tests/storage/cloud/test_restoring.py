"""Back from nothing: the clouds and the master key are all there is, and nothing is lost."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from records.orders import State
from records.people import Place, Record
from records.services.lapsing import note_sending
from records.services.storing import CannotRestore
from records.tracking import GlobalId, RecordId, fresh
from records.vocabulary import SegmentKind
from storage.cloud.emptiness import require_empty
from storage.cloud.ledger import note_erasure
from storage.cloud.restoring import Restored
from storage.cloud.verifying import faults
from storage.families.every import FAMILIES
from storage.keys import KeyForgotten
from storage.masterkey import make_master_key
from storage.masterkeys import open_master_keys
from storage.rotating import MasterKeyChange
from storage.rows import Base
from storage.rows.chats import ChatRow
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow, UnsyncedRow
from storage.rows.orders import RuleRow, SlotRow
from storage.rows.people import RecordRow
from storage.stores import open_store
from tests.cast import Cast, Clock, enter
from tests.parts.postgres import Postgres
from tests.parts.swift import Swift
from tests.storage.cloud.houses import (
    Clouds,
    Furnished,
    House,
    copied_house,
    differences,
    everything,
    file_clouds,
    furnish,
    furnished_house,
    in_two_months,
    open_house,
    sqlite,
    tell,
)

NOT_KEPT = {
    "found_by", "second_factors",
    *("standings", "changes", "list_readers"),  # where patients stand is worked out anew
    "spool", "outbox", "buttons", "questions", "waiting_lines", "lanes", "links", "wrong_links",
    "timetable", "sync", "observations", "series", "summaries", "objects", "heads", "unsynced",
    "leftovers", "account_roles", "roles_users", "audit_waiting", "audit_seals", "audit_heads",
    "audit_work", "audit_roots", "reviews", "practices", "removals", "rounds",
    "packs", "calendars",
}  # fmt: skip
"""Of a week or a taste, on its way, made anew by whoever wants it, derived,
sealed anew, or the manifests' own; Flask-Security's roles are not used."""

Open = Callable[[Clouds, str], House]


@pytest.fixture
def opened(clock: Clock) -> Iterator[Open]:
    """Open houses and let go of them afterwards."""
    houses: list[House] = []

    def open_one(clouds: Clouds, url: str) -> House:
        houses.append(open_house(clouds, url, clock))
        return houses[-1]

    yield open_one
    for one in houses:
        one.close()


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Something of every family, told in two months, all of it synced; to be copied."""
    return furnished_house(tmp_path_factory.mktemp("house"), in_two_months)


@pytest.fixture
def house(furnished: Furnished, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A copy of the furnished house."""
    house = copied_house(furnished, tmp_path / "house", clock)
    yield house
    house.close()


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished[1]


def names_of(house: House, owner: str, family: str = "", *, loose: bool = False) -> list[str]:
    mine = select(ObjectRow.name).where(ObjectRow.record == owner)
    if family:
        mine = mine.where(ObjectRow.family == family)
    if loose:
        mine = mine.where(ObjectRow.pack == "")
    with house.database.session(writing=False) as session:
        return list(session.scalars(mine.order_by(ObjectRow.version)))


def test_every_table_is_kept_or_said_not_to_be() -> None:
    kept = {family.rows.__tablename__ for family in FAMILIES if family.name != "head"}
    assert kept | NOT_KEPT == set(Base.metadata.tables)
    assert not kept & NOT_KEPT


def test_everything_comes_back_into_the_other_engine_and_back_again(
    house: House, cast: Cast, opened: Open, postgres: Postgres
) -> None:
    families = {name for (name, _, _), _ in everything(house)}
    assert families == {one.name for one in FAMILIES} - {"head", "erasure"}
    other = opened(house.clouds, postgres.new_database())
    restored = other.restore()
    assert restored.faults == ()
    assert differences(house, other) == []
    assert list(faults(other.worker.private)) == []
    tell(other, cast, 150)
    other.settle()
    third = opened(house.clouds, sqlite(house.clouds.folder))
    assert third.restore().faults == ()
    assert differences(other, third) == []


def test_a_sync_afterwards_puts_nothing_twice_and_goes_on(
    house: House, cast: Cast, opened: Open
) -> None:
    other = opened(house.clouds, sqlite(house.clouds.folder))
    other.restore()
    container = cast.record.place.container
    before = set(house.clouds.private.names(container))
    segments = len(names_of(house, cast.record.id, "segment"))
    assert other.settle() == 0
    assert set(house.clouds.private.names(container)) == before
    tell(other, cast, 150)
    other.settle()
    assert set(house.clouds.private.names(container)) > before
    assert len(names_of(other, cast.record.id, "segment")) == segments + 1
    assert list(faults(other.worker.private)) == []


def test_what_is_due_is_due_again(house: House, cast: Cast, opened: Open) -> None:
    other = opened(house.clouds, sqlite(house.clouds.folder))
    other.restore()
    with other.database.session(writing=False) as session:
        jobs = set(session.scalars(select(SlotRow.job)))
        assert all(row.next_due for row in session.scalars(select(RuleRow)))
    assert jobs == {"order", "release", "rules"}


def test_an_order_whose_card_was_on_its_way_is_due_again(
    house: House, cast: Cast, opened: Open
) -> None:
    house.clock.pass_(days=50)
    house.settle()
    other = opened(house.clouds, sqlite(house.clouds.folder))
    other.restore()
    states = []
    for one in (house, other):
        with one.database.begin(False) as unit:
            ((_, (occurrence,)),) = unit.orders.of_record(cast.record.id)
            states.append(occurrence.state)
    assert states == [State.QUEUED, State.WAITING]
    other.settle()
    with other.database.begin(False) as unit:
        ((_, (occurrence,)),) = unit.orders.of_record(cast.record.id)
    assert occurrence.state is State.QUEUED


def test_an_order_that_was_sent_may_still_lapse(house: House, cast: Cast, opened: Open) -> None:
    house.clock.pass_(days=50)
    house.settle()
    with house.database.begin(True) as unit:
        ((_, (occurrence,)),) = unit.orders.of_record(cast.record.id)
        note_sending(unit, occurrence.id, State.SENT, now=house.clock())
    house.settle()
    other = opened(house.clouds, sqlite(house.clouds.folder))
    other.restore()
    states = []
    for hours in (70, 3):
        house.clock.pass_(hours=hours)
        other.settle()
        with other.database.begin(False) as unit:
            states.append(unit.orders.occurrence(occurrence.id).state)
    assert states == [State.SENT, State.NO_ANSWER]


class _Stopped(BaseException):
    """The process that restored is gone."""


def test_a_restore_that_was_killed_goes_on_where_it_was(
    house: House, cast: Cast, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.cloud.restoring.WINDOW", 3)
    other = opened(house.clouds, sqlite(house.clouds.folder))
    runs, here = 0, 0
    while True:
        restoring, left = other.restoring(), [2]
        put_back = restoring._put_back

        def stop_after(*told: object, put_back=put_back, left=left) -> None:  # type: ignore[no-untyped-def]
            put_back(*told)
            left[0] -= 1
            if left[0] < 0:
                raise _Stopped

        monkeypatch.setattr(restoring, "_put_back", stop_after)
        try:
            restoring.run(lambda done, total: None)
            break
        except _Stopped:
            runs += 1
            with other.database.session(writing=False) as session:
                here, before = len(session.scalars(select(ObjectRow)).all()), here
                assert here > before
        finally:
            restoring.close()
    assert runs > 3
    assert differences(house, other) == []


def test_what_was_tampered_with_is_named_and_the_rest_comes_back(
    house: House, cast: Cast, opened: Open
) -> None:
    container, store = cast.record.place.container, house.clouds.private
    for systolic in (150, 151, 152):
        tell(house, cast, systolic)
    house.settle()
    missing, altered, swapped, kept, *_ = names_of(house, cast.record.id, "segment", loose=True)
    store.remove(container, missing)
    content = store.get(container, altered)
    store.remove(container, altered)
    store.put(container, altered, content[:-9] + bytes(9))
    store.remove(container, swapped)
    store.put(container, swapped, store.get(container, kept))
    other = opened(house.clouds, sqlite(house.clouds.folder))
    restored = other.restore()
    assert {(one.name, one.what) for one in restored.faults} == {
        (missing, "missing"),
        (altered, "altered"),
        (swapped, "altered"),
    }
    assert len(list(everything(house))) - len(list(everything(other))) == 3


def test_a_head_that_does_not_open_is_named_and_the_sync_goes_on_above_it(
    house: House, cast: Cast, opened: Open
) -> None:
    container, store = cast.record.place.container, house.clouds.private
    *_, newest = store.names(container, "head-")
    store.remove(container, newest)
    store.put(container, newest, b"not a head")
    other = opened(house.clouds, sqlite(house.clouds.folder))
    assert (newest, "altered") in {(one.name, one.what) for one in other.restore().faults}
    tell(other, cast, 150)
    other.settle()
    assert len(names_of(other, cast.record.id, "segment")) > 3
    assert list(faults(other.worker.private)) == []


def test_somebody_stands_where_a_person_was_lost(house: House, cast: Cast, opened: Open) -> None:
    with house.database.session(writing=False) as session:
        mine = select(ObjectRow).where(ObjectRow.ref == cast.amina.id, ObjectRow.family == "person")
        row = session.scalars(mine).one()
    house.clouds.private.remove(cast.record.place.container, row.name)
    other = opened(house.clouds, sqlite(house.clouds.folder))
    assert [one.name for one in other.restore().faults] == [row.name]
    with other.database.begin(False) as unit:
        assert unit.people.person(cast.amina.id).roles == frozenset()
        assert unit.segments.of_record(cast.record.id, list(SegmentKind))


def test_a_page_that_is_gone_is_named_and_an_older_one_serves(
    house: House, cast: Cast, opened: Open
) -> None:
    tell(house, cast, 150)
    house.settle()
    with house.database.session(writing=False) as session:
        pages = session.get_one(HeadRow, cast.record.id).pages
    page = pages.rsplit('"name":"', 1)[1].split('"')[0]
    house.clouds.private.remove(cast.record.place.container, page)
    other = opened(house.clouds, sqlite(house.clouds.folder))
    assert [(one.name, one.what) for one in other.restore().faults] == [(page, "missing")]
    assert len(names_of(other, cast.record.id)) == len(names_of(house, cast.record.id)) - 1


def test_a_record_put_back_to_an_older_state_is_named(
    house: House, cast: Cast, opened: Open
) -> None:
    folder = house.clouds.folder / "private" / cast.record.place.container
    shutil.copytree(folder, house.clouds.folder / "older")
    tell(house, cast, 150)
    house.settle()
    shutil.rmtree(folder)
    shutil.copytree(house.clouds.folder / "older", folder)
    restored = opened(house.clouds, sqlite(house.clouds.folder)).restore()
    assert [one.what for one in restored.faults] == ["put back to an older state"]


@pytest.mark.parametrize("lost", ["nothing", "anchor.json", "public"])
def test_a_whole_cloud_put_back_is_named_by_what_is_left(
    house: House, cast: Cast, opened: Open, lost: str
) -> None:
    folder = house.clouds.folder
    shutil.copytree(folder / "private", folder / "older")
    tell(house, cast, 150)
    house.settle()
    shutil.rmtree(folder / "private")
    (folder / "older").rename(folder / "private")
    if lost == "public":
        shutil.rmtree(folder / lost)
    (folder / lost).unlink(missing_ok=True)
    restored = opened(house.clouds, sqlite(folder)).restore()
    assert "put back to an older state" in [one.what for one in restored.faults]


def test_whom_the_ledger_names_stays_erased(house: House, cast: Cast, opened: Open) -> None:
    with house.database.session(writing=True) as session:
        note_erasure(session, cast.record, house.clock())
    house.settle()
    other = opened(house.clouds, sqlite(house.clouds.folder))
    restored = other.restore()
    assert restored.erased == 1
    with other.database.session(writing=False) as session:
        assert session.get(RecordRow, cast.record.id) is None
    assert {key[0] for key, _ in everything(other)} <= {
        "erasure", "organisation", "person", "account", "passkey", "chat", "audit", "advice",
        "template",
    }  # fmt: skip
    with pytest.raises(KeyForgotten):
        other.keys.key_of(cast.record.id)


def test_it_refuses_a_database_that_is_not_empty(house: House, cast: Cast) -> None:
    with pytest.raises(CannotRestore, match="not empty"):
        house.restore()


def test_a_database_of_another_time_is_refused_as_it_is(house: House) -> None:
    with house.database.session(writing=True) as session:
        session.execute(text("DROP TABLE erasures"))
    with house.database.session(writing=False) as session, pytest.raises(CannotRestore):
        require_empty(session)


def test_it_says_so_where_another_master_key_finds_nothing(
    house: House, cast: Cast, opened: Open, tmp_path: Path
) -> None:
    make_master_key(tmp_path / "other" / "master.key")
    clouds = Clouds(tmp_path / "other", house.clouds.private, house.clouds.public)
    with pytest.raises(CannotRestore, match="MASTER_KEY_FILE"):
        opened(clouds, sqlite(tmp_path)).restore()


def test_what_moves_to_a_record_of_its_own_comes_back_there(
    house: House, cast: Cast, opened: Open
) -> None:
    with house.database.begin(True) as unit:
        own = Record(RecordId(fresh()), cast.bela.id, GlobalId(fresh()), Place("private", fresh()))
        unit.records.put(own)
    house.settle()
    assert len(names_of(house, own.id, "chat")) == 1
    house.clock.pass_(days=8)
    house.settle()
    other = opened(house.clouds, sqlite(house.clouds.folder))
    assert other.restore().faults == ()
    assert differences(house, other) == []


def test_what_no_manifest_needs_is_swept_after_a_week(house: House, cast: Cast) -> None:
    container = cast.record.place.container
    tell(house, cast, 150)
    house.settle()
    before = len(list(house.clouds.private.names(container)))
    with house.database.session(writing=False) as session:
        left = len(session.scalars(select(LeftoverRow)).all())
    house.clock.pass_(days=8)
    house.settle()
    assert left > 3
    assert len(list(house.clouds.private.names(container))) < before
    assert list(faults(house.worker.private)) == []


def test_a_change_while_a_copy_is_made_is_copied_too(house: House, cast: Cast) -> None:
    with house.database.begin(True) as unit:
        chat = unit.chats.of_person(cast.amina.id)[0]
    rename(house, chat.id, "zh")
    house.clock.pass_(minutes=11)
    put = house.worker.private.put_what_waits(cast.record.id, 99)
    rename(house, chat.id, "en")
    assert put is not None
    with house.database.session(writing=True) as session:
        house.worker.private.note(session, put)
    with house.database.session(writing=False) as session:
        waiting = session.scalars(select(UnsyncedRow).where(UnsyncedRow.family == "chat")).all()
    assert [(one.ref, one.changes) for one in waiting] == [(chat.id, 2)]


def rename(house: House, chat: str, language: str) -> None:
    with house.database.session(writing=True) as session:
        session.get_one(ChatRow, chat).language = language


def test_a_real_swift_gives_everything_back(
    swift: Swift, tmp_path: Path, opened: Open, postgres: Postgres
) -> None:
    settings = {"ST_AUTH": swift.auth_url, "ST_USER": swift.user, "ST_KEY": swift.key}
    make_master_key(tmp_path / "master.key")
    clouds = Clouds(
        tmp_path,
        open_store("swift://kanglu-", settings),
        open_store(f"file://{tmp_path}/public", {}),
    )
    house = opened(clouds, postgres.new_database())
    furnish(house)
    house.settle()
    other = opened(clouds, sqlite(tmp_path))
    restored: Restored = other.restore()
    assert restored.faults == ()
    assert differences(house, other) == []


def test_everything_comes_back_under_keys_that_were_changed(tmp_path: Path) -> None:
    clouds, clock = file_clouds(tmp_path), Clock()
    house = open_house(clouds, f"sqlite:///{tmp_path}/first.sqlite", clock, "first")
    with house.database.begin(True) as unit:
        cast = enter(unit, clock())
    tell(house, cast, 128)
    house.settle()
    house.keys.renew(cast.record.id)
    tell(house, cast, 131)
    house.settle()
    named = [one for one, _ in house.keys.keys_of(cast.record.id)]
    assert len(named) == 2, "the renewal is not finished: objects lie under both keys"
    change = MasterKeyChange(
        house.keys,
        open_master_keys({}, clouds.folder / "master.key"),
        clouds.private,
        lambda owners: {cast.record.id: cast.record.place.container},
    )
    change.keys.master = change.masters
    change.run()
    house.close()
    again = open_house(clouds, f"sqlite:///{tmp_path}/again.sqlite", clock, "again")
    came = again.restore()
    assert not came.faults
    with again.database.begin(False) as unit:
        found = unit.segments.of_record(cast.record.id, [SegmentKind.PHYSICAL_SIGNS])
        assert unit.people.person(cast.amina.id).name == "Amina"
    assert len(found[0].observations) == 2
    assert [one for one, _ in again.keys.keys_of(cast.record.id)] == named
    again.close()
