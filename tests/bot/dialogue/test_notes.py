"""A doctor's note reaches the chat, and the patient says something to it there."""

import pytest

from records.observations import Channel, Observation, Status
from records.segments import Segment
from records.services.describing import write_note
from records.tracking import TrackingId
from records.vocabulary import Code, Language
from records.wording.notes import CUT, note_card
from storage.database import Database
from storage.lines import web_lines
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast, Clock

NOTE = "Pain in the right arm."


@pytest.fixture
def note(database: Database, cast: Cast, clock: Clock, amina: Talk) -> TrackingId:
    """A note of Dr Chen's about Amina, who is in her chat."""
    amina.start()
    return written(database, cast, clock)


def written(database: Database, cast: Cast, clock: Clock, text: str = NOTE) -> TrackingId:
    with database.begin(True) as unit:
        return write_note(unit, text, record_id=cast.record.id, by=cast.chen, now=clock())


def segment_of(database: Database, note: TrackingId) -> Segment:
    with database.begin(False) as unit:
        return unit.segments.segment(note)


def beside(database: Database, note: TrackingId) -> list[str]:
    """Return what stands beside a note, the note itself left out."""
    return [str(one.value) for one in segment_of(database, note).standing[1:]]


def told_by_the_patient(filed: Filed) -> list[Code]:
    """Return the codes of what counts, the doctor's note left out."""
    counts = (one for one in filed.all() if one.status is not Status.ENTERED_IN_ERROR)
    return [one.code for one in counts if one.code is not Code.DOCTOR_NOTE]


def test_words_to_a_note_are_kept_beside_it_and_taken_back(
    amina: Talk, database: Database, note: TrackingId, filed: Filed, cast: Cast, desk: Desk
) -> None:
    desk.talk(cast.chen).start()
    assert amina.last.text == f"📝 Dr Chen wrote a note: {NOTE}"
    assert labels(amina.last) == ["✍️ Comment", "☰ Menu"]
    assert amina.tap("✍️ Comment").text.startswith("✍️ What do you want to say to this note?")
    said = amina.say("It was my left arm.")
    assert said.text == "✍️ Kept beside the note. Whoever reads the note reads it too."
    assert beside(database, note) == ["It was my left arm."]
    comment = segment_of(database, note).standing[1]
    assert (comment.code, comment.channel) == (Code.PATIENT_COMMENT, Channel.CHAT)
    told = web_lines(database, cast.chen.id, 5)[-1].text
    assert told == "✍️ Amina writes to your note: It was my left arm."
    assert told_by_the_patient(filed) == [Code.PATIENT_COMMENT]
    assert amina.tap("Undo").text.startswith("❌ Taken back.")
    assert beside(database, note) == []
    assert amina.tap("Put back").text == said.text
    assert beside(database, note) == ["It was my left arm."]


def test_undo_lets_earlier_words_stand_again(
    amina: Talk, database: Database, note: TrackingId
) -> None:
    amina.tap("✍️ Comment")
    amina.say("Not so bad.")
    amina.tap("✏️ Say it differently")
    amina.say("It was my left arm.")
    assert beside(database, note) == ["It was my left arm."]
    amina.tap("Undo")
    assert beside(database, note) == ["Not so bad."]


def test_undo_in_words_takes_the_words_back_and_no_reading(
    amina: Talk, database: Database, note: TrackingId, filed: Filed
) -> None:
    amina.say("128/82")
    amina.tap("✍️ Comment")
    amina.say("It was my left arm.")
    assert amina.say("undo").text.startswith("❌ Taken back.")
    assert beside(database, note) == []
    assert told_by_the_patient(filed) == [Code.BLOOD_PRESSURE]


def test_a_button_of_words_that_were_changed_meanwhile_does_nothing(
    amina: Talk, database: Database, note: TrackingId
) -> None:
    amina.tap("✍️ Comment")
    first = amina.say("Not so bad.")
    amina.tap("✏️ Say it differently")
    amina.say("It was my left arm.")
    (undo,) = (one for row in first.rows for one in row if one.label == "Undo")
    amina.post({"kind": "tap", "token": undo.token})
    amina.desk.work()
    assert beside(database, note) == ["It was my left arm."]


