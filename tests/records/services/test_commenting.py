"""The patient's word stands beside a doctor's note, for whoever may read the note."""

import json

import pytest

from records.cda import read_document
from records.errors import NotPermitted, NotValid
from records.services.commenting import comment_on
from records.services.consenting import Wish, give_grant
from records.services.describing import write_note
from records.services.exporting import as_bundle
from records.services.handing import documents, hand_out, summary
from records.services.viewing import open_record, open_segment
from records.tracking import ObservationId, TrackingId
from records.vocabulary import Code, Purpose, SegmentKind
from storage.database import Database
from storage.lines import web_lines
from tests.bot.talking import Desk
from tests.cast import Cast, Clock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = "It was my left arm."


@pytest.fixture
def note(database: Database, cast: Cast, clock: Clock) -> tuple[TrackingId, ObservationId]:
    """A note of Dr Chen's, who may read the doctors' notes too."""
    with database.begin(True) as unit:
        kinds = frozenset({SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.PHYSICAL_SIGNS})
        wish = Wish(kinds, Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
        written = write_note(
            unit, "Pain in the right arm.", record_id=cast.record.id, by=cast.chen, now=clock()
        )
        segment = unit.segments.segment(written)
    return written, segment.observations[0].id


def say(database: Database, cast: Cast, clock: Clock, note: ObservationId, words: str) -> None:
    clock.pass_(minutes=1)
    with database.begin(True) as unit:
        comment_on(unit, note, words, correction=False, by=cast.amina, now=clock())


def test_it_is_read_with_the_note_and_every_version_is_kept(
    database: Database, cast: Cast, clock: Clock, note: tuple[TrackingId, ObservationId]
) -> None:
    say(database, cast, clock, note[1], "No.")
    say(database, cast, clock, note[1], WORDS)
    with database.begin(False) as unit:
        seen, _ = open_segment(unit, note[0], by=cast.chen, now=clock())
        versions = unit.segments.versions(note[0])
    assert [str(one.value) for one in seen.standing] == ["Pain in the right arm.", WORDS]
    assert [len(one.observations) for one in versions] == [1, 2, 2]
    assert str(versions[1].observations[1].value) == "No."


def test_only_the_patient_says_it_and_only_to_a_note(
    database: Database, cast: Cast, clock: Clock, note: tuple[TrackingId, ObservationId]
) -> None:
    for by in (cast.chen, cast.dara, cast.bela):
        with pytest.raises(NotPermitted), database.begin(True) as unit:
            comment_on(unit, note[1], WORDS, correction=False, by=by, now=clock())
    with pytest.raises(NotPermitted), database.begin(True) as unit:
        comment_on(unit, ObservationId("none"), WORDS, correction=False, by=cast.amina, now=clock())
    for words in (" ", "x" * 2001):
        with pytest.raises(NotValid), database.begin(True) as unit:
            comment_on(unit, note[1], words, correction=False, by=cast.amina, now=clock())


def test_who_may_not_read_the_note_reads_no_word_to_it(
    database: Database, cast: Cast, clock: Clock, note: tuple[TrackingId, ObservationId]
) -> None:
    say(database, cast, clock, note[1], WORDS)
    with pytest.raises(NotPermitted), database.begin(False) as unit:
        open_segment(unit, note[0], by=cast.dara, now=clock())
    with database.begin(True) as unit:
        signs = frozenset({SegmentKind.PHYSICAL_SIGNS})
        wish = Wish(signs, Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
        view = open_record(unit, cast.record.id, by=cast.chen, now=clock())
    assert not view.of(SegmentKind.DOCTOR_DESCRIPTION)


def test_the_author_is_told_and_asked_to_correct(
    database: Database, cast: Cast, clock: Clock, note: tuple[TrackingId, ObservationId]
) -> None:
    Desk(database, clock).talk(cast.chen).start()
    with database.begin(True) as unit:
        asked = comment_on(unit, note[1], WORDS, correction=True, by=cast.amina, now=clock())
    assert asked.code is Code.CORRECTION_ASKED
    told = web_lines(database, cast.chen.id, 5)[-1].text
    assert told in (
        f"✍️ Amina asks you to correct a note: {WORDS}",
        "✍️ A patient wrote to one of your notes.",
    )


def test_it_goes_into_both_exports(
    database: Database, cast: Cast, clock: Clock, note: tuple[TrackingId, ObservationId]
) -> None:
    say(database, cast, clock, note[1], WORDS)
    with database.begin(False) as unit:
        handout = hand_out(unit, cast.record.id, by=cast.amina, now=clock())
        document = summary(unit, handout, now=clock())
        read = [
            one
            for _, content in documents(unit, handout)
            for one in read_document(content).observations
        ]
        bundle = json.loads(as_bundle(unit, handout, by=cast.amina, now=clock()))
    assert WORDS in document.decode()
    assert WORDS in json.dumps(bundle)
    (again,) = (one for one in read if one.code is Code.PATIENT_COMMENT)
    assert again.words == WORDS
