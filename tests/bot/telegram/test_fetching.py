"""Photos, voice notes and files through Telegram: fetched until they are here, or told as lost."""

import logging
from collections.abc import Callable

import pytest

from records.attachments import Stage
from records.errors import NotPermitted
from records.observations import Observation
from records.people import Scope, Tie
from records.services.attaching import open_attachment
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.tracking import AttachmentId
from records.vocabulary import Code, Language, SegmentKind
from tests import enclosures
from tests.bot.conftest import Filed
from tests.bot.telegram.conftest import AMINA, BELA, Phone
from tests.cast import Cast, Clock
from tests.parts.botapi import Fault
from tests.parts.process import wait_until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def came(phone: Phone, filed: Filed) -> list[Observation]:
    return [one for one in filed.all() if one.attachments]


def stage(phone: Phone, attachment: AttachmentId) -> Stage:
    with phone.database.begin(False) as unit:
        return unit.attachments.find(attachment).stage


def bytes_of(phone: Phone, cast: Cast, attachment: AttachmentId) -> bytes:
    with phone.database.begin(False) as unit:
        return open_attachment(unit, attachment, by=cast.amina, now=phone.database.clock())[1]


def until(phone: Phone, condition: Callable[[], bool]) -> None:
    """Wait until something holds; the clock of the house goes on meanwhile."""

    def passed() -> bool:
        phone.database.clock.pass_(seconds=5)  # type: ignore[attr-defined]  # the tests' clock
        return condition()

    assert wait_until(passed, seconds=10)


def is_here(phone: Phone, filed: Filed, count: int = 1) -> bool:
    found = came(phone, filed)
    return len(found) == count and all(
        stage(phone, one.attachments[0]) is Stage.HERE for one in found
    )


def test_a_photo_is_fetched_cleaned_and_kept(running: Phone, cast: Cast, filed: Filed) -> None:
    running.api.send_photo(AMINA, enclosures.photo_with_a_place())
    running.sees(AMINA, "Got the photo. Please type the two big numbers.")
    until(running, lambda: is_here(running, filed))
    (photo,) = came(running, filed)
    assert photo.code is Code.PHOTO
    content = bytes_of(running, cast, photo.attachments[0])
    assert content.startswith(b"\xff\xd8\xff")
    assert enclosures.HIDDEN.encode() not in content
    assert len(running.api.sent(AMINA)) == 1


def test_words_under_a_photo_are_answered_at_once_and_keep_it(
    running: Phone, cast: Cast, filed: Filed
) -> None:
    running.api.send_photo(AMINA, enclosures.picture(), caption="128/82")
    running.sees(AMINA, "128/82 noted")
    until(running, lambda: is_here(running, filed))
    (told,) = came(running, filed)
    assert (told.code, told.kind) == (Code.BLOOD_PRESSURE, SegmentKind.PHYSICAL_SIGNS)


def test_an_urgent_word_under_a_photo_is_answered_like_any_other(running: Phone) -> None:
    running.api.send_photo(AMINA, enclosures.picture(), caption="chest pain")
    running.sees(AMINA, "Please call 999 now.")


def test_do_not_record_this_keeps_no_picture(running: Phone, filed: Filed) -> None:
    running.api.send_photo(AMINA, enclosures.picture(), caption="128/82 do not record this")
    running.sees(AMINA, "I kept nothing of this.")
    with running.database.session(writing=False) as session:
        kept = session.connection().exec_driver_sql("SELECT count(*) FROM attachments").scalar()
    assert kept == 0
    assert filed.all() == []


def test_a_voice_note_is_kept_as_it_came(running: Phone, cast: Cast, filed: Filed) -> None:
    running.api.send_voice(AMINA, enclosures.voice())
    running.sees(AMINA, "I kept your voice note for Dr Chen.")
    until(running, lambda: is_here(running, filed))
    (note,) = came(running, filed)
    assert (note.code, note.kind) == (Code.VOICE_NOTE, SegmentKind.NON_PHYSICAL_SIGNS)
    assert bytes_of(running, cast, note.attachments[0]) == enclosures.voice()


def test_a_file_is_answered_in_place_once_it_is_here(running: Phone, filed: Filed) -> None:
    running.api.send_document(AMINA, b"%PDF-1.7 canary", "letter.pdf")
    running.sees(AMINA, "I kept the file for Dr Chen.")
    assert len(running.api.sent(AMINA)) == 1
    assert [one.code for one in came(running, filed)] == [Code.FILE]


