"""Houses over the same clouds, one after the other, and all that must be alike in them."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

from sqlalchemy import select

from records.alerts import Alert
from records.attachments import Awaited, Cleaned, Media
from records.chats import Chat, ChatChannel
from records.clinic import Texts
from records.consent import Emergency, Hiding, Part
from records.findings.limits import Limits
from records.findings.reasons import Situation
from records.measures import Measures
from records.observations import Channel, Quantity, pressure
from records.orders import OrderKind
from records.people import Person
from records.prompts import Topic
from records.services.clinic import Draft as TemplateDraft
from records.services.clinic import write_advice, write_template
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.devices import make_device
from records.services.intake import Draft, file_observations
from records.services.limiting import set_limits
from records.services.looks import LookNotice, Often
from records.services.ordering import place_order
from records.services.ports import Unit
from records.services.prompting import choose_family, choose_hours
from records.services.requesting import Plea, ask_for_leave
from records.services.storing import DocumentStore
from records.services.walks import Walk, WalkName
from records.tracking import AlertId, AttachmentId, ChatId, EmergencyId, HidingId, fresh
from records.vocabulary import Code, Purpose, SegmentKind
from storage.cells import Cells
from storage.cloud.anchors import CloudAnchor, FileAnchor
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.restoring import Restored, Restoring
from storage.database import Database, open_engine
from storage.families.every import FAMILIES
from storage.keys import KeyStore
from storage.masterkey import make_master_key, read_master_key
from storage.migrations import upgrade
from storage.registry.deriving import read_page
from storage.registry.summaries import read_summary
from storage.rows.accounts import User, WebAuthn
from storage.rows.people import RecordRow
from storage.rows.segments import ObservationRow, SegmentRow, SeriesRow, SummaryRow
from storage.stores import open_store
from storage.worker import Worker
from tests.cast import Cast, Clock, enter


@dataclass
class Clouds:
    """Where everything lies that outlives a database."""

    folder: Path
    private: DocumentStore
    public: DocumentStore
    overflow: DocumentStore | None = None


@dataclass
class House:
    """One database over the clouds, with a key store of its own."""

    clouds: Clouds
    database: Database
    keys: KeyStore
    clock: Clock
    worker: Worker

    def settle(self, minutes: int = 11) -> int:
        """Let the quiet minutes pass and the clouds be brought up to date."""
        self.clock.pass_(minutes=minutes)
        done = 0
        for _ in range(2):  # what was synced is itself something the house notes
            while moved := self.worker.tick():
                done += moved
            self.clock.pass_(minutes=minutes)
        return done

    def restoring(self) -> Restoring:
        """Return a restore into this house's database."""
        anchors = self.worker.private.anchors
        clouds = self.clouds
        return Restoring(self.database, self.keys, clouds.private, anchors, clouds.overflow)

    def restore(self) -> Restored:
        """Bring everything back and return what came of it."""
        restoring = self.restoring()
        try:
            return restoring.run(lambda done, total: None)
        finally:
            restoring.close()

    def close(self) -> None:
        """Let go of everything."""
        self.database.engine.dispose()
        self.keys.close()


def file_clouds(folder: Path) -> Clouds:
    """Return clouds of files, under a master key of their own."""
    make_master_key(folder / "master.key")
    return Clouds(
        folder,
        open_store(f"file://{folder}/private", {}),
        open_store(f"file://{folder}/public", {}),
    )


def three_clouds(folder: Path) -> Clouds:
    """Return clouds of files with one that the private one flows over into."""
    overflow = open_store(f"file://{folder}/overflow", {})
    return replace(file_clouds(folder), overflow=overflow)


def open_house(clouds: Clouds, url: str, clock: Clock, keys_file: str = "") -> House:
    """Open a house over a database, knowing besides only the clouds and the master key."""
    master = read_master_key(clouds.folder / "master.key")
    keys = KeyStore(
        f"sqlite:///{clouds.folder / (keys_file or fresh())}", master, escrow=clouds.private
    )
    engine = open_engine(url)
    upgrade(engine)
    database = Database(engine, Cells(keys), clock, public=clouds.public)
    anchors = FileAnchor(clouds.folder / "anchor.json"), CloudAnchor(clouds.public, keys)
    private = PrivateCloud(database, keys, clouds.private, anchors, clouds.overflow)
    worker = Worker(database, private, PublicCloud(database, keys, clouds.public))
    return House(clouds, database, keys, clock, worker)


