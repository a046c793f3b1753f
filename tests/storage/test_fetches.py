"""What is to be fetched is claimed once, fenced, and told of through the spool."""

import pytest

from bot.telegram.reading import FILES, read_fetched
from records.attachments import Awaited, Cleaned, Media
from records.chats import ChatChannel
from records.errors import Stale
from records.tracking import AttachmentId, fresh
from storage.database import Database
from storage.fetches import DatabaseFetches
from storage.spool import DatabaseSpool
from tests.cast import Cast, Clock

ADDRESS = "101"


@pytest.fixture
def fetches(database: Database) -> DatabaseFetches:
    return DatabaseFetches(database, ChatChannel.TELEGRAM)


def expect(database: Database, cast: Cast) -> AttachmentId:
    attachment = AttachmentId(fresh())
    with database.begin(True) as unit:
        awaited = Awaited(Media.PICTURE, "file-id-canary", ADDRESS)
        unit.attachments.put(attachment, awaited, cast.amina.id)
    return attachment


def test_what_is_wanted_is_claimed_once_and_fenced(
    database: Database, cast: Cast, clock: Clock, fetches: DatabaseFetches
) -> None:
    attachment = expect(database, cast)
    (slow,) = fetches.claim(5)
    assert (slow.id, slow.source) == (attachment, "file-id-canary")
    assert fetches.claim(5) == []
    clock.pass_(minutes=5)
    (quick,) = fetches.claim(5)
    fetches.arrived(quick, Cleaned(Media.PICTURE, b"quick", b"small"))
    with pytest.raises(Stale):
        fetches.arrived(slow, Cleaned(Media.PICTURE, b"slow"))
    with database.begin(False) as unit:
        assert unit.attachments.content(attachment) == b"quick"
    (told,) = DatabaseSpool(database).claim(5)
    assert (told.bot, told.address) == (FILES, ADDRESS)
    assert read_fetched(told.body).attachment == attachment  # type: ignore[union-attr]


def test_what_never_comes_is_given_up_and_told(
    database: Database, cast: Cast, clock: Clock, fetches: DatabaseFetches
) -> None:
    expect(database, cast)
    for _ in range(3):
        (wanted,) = fetches.claim(5)
        fetches.again(wanted, 60)
        assert fetches.claim(5) == []
        clock.pass_(seconds=61)
    (wanted,) = fetches.claim(5)
    assert wanted.attempts == 4
    fetches.lost(wanted, "file_gone")
    (told,) = DatabaseSpool(database).claim(5)
    assert read_fetched(told.body).reason == "file_gone"  # type: ignore[union-attr]


def test_what_belongs_to_nobody_after_a_week_is_dropped(
    database: Database, cast: Cast, clock: Clock, fetches: DatabaseFetches
) -> None:
    expect(database, cast)
    clock.pass_(days=8)
    assert fetches.claim(5) == []


def test_the_channels_id_of_a_file_lies_sealed(database: Database, cast: Cast) -> None:
    expect(database, cast)
    with database.session(writing=False) as session:
        cells = session.connection().exec_driver_sql("SELECT source FROM attachments").scalars()
        assert all(b"canary" not in bytes(one) for one in cells)
