"""The storage room put together from its settings: what every process opens first."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine, func, select

from records.chats import ChatChannel
from records.services.ports import Face
from records.services.posting import Line
from records.tracking import PersonId
from storage.audit.keeping import Log
from storage.cells import Cells
from storage.checks import (
    Check,
    check_apart,
    check_database,
    check_drawing,
    check_lines,
    check_store,
)
from storage.clock import DatabaseClock
from storage.cloud.anchors import CloudAnchor, FileAnchor
from storage.cloud.emptiness import require_empty
from storage.cloud.erasing import erase, find
from storage.cloud.figures import figures
from storage.cloud.packlane import LANE
from storage.cloud.planning import Planning
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.restoring import Restored, Restoring
from storage.database import Database, open_engine
from storage.deriving_again import derive_what_lacks
from storage.fetches import DatabaseFetches
from storage.keys import KeyStore, KeyUnreadable
from storage.lines import web_lines, web_picture
from storage.masterkey import MasterKeyRefused
from storage.masterkeys import make_first_key, open_master_keys
from storage.migrations import upgrade
from storage.overflow import read_policy, read_prices
from storage.pictures import register_fonts
from storage.post import DatabasePost
from storage.rotating import MasterKeyChange
from storage.rows.chats import OutboxRow, SpoolRow
from storage.rows.cloud import ObjectRow, PublicationRow, SyncRow, UnsyncedRow
from storage.rows.orders import SlotRow
from storage.rows.people import RecordRow
from storage.rows.segments import SegmentRow
from storage.settings import SettingUnreadable, StorageSettings
from storage.spool import DatabaseSpool
from storage.stores.address import UnreadableSetting
from storage.stores.roles import open_stores
from storage.wall_check import check_wall
from storage.watching import DatabaseWatch, missing_updates
from storage.worker import Worker

SENDING_LEASES = 4  # a call may take a minute until it is given up; filing takes milliseconds
CANNOT_OPEN = (SettingUnreadable, UnreadableSetting, MasterKeyRefused, KeyUnreadable)


class StorageHouse:
    """Database, keys and both clouds, opened once a process."""

    def __init__(
        self, settings: StorageSettings, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.settings = settings
        self.engine: Engine = open_engine(settings.database_url)
        self.clock = clock = clock or DatabaseClock(self.engine)
        self.masters = open_master_keys(settings.raw, settings.master_key_file)
        self.stores = open_stores(settings)
        self.private_store, self.public_store = self.stores["private"], self.stores["public"]
        self.keys = KeyStore(settings.keys_url, self.masters, escrow=self.private_store)
        self.database = Database(
            self.engine,
            Cells(self.keys),
            clock,
            quiet=settings.quiet_seconds,
            public=self.public_store,
        )
        self.lease = timedelta(seconds=settings.lease_seconds)
        if settings.raw.get("CARE_FONT_DIR"):
            register_fonts(settings.raw["CARE_FONT_DIR"])
        self.spool = DatabaseSpool(self.database, lease=self.lease)
        self.private = PrivateCloud(
            self.database,
            self.keys,
            self.private_store,
            anchors=(
                FileAnchor(settings.instance / "anchor.json"),
                CloudAnchor(self.public_store, self.keys),
            ),
            overflow=self.stores.get("overflow"),
        )
        self.public = PublicCloud(self.database, self.keys, self.public_store)
        self.log = Log(
            self.database, self.private_store, self.public_store, settings.instance / "anchors"
        )
        policy, prices = read_policy(settings.raw), read_prices(settings.raw)
        self.worker = Worker(
            self.database, self.private, self.public, *self.log.steps, policy=policy
        )
        self.planning = Planning(self.worker.moving, self.worker.move, prices)
        self.begin = self.database.begin
        self.at_site = partial(self.begin, face=Face.SITE)
        self.at_chat = partial(self.begin, face=Face.CHAT)

    def post(self, channel: ChatChannel) -> DatabasePost:
        """Return the post of one channel."""
        return DatabasePost(self.database, channel, lease=SENDING_LEASES * self.lease)

    def watch(self, channel: ChatChannel) -> Callable[[], None]:
        """Return what looks after one channel, to be called every now and then."""
        return DatabaseWatch(self.database, channel).look

    def fetches(self, channel: ChatChannel) -> DatabaseFetches:
        """Return the bytes that are to be fetched from one channel."""
        return DatabaseFetches(self.database, channel)

    def lines(self, person: PersonId, limit: int) -> Sequence[Line]:
        """Return the last lines of a person's web chat."""
        return web_lines(self.database, person, limit)

    def picture(self, person: PersonId, line: str) -> bytes:
        """Return the picture of a line of a person's web chat; raises NotFound."""
        return web_picture(self.database, person, line)

    def change_master_key(self, progress: Callable[[int, int], None]) -> str:
        """Wrap every key under a new master key; return what is left for the operator to do."""
        change = MasterKeyChange(self.keys, self.masters, self.private_store, self._containers)
        return change.run(progress)

    def renew_key(self, global_id: str) -> bool:
        """Give a patient a new key; the worker seals anew what is older. False: no such patient."""
        found = select(RecordRow.id, RecordRow.patient).where(RecordRow.global_id == global_id)
        with self.database.session(writing=False) as session:
            row = session.execute(found).first()
        for owner in row or ():
            self.keys.renew(owner)
        return row is not None

    def erase(self, global_id: str) -> int:
        """Erase a patient for good; return how much a cloud that is down has put off.

        Raises NotFound and CannotErase.
        """
        with self.begin(True) as unit:
            erase(unit, find(unit, global_id), by=None, rule="operator")
        self.worker.sync(20)
        self.worker.removals.step(10_000)
        return self.worker.removals.put_off()

    def migrate(self) -> None:
        """Bring the database to the newest schema, and derive what that asks for."""
        upgrade(self.engine)
        derive_what_lacks(self.database)

    def restore(self, progress: Callable[[int, int], None]) -> Restored:
        """Bring everything back from the clouds into an empty database; see Restoring."""
        with self.database.session(writing=False) as session:
            require_empty(session)
        self.migrate()
        restoring = Restoring(
            self.database,
            self.keys,
            self.private_store,
            self.private.anchors,
            self.private.overflow,
        )
        try:
            return restoring.run(progress)
        finally:
            restoring.close()

    def checks(self) -> Sequence[Check]:
        """Try the database and every store and say what does not work."""
        return (
            check_database(self.engine),
            *(check_store(f"{role} store", store) for role, store in self.stores.items()),
            *check_apart(self.stores),
        )

    def wishes(self) -> Sequence[Check]:
        """Look for what the house runs without, though not as well, or not as safely."""
        return (*check_lines(self.settings.raw), check_drawing(), check_wall(self.engine))

    def gauges(self) -> dict[str, float]:
        """Return what the operator watches, read from the database."""
        counts = {
            "spool_waiting": select(func.count()).where(SpoolRow.state == "waiting"),
            "spool_set_aside": select(func.count()).where(SpoolRow.state == "set_aside"),
            "outbox_waiting": select(func.count()).where(OutboxRow.state == "waiting"),
            "outbox_unknown": select(func.count()).where(OutboxRow.state == "unknown"),
            "slots_waiting": select(func.count()).where(SlotRow.state == "waiting"),
            "slots_too_late": select(func.count()).where(SlotRow.state == "too_late"),
            "sync_waiting": select(func.count()).where(
                SyncRow.state != "done", SyncRow.lane != LANE
            ),
            "versions": select(func.count()).select_from(SegmentRow),
            "versions_unsynced": select(func.count()).where(UnsyncedRow.family == "segment"),
            "unsynced": select(func.count()).select_from(UnsyncedRow),
            "objects_private": select(func.count()).select_from(ObjectRow),
            "objects_public": select(func.count()).where(PublicationRow.withdrawn.is_(None)),
        }
        with self.database.session(writing=False) as session:
            found = {name: float(session.scalar(count) or 0) for name, count in counts.items()}
            missing = missing_updates(session, ChatChannel.TELEGRAM, self.clock())
            found |= figures(session)
        return (
            found
            | {"updates_missing": float(missing)}
            | self.log.gauges()
            | self.worker.rounds.gauges()
        )

    def close(self) -> None:
        """Let go of every connection and key."""
        self.engine.dispose()
        self.keys.close()

    def _containers(self, owners: Sequence[str]) -> dict[str, str]:
        found = select(RecordRow.id, RecordRow.container).where(RecordRow.id.in_(owners))
        with self.database.session(writing=False) as session:
            return dict(session.execute(found).tuples().all())


def prepare(settings: StorageSettings) -> None:
    """Make the instance folder, for its owner alone, and in it a master key where none is."""
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.embedded:
        make_first_key(settings.raw, settings.master_key_file)