Furnished = tuple[Path, Cast, Clock]
"""A house to be copied: its folder, who is in it, and where its clock stands."""


def furnished_house(
    folder: Path,
    fill: Callable[[House], Cast],
    clouds: Callable[[Path], Clouds] = file_clouds,
) -> Furnished:
    """Fill a house in a folder, once for all the tests that copy it."""
    clock = Clock()
    house = open_house(clouds(folder), f"sqlite:///{folder}/first.db", clock, "first.keys")
    cast = fill(house)
    house.close()
    return folder, cast, clock


def copied_house(
    furnished: Furnished,
    folder: Path,
    clock: Clock,
    clouds: Callable[[Path], Clouds] = file_clouds,
) -> House:
    """Open a copy of a furnished house in a new folder."""
    clock.now = furnished[2].now
    shutil.copytree(furnished[0], folder)
    return open_house(clouds(folder), f"sqlite:///{folder}/first.db", clock, "first.keys")


def in_two_months(house: House) -> Cast:
    """Tell something of every family in two months, and bring all of it into the clouds."""
    cast = furnish(house)
    house.settle()
    house.clock.pass_(days=20)
    tell(house, cast, 141)
    house.settle()
    return cast


def tell(house: House, cast: Cast, systolic: int) -> None:
    """Let Amina tell a pressure now."""
    with house.database.begin(True) as unit:
        draft = Draft(Code.BLOOD_PRESSURE, house.clock(), components=pressure(systolic, 90))
        file_observations(
            unit, [draft], record_id=cast.record.id, by=cast.amina, channel=Channel.CHAT,
            now=house.clock(),
        )  # fmt: skip


def sqlite(folder: Path) -> str:
    """Return the URL of a database file that is not there yet."""
    return f"sqlite:///{folder / fresh()}.db"


def furnish(house: House) -> Cast:
    """Put something of every family into a house."""
    clock = house.clock
    with house.database.begin(True) as unit:
        cast = enter(unit, clock())
        _tell(unit, cast, clock)
        _ask(unit, cast, clock)
        for person in (cast.amina, cast.bela):
            _open_chat(unit, cast, person)
    with house.database.session(writing=True) as session:
        for person in (cast.amina, cast.chen):
            account = User(
                email=f"{person.id}@example.org", person_id=person.id, fs_uniquifier=fresh(),
                active=True, mf_recovery_codes=["one", "two"], password="argon2-of-something",
            )  # fmt: skip
            session.add(account)
            session.flush()
            session.add(
                WebAuthn(
                    credential_id=fresh().encode(), public_key=b"\x00\xff", name="phone",
                    usage="first", backup_state=False, device_type="single_device",
                    transports=["usb"], user_id=account.id, lastuse_datetime=clock(),
                )
            )  # fmt: skip
    return cast


def _tell(unit: Unit, cast: Cast, clock: Clock) -> None:
    picture, awaited = AttachmentId(fresh()), AttachmentId(fresh())
    unit.attachments.put(picture, Cleaned(Media.PICTURE, b"\xff" * 900, b"small"), cast.amina.id)
    unit.attachments.put(awaited, Awaited(Media.VOICE, "far-away", "42"), cast.amina.id)
    for number in range(3):
        drafts = [
            Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(128 + number, 82)),
            Draft(Code.HEART_RATE, clock() - timedelta(days=40), value=Quantity(70, "/min")),
            Draft(Code.NOTE, clock(), value="slept badly 睡得不好", private=True),
        ]
        if number == 0:
            kept = (picture, awaited)
            drafts.append(Draft(Code.VOICE_NOTE, clock(), value="", attachments=kept))
        file_observations(
            unit, drafts, record_id=cast.record.id, by=cast.amina, channel=Channel.CHAT,
            now=clock(), key=f"web:{number}",
        )  # fmt: skip
        clock.pass_(minutes=3)


