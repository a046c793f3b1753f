"""An attachment is seen with what it came with, by whom that is seen, and by nobody else."""

import pytest

from records.attachments import Cleaned, Media, Stage
from records.errors import NotFound, NotPermitted
from records.observations import Channel, Observation, pressure
from records.people import Person
from records.services.attaching import attach, enclosed_in, open_attachment
from records.services.correcting import amend, reinstate, retract
from records.services.intake import Draft, file_observations
from records.services.viewing import open_record
from records.tracking import AttachmentId, fresh
from records.vocabulary import Code
from storage.database import Database
from tests.cast import Cast, Clock

PICTURE = Cleaned(Media.PICTURE, b"the large one", b"the small one")


def keep(database: Database, cast: Cast, clock: Clock, code: Code, **more: object) -> Observation:
    """File something with a picture that came with it."""
    attachment = AttachmentId(fresh())
    panel = pressure(128, 82) if code is Code.BLOOD_PRESSURE else ()
    draft = Draft(code, clock(), value="", components=panel, attachments=(attachment,), **more)  # type: ignore[arg-type]
    with database.begin(True) as unit:
        unit.attachments.put(attachment, PICTURE, cast.amina.id)
        filed = file_observations(
            unit,
            [draft],
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )
    return filed.observations[0]


def sees(database: Database, observation: Observation, who: Person, clock: Clock) -> bool:
    try:
        with database.begin(False) as unit:
            found, content = open_attachment(unit, observation.attachments[0], by=who, now=clock())
    except NotPermitted:
        return False
    assert (found.media, content) == (Media.PICTURE, b"the large one")
    return True


def test_it_is_seen_under_the_grant_of_its_segment_alone(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with_numbers = keep(database, cast, clock, Code.BLOOD_PRESSURE)
    meal = keep(database, cast, clock, Code.PHOTO)
    shown = {
        who.name: (sees(database, with_numbers, who, clock), sees(database, meal, who, clock))
        for who in (cast.amina, cast.bela, cast.chen, cast.dara, cast.researcher)
    }
    assert shown == {
        "Amina": (True, True),
        "Bela": (True, True),
        "Dr Chen": (True, False),  # whose grant is for physical signs
        "Dr Dara": (False, False),
        "Rosa": (False, False),
    }


def test_every_look_is_noted_with_what_the_policy_said(
    database: Database, cast: Cast, clock: Clock
) -> None:
    meal = keep(database, cast, clock, Code.PHOTO)
    sees(database, meal, cast.amina, clock)
    sees(database, meal, cast.chen, clock)
    with database.begin(False) as unit:
        notes = [
            (one.by, one.allowed)
            for one in unit.audit.of_record(cast.record.id, 50)
            if one.ref == meal.attachments[0]
        ]
    assert notes == [(cast.chen.id, False), (cast.amina.id, True)]


def test_what_is_private_or_taken_back_is_out_of_view(
    database: Database, cast: Cast, clock: Clock
) -> None:
    private = keep(database, cast, clock, Code.BLOOD_PRESSURE, private=True)
    assert sees(database, private, cast.amina, clock)
    assert not sees(database, private, cast.chen, clock)
    told = keep(database, cast, clock, Code.PHOTO)
    with database.begin(True) as unit:
        retract(unit, told.id, by=cast.amina, now=clock())
    assert not sees(database, told, cast.amina, clock)
    with database.begin(True) as unit:
        reinstate(unit, told.id, by=cast.amina, now=clock())
    assert sees(database, told, cast.amina, clock)


def test_it_stays_with_what_it_came_with_when_that_moves_to_another_day(
    database: Database, cast: Cast, clock: Clock
) -> None:
    told = keep(database, cast, clock, Code.BLOOD_PRESSURE)
    earlier = Draft(Code.BLOOD_PRESSURE, clock().replace(day=20), components=pressure(128, 82))
    with database.begin(True) as unit:
        moved = amend(unit, told.id, earlier, by=cast.amina, now=clock())
    assert moved.id != told.id
    assert sees(database, moved, cast.chen, clock)


def test_it_can_come_to_what_was_told_before(database: Database, cast: Cast, clock: Clock) -> None:
    told = keep(database, cast, clock, Code.BLOOD_PRESSURE)
    second = AttachmentId(fresh())
    with database.begin(True) as unit:
        unit.attachments.put(second, PICTURE, cast.bela.id)
        attach(unit, second, told.id, by=cast.bela, now=clock())
        view = open_record(unit, cast.record.id, by=cast.chen, now=clock())
        shown = enclosed_in(unit, view, 10)
    assert [one.attachment.id for one in shown] == [*told.attachments, second]
    assert all(one.attachment.stage is Stage.HERE for one in shown)
    with pytest.raises(NotPermitted), database.begin(True) as unit:
        attach(unit, second, told.id, by=cast.chen, now=clock())


def test_what_belongs_nowhere_is_shown_to_nobody_and_can_be_dropped(
    database: Database, cast: Cast, clock: Clock
) -> None:
    lonely = AttachmentId(fresh())
    with database.begin(True) as unit:
        unit.attachments.put(lonely, PICTURE, cast.amina.id)
    for attachment in (lonely, AttachmentId("0" * 32)):
        with pytest.raises(NotPermitted), database.begin(False) as unit:
            open_attachment(unit, attachment, by=cast.amina, now=clock())
    kept = keep(database, cast, clock, Code.PHOTO).attachments[0]
    with database.begin(True) as unit:
        unit.attachments.drop(lonely)
        unit.attachments.drop(kept)
    with database.begin(False) as unit:
        assert unit.attachments.find(kept).observation
        with pytest.raises(NotFound):
            unit.attachments.find(lonely)


def test_the_bytes_lie_sealed(database: Database, cast: Cast, clock: Clock) -> None:
    keep(database, cast, clock, Code.PHOTO)
    with database.session(writing=False) as session:
        rows = session.connection().exec_driver_sql("SELECT content, small FROM attachments")
        for cells in rows:
            assert all(b"one" not in bytes(cell) for cell in cells)