def test_undo_takes_a_photo_out_of_view(running: Phone, cast: Cast, filed: Filed) -> None:
    running.api.send_photo(AMINA, enclosures.picture())
    asked = running.sees(AMINA, "Got the photo.")
    until(running, lambda: is_here(running, filed))
    (photo,) = came(running, filed)
    running.api.tap(AMINA, asked, "Undo")
    running.sees(AMINA, "❌ Removed the photo.")
    with pytest.raises(NotPermitted):
        bytes_of(running, cast, photo.attachments[0])
    assert len(came(running, filed)) == 1, "the history keeps it"


@pytest.mark.parametrize(
    "fault",
    [
        Fault.server_error(),
        Fault.too_many_requests(),
        Fault.silent_before(),
        Fault.garbled(),
    ],
    ids=["bad gateway", "too fast", "silent", "garbled"],
)
def test_trouble_on_the_way_is_tried_again(running: Phone, filed: Filed, fault: Fault) -> None:
    running.api.next("getFile", fault)
    running.api.send_photo(AMINA, enclosures.picture())
    running.sees(AMINA, "Got the photo.")
    until(running, lambda: is_here(running, filed))
    assert len(running.api.calls("getFile")) == 2
    assert len(running.api.sent(AMINA)) == 1


def test_thirty_megabytes_are_one_kind_sentence(running: Phone, filed: Filed) -> None:
    running.api.send_document(AMINA, bytes(30 << 20), "film.mp4")
    said = running.sees(AMINA, "That file is too large for me.")
    assert said.labels
    running.api.send_photo(AMINA, bytes(11 << 20), caption="128/82")
    running.sees(AMINA, "That photo is too large for me.")
    running.sees(AMINA, "128/82 noted")
    assert filed.standing() == ["128/82"]
    assert running.api.calls("getFile") == []


def test_what_is_no_picture_is_said_kindly(running: Phone, filed: Filed) -> None:
    running.api.send_photo(AMINA, b"\x89PNG\r\n\x1a\n" + enclosures.SVG)
    said = running.sees(AMINA, "I could not open that picture. Please send it as a photo.")
    assert said.labels == ["❓ Help", "☰ Menu"]
    (photo,) = came(running, filed)
    assert stage(running, photo.attachments[0]) is Stage.LOST


def test_a_file_that_is_gone_is_said_kindly(running: Phone, filed: Filed) -> None:
    running.api.send_photo(AMINA, enclosures.picture())
    running.api.state.files.clear()
    running.sees(AMINA, "I could not get your photo. Please send it once more.")


def test_for_whom_is_asked_before_it_belongs_to_anybody(
    phone: Phone, cast: Cast, clock: Clock, filed: Filed
) -> None:
    with phone.database.begin(True) as unit:
        mei, record = enrol_patient(
            unit, "Mei", language=Language.ENGLISH, zone="Asia/Shanghai", now=clock()
        )
        tie = offer_care(
            unit, record_id=record.id, person=cast.bela, tie=Tie.CAREGIVER, now=clock(),
            scopes=tuple(Scope), by_patient=False,
        )  # fmt: skip
        confirm_care(unit, tie, by=mei, now=clock())
    phone.link(cast.bela, BELA)
    with phone.on():
        phone.api.send_photo(BELA, enclosures.picture())
        asked = phone.sees(BELA, "For whom?")
        phone.api.tap(BELA, asked, "👤 Amina")
        phone.sees(BELA, "Got the photo.")
        until(phone, lambda: is_here(phone, filed))
    (photo,) = came(phone, filed)
    assert bytes_of(phone, cast, photo.attachments[0]).startswith(b"\xff\xd8")


def test_nothing_is_logged_of_it(
    running: Phone, filed: Filed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    running.api.send_document(AMINA, b"canary-in-a-file", "canary-of-a-name.pdf", caption="137/88")
    running.sees(AMINA, "137/88 noted")
    until(running, lambda: is_here(running, filed))
    for secret in ("canary", "137", running.api.token):
        assert secret not in caplog.text


def test_a_cuffs_table_is_shown_in_place_and_added(running: Phone, filed: Filed) -> None:
    table = b"Date,Time,Systolic,Diastolic,Pulse\n2026-03-01,08:10,128,82,70\n"
    running.api.send_document(AMINA, table, "Omron_Amina.csv", "text/csv")
    shown = running.sees(AMINA, "I found 1 reading, of 1 Mar. Add it?")
    assert len(running.api.sent(AMINA)) == 1
    running.api.tap(AMINA, shown, "Add")
    running.sees(AMINA, "✅ 1 reading added.")
    assert "128/82" in filed.standing()