def _ask(unit: Unit, cast: Cast, clock: Clock) -> None:
    release = frozenset({SegmentKind.PHYSICAL_SIGNS})
    wish = Wish(release, Purpose.RESEARCH, clock() + timedelta(days=90),
                organisation=cast.institute.id)  # fmt: skip
    give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
    withdraw_grant(unit, cast.grant.id, by=cast.amina, now=clock())
    unit.own_units.put(Measures(cast.record.id, glucose="mg/dL"))
    unit.look_notices.put(LookNotice(cast.record.id, Often.DAILY))
    unit.placing.choose(cast.record.id, stays=False)
    hours = clock() + timedelta(hours=4)
    unit.hidings.put(
        Hiding(HidingId(fresh()), cast.record.id, Part(SegmentKind.OTHER), clock(), cast.amina.id)
    )
    unit.emergencies.put(
        Emergency(
            EmergencyId(fresh()), cast.record.id, cast.chen.id, "found asleep", clock(), hours
        )
    )
    plea = Plea(frozenset({SegmentKind.SIGNS}), 30, "To choose the dose")
    ask_for_leave(unit, plea, record_id=cast.record.id, by=cast.chen, now=clock())
    place_order(
        unit, record_id=cast.record.id, by=cast.chen, now=clock(), kind=OrderKind.MEASURE,
        text="Measure in the morning", due=clock() + timedelta(days=60),
    )  # fmt: skip
    _write_for_the_clinic(unit, cast, clock)
    make_device(unit, "My cuff", record_id=cast.record.id, by=cast.amina, now=clock())
    choose_hours(unit, Topic.PRESSURE, [time(8), time(20)], by=cast.amina, now=clock())
    choose_family(unit, by=cast.amina, now=clock(), may_hear=True)


def _write_for_the_clinic(unit: Unit, cast: Cast, clock: Clock) -> None:
    texts = Texts("Please measure.", "请测量。")
    template = TemplateDraft(texts, OrderKind.MEASURE, texts, "FREQ=DAILY", 7)
    write_template(unit, template, by=cast.chen, now=clock())
    write_advice(
        unit, Situation.NO_DATA, texts, held=True, version=0, by=cast.chen, now=clock()
    )  # fmt: skip
    set_limits(
        unit, Limits(silent_days=10), record_id=cast.record.id, by=cast.chen, now=clock()
    )  # fmt: skip
    unit.alerts.put(
        Alert(AlertId(fresh()), cast.record.id, Situation.NO_DATA, cast.chen.id, clock(), clock())
    )


def _open_chat(unit: Unit, cast: Cast, person: Person) -> None:
    chat = Chat(
        id=ChatId(fresh()), channel=ChatChannel.TELEGRAM, address=fresh(),
        language=person.language, person=person.id, subject=cast.record.id, tells=True,
    )  # fmt: skip
    unit.chats.put(chat)
    unit.walks.put(Walk(chat.id, WalkName.ABOUT_ME, cast.record.id, None, "step", ("a", "b")))


Key = tuple[str, str, int]


def everything(house: House) -> Iterator[tuple[Key, tuple[bytes, ...]]]:
    """Give the canonical form of every row of every family."""
    with house.database.begin(False) as unit:
        for family in FAMILIES:
            if family.name != "head":
                rows = unit.desk.session.scalars(
                    select(family.rows).execution_options(yield_per=500)
                )
                for row in rows:
                    key = (family.name, family.ref_of(row), family.version_of(row))
                    yield key, family.canonical(unit, row)
                    unit.desk.session.expunge(row)


def derived(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Return what is derived from the truth: what lists and charts read."""
    with house.database.begin(False) as unit:
        desk, session = unit.desk, unit.desk.session
        pages = session.scalars(select(SeriesRow))
        summaries = session.scalars(select(SummaryRow))
        newest = select(SegmentRow.id, SegmentRow.version).where(SegmentRow.newest)
        observations = select(ObservationRow.id, ObservationRow.segment)
        told: dict[str, Iterable[tuple[object, ...]]] = {
            "series": ((row.record, row.code, row.month, *read_page(desk, row)) for row in pages),
            "summaries": (
                (row.record, row.kind, *sorted(read_summary(desk, row).items()))
                for row in summaries
            ),
            "newest": map(tuple, session.execute(newest)),
            "consent": map(tuple, session.execute(select(RecordRow.id, RecordRow.consent_version))),
            "observations": map(tuple, session.execute(observations)),
        }
        return {name: sorted(found, key=repr) for name, found in told.items()}


def differences(there: House, here: House) -> list[object]:
    """Return what is not the same in two houses, by name only."""
    told, back = dict(everything(there)), dict(everything(here))
    other = [key for key in {*told, *back} if told.get(key) != back.get(key)]
    read, again = derived(there), derived(here)
    return [*other, *(key for key in read if read[key] != again[key])]