def test_numbers_are_a_reading_and_the_question_waits(
    amina: Talk, database: Database, note: TrackingId, filed: Filed
) -> None:
    amina.tap("✍️ Comment")
    assert "128/82" in amina.say("128/82").text
    assert told_by_the_patient(filed) == [Code.BLOOD_PRESSURE]
    assert beside(database, note) == []
    amina.say("It was my left arm.")
    assert beside(database, note) == ["It was my left arm."]


def test_too_many_words_are_asked_for_again_and_no_answer_is_no_comment(
    amina: Talk, database: Database, note: TrackingId
) -> None:
    amina.tap("✍️ Comment")
    assert amina.say("left arm " * 300).text.startswith("That is too long")
    amina.say("It was my left arm.")
    assert beside(database, note) == ["It was my left arm."]
    amina.tap("✏️ Say it differently")
    assert amina.tap("Back").text == f"📝 Dr Chen wrote a note: {NOTE}"
    amina.say("I walked in the park")
    assert beside(database, note) == ["It was my left arm."]


def test_a_warning_word_to_a_note_is_answered_as_one(
    amina: Talk, database: Database, note: TrackingId
) -> None:
    amina.tap("✍️ Comment")
    assert "999" in amina.say("I have chest pain right now").text
    assert beside(database, note) == ["I have chest pain right now"]


def test_a_chat_that_may_not_say_all_shows_a_note_only_when_asked(
    amina: Talk, database: Database, note: TrackingId
) -> None:
    told: Observation = segment_of(database, note).observations[0]
    closed = note_card(told.id, doctor="Dr Chen", text=NOTE, language=Language.ENGLISH, full=False)
    assert closed.text == "📝 Your doctor wrote a note about you."
    with database.begin(True) as unit:
        (chat,) = unit.chats.of_person(amina.person.id)
        unit.outbox.send(chat.id, closed)
    assert amina.tap("Show it here").text == f"📝 Dr Chen wrote a note: {NOTE}"
    assert labels(amina.last) == ["✍️ Comment", "☰ Menu"]


def test_of_a_long_note_the_beginning_is_shown_with_the_way_to_the_rest(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.start()
    written(database, cast, clock, "Walk more. " * 100)
    assert len(amina.last.text) < CUT + 40
    assert labels(amina.last) == ["✍️ Comment", "🌐 Open the site"]


def test_nobody_else_says_anything_to_it(
    amina: Talk, bela: Talk, database: Database, note: TrackingId
) -> None:
    bela.start()
    told = segment_of(database, note).observations[0]
    card = note_card(told.id, doctor="Dr Chen", text=NOTE, language=Language.ENGLISH, full=False)
    open_ = note_card(told.id, doctor="Dr Chen", text="", language=Language.ENGLISH, full=True)
    with database.begin(True) as unit:
        (chat,) = unit.chats.of_person(bela.person.id)
        unit.outbox.send(chat.id, card)
        unit.outbox.send(chat.id, open_)
    for label in ("Show it here", "✍️ Comment"):
        assert NOTE not in bela.tap(label).text
        bela.say("It was her left arm.")
    assert beside(database, note) == []


def test_in_chinese(amina: Talk, database: Database, cast: Cast, clock: Clock) -> None:
    amina.start()
    amina.say("language")
    amina.tap("中文")
    note = written(database, cast, clock)
    assert amina.last.text == f"📝 Dr Chen 写了一条记录：{NOTE}"
    amina.tap("✍️ 说说看法")
    assert amina.say("是左手臂。").text == "✍️ 已放在这条记录旁边。看到记录的人也会看到。"
    assert beside(database, note) == ["是左手臂。"]
    assert amina.tap("撤销").text == "❌ 已收回。这条记录旁边没有您的话了。"
