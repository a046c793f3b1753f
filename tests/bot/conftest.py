"""What the chat's tests share: the cast at their web chats."""

from datetime import date
from pathlib import Path

import pytest

from records.observations import Observation
from records.services.consenting import Wish, give_grant
from records.vocabulary import Purpose, SegmentKind
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.database import Database
from storage.keys import KeyStore
from storage.stores import open_store
from storage.worker import Worker
from tests.bot.talking import Desk, Talk
from tests.cast import Cast, Clock


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    """A conversation over an empty house."""
    return Desk(database, clock)


@pytest.fixture
def amina(desk: Desk, cast: Cast) -> Talk:
    """Amina at her web chat."""
    return desk.talk(cast.amina)


@pytest.fixture
def bela(desk: Desk, cast: Cast) -> Talk:
    """Bela, who helps Amina."""
    return desk.talk(cast.bela)


@pytest.fixture
def worker(database: Database, keys: KeyStore, tmp_path: Path) -> Worker:
    """A worker, for what falls due."""
    store = open_store((tmp_path / "clouds").as_uri(), {})
    return Worker(database, PrivateCloud(database, keys, store), PublicCloud(database, keys, store))


@pytest.fixture
def chen_reads_notes(database: Database, cast: Cast) -> None:
    """Dr Chen, who may also read how Amina feels and what she notes."""
    signs = SegmentKind.PHYSICAL_SIGNS  # a new grant to the same person takes the old one's place
    kinds = frozenset({signs, SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.OTHER})
    with database.begin(True) as unit:
        wish = Wish(kinds, Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=database.clock())


class Filed:
    """What stands in a record."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database = database
        self.record = cast.record.id

    def all(self) -> list[Observation]:
        with self.database.begin(False) as unit:
            segments = unit.segments.of_record(self.record, frozenset(SegmentKind), date.min)
            return [
                one
                for segment in segments
                for one in segment.observations
                if one.kind is not SegmentKind.PERSONAL_INFORMATION
            ]

    def standing(self) -> list[str]:
        """Return what counts, in a few words each."""
        return [_words(one) for one in self.all() if one.status == "final"]

    def asked(self) -> list[str]:
        """Return what is kept as provisional."""
        return [_words(one) for one in self.all() if one.status == "provisional"]


def _words(one: Observation) -> str:
    if one.components:
        return "/".join(str(part.quantity.value) for part in one.components)
    value = one.value if isinstance(one.value, str) or one.value is None else one.value.value
    return f"{one.code} {value}" + (f" {one.context}" if one.context else "")


@pytest.fixture
def filed(database: Database, cast: Cast) -> Filed:
    """What stands in Amina's record."""
    return Filed(database, cast)
