"""A caregiver speaks of one patient, or of two, and never of the wrong one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from records.observations import Channel
from records.people import USUAL_HELP, Person, Tie
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.helping import end_care
from records.services.intake import Draft, file_observations
from records.tracking import RecordId
from records.vocabulary import Code, Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import ZONE, Cast

Look = Callable[[], list[str]]


@pytest.fixture
def omar(database: Database, cast: Cast) -> tuple[Person, RecordId]:
    """A second patient whom Bela helps, a man."""
    now = database.clock()
    with database.begin(True) as unit:
        person, record = enrol_patient(unit, "Omar", language=Language.ENGLISH, zone=ZONE, now=now)
        sexes = ((cast.amina, cast.record.id, "female"), (person, record.id, "male"))
        for patient, record_id, sex in sexes:
            drafts = [Draft(Code.SEX, now, value=sex)]
            file_observations(
                unit, drafts, record_id=record_id, by=patient, channel=Channel.FORM, now=now
            )
        offered = offer_care(
            unit,
            record_id=record.id,
            person=cast.bela,
            tie=Tie.CAREGIVER,
            now=now,
            scopes=USUAL_HELP,
            by_patient=True,
        )
        confirm_care(unit, offered, by=cast.bela, now=now)
    return person, record.id


@pytest.fixture
def omars(database: Database, omar: tuple[Person, RecordId], cast: Cast) -> Filed:
    """What stands in Omar's record."""
    other = Filed(database, cast)
    other.record = omar[1]
    return other


def test_with_one_person_each_reply_begins_with_the_name(bela: Talk, filed: Filed) -> None:
    line = bela.say("128/82")
    assert line.text == "👤 Amina ✅ 128/82 noted, 12:00. On target."
    assert labels(line) == ["Undo"]
    assert filed.standing() == ["128/82"]
    assert filed.all()[0].author == bela.person.id


def test_an_unclear_line_is_held_until_the_person_is_chosen(
    bela: Talk, filed: Filed, omars: Filed
) -> None:
    line = bela.say("128/82")
    assert (line.text, labels(line)) == ("For whom?", ["👤 Amina", "👤 Omar"])
    assert (filed.standing(), omars.standing()) == ([], [])
    assert bela.tap("👤 Omar").text.startswith("👤 Omar ✅ 128/82 noted")
    assert (filed.standing(), omars.standing()) == ([], ["128/82"])


def test_the_choice_stays_until_it_is_changed(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("Omar 128/82")
    bela.say("130/80")
    assert (filed.standing(), omars.standing()) == ([], ["128/82", "130/80"])


@pytest.mark.parametrize("words", ["dad 135/85", "爸135/85", "135/85 for dad", "Omar: 135/85"])
def test_the_name_or_kinship_in_the_line_wins(
    bela: Talk, filed: Filed, omars: Filed, words: str
) -> None:
    bela.say("mum 120/70")
    bela.say(words)
    assert (filed.standing(), omars.standing()) == (["120/70"], ["135/85"])


def test_a_key_with_a_name_switches(bela: Talk, omars: Filed) -> None:
    line = bela.start()
    assert line.text.startswith("Hello.")
    bela.say("👤 Omar")
    assert bela.last.text == "Now for Omar."
    assert bela.last.keys[0] == ("👤 Amina", "👤 Omar ✓")


def test_not_the_one_meant_moves_the_reading(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("mum 128/82")
    assert labels(bela.last) == ["Undo", "Not Amina?"]
    assert bela.tap("Not Amina?").text.startswith("👤 Omar ✅ 128/82 noted")
    assert (filed.standing(), omars.standing()) == ([], ["128/82"])


def test_after_six_hours_the_chat_asks_again(bela: Talk, omars: Filed) -> None:
    bela.say("Omar 128/82")
    bela.desk.clock.pass_(hours=7)
    assert bela.say("130/80").text == "For whom?"


def test_somebody_who_no_longer_helps_stores_nothing(
    bela: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    bela.say("128/82")
    with database.begin(True) as unit:
        (tie,) = (
            one
            for one in unit.relationships.of_record(cast.record.id)
            if one.person == cast.bela.id
        )
        end_care(unit, tie.id, record_id=cast.record.id, by=cast.amina, now=database.clock())
    assert bela.say("140/90").text == "You no longer help Amina. Nothing was stored."
    assert filed.standing() == ["128/82"]
    assert bela.tap("Undo").text.startswith("I can't do that here.")


def test_a_doctor_is_shown_the_way_to_the_site(bela: Talk, cast: Cast) -> None:
    chen = bela.desk.talk(cast.chen)
    assert chen.say("128/82").text.startswith("Your account keeps no record of its own.")


def test_every_line_that_waits_is_filed_with_its_own_time(
    bela: Talk, filed: Filed, omars: Filed
) -> None:
    bela.say("138/85")
    bela.desk.clock.pass_(minutes=2)
    line = bela.say("132/82")
    assert line.text == "For whom?\n2 messages wait for this."
    bela.desk.clock.pass_(hours=13)
    bela.tap("👤 Omar")
    assert (filed.standing(), omars.standing()) == ([], ["138/85", "132/82"])
    first, second = (one.effective for one in omars.all()[-2:])
    assert (second - first).total_seconds() == 125
    assert bela.desk.clock() - second > timedelta(hours=12)


def test_a_line_in_between_leaves_what_waits_waiting(
    bela: Talk, filed: Filed, omars: Filed
) -> None:
    bela.say("138/85")
    bela.say("Omar 7.2")
    assert bela.last.text == "👤 Omar 🩸 7.2 noted. When was it?"
    bela.tap("Fasting")
    bela.tap("👤 Amina")
    assert (filed.standing(), omars.standing()) == (["138/85"], ["glucose 7.2 fasting"])


def test_what_waits_outlives_a_restart(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("138/85")
    later = Desk(bela.desk.database, bela.desk.clock).talk(bela.person)
    assert later.say("mum").text.startswith("👤 Amina ✅ 138/85 noted")
    assert (filed.standing(), omars.standing()) == (["138/85"], [])


def test_a_line_that_waits_can_be_edited(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("138/85", key="1")
    bela.say("120/70", key="2")
    assert bela.edit("1", "137/85").text == "For whom?\n2 messages wait for this."
    bela.edit("2", "dad 121/70")
    assert omars.standing() == ["121/70"]
    bela.tap("👤 Amina")
    assert (filed.standing(), omars.standing()) == (["137/85"], ["121/70"])


def test_after_a_tap_on_a_name_nothing_is_asked(bela: Talk, omars: Filed) -> None:
    bela.say("mum 128/82")
    bela.desk.clock.pass_(hours=7)
    bela.say("👤 Omar")
    assert bela.say("130/80").text.startswith("👤 Omar ✅ 130/80 noted")
    assert omars.standing() == ["130/80"]


def test_a_word_of_danger_is_answered_before_it_is_asked_for_whom(
    bela: Talk, filed: Filed, omars: Filed
) -> None:
    bela.say("chest pain")
    assert [one.text.partition(".")[0] for one in bela.lines] == [
        "📞 Please call 999 now",
        "For whom?",
    ]
    assert "I have told" not in bela.lines[0].text
    bela.tap("👤 Omar")
    assert omars.standing() == ["symptom chest pain red_flag"]


def test_one_line_may_tell_of_both(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("mum 128/82, dad 135/85", key="1")
    assert (filed.standing(), omars.standing()) == (["128/82"], ["135/85"])
    bela.edit("1", "mum 129/82")
    assert (filed.standing(), omars.standing()) == (["129/82"], [])


def test_an_edit_may_be_for_another(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("mum 128/82", key="1")
    bela.edit("1", "dad 128/82")
    assert (filed.standing(), omars.standing()) == ([], ["128/82"])
    bela.edit("1", "dad 129/82")
    assert omars.standing() == ["129/82"]
    assert len([one for one in omars.all() if one.components]) == 1


def test_an_edit_without_a_name_stays_where_it_was(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("mum 128/82", key="1")
    bela.say("👤 Omar")
    assert bela.edit("1", "129/82").text.startswith("👤 Amina ✏️ Changed to 129/82.")
    assert (filed.standing(), omars.standing()) == (["129/82"], [])


def test_what_is_moved_keeps_its_time_and_its_history(
    bela: Talk, database: Database, filed: Filed, omars: Filed
) -> None:
    bela.say("mum 8:30 128/82")
    bela.desk.clock.pass_(hours=5)
    bela.tap("Not Amina?")
    (before,), (after,) = filed.all(), [one for one in omars.all() if one.components]
    assert before.status == "entered_in_error"
    assert (after.effective, after.informant, after.channel) == (
        before.effective,
        bela.person.id,
        before.channel,
    )
    bela.tap("Not Omar?")
    assert (filed.standing(), omars.standing()) == (["128/82"], [])
    assert [one.status for one in filed.all()] == ["entered_in_error", "final"]


def test_a_word_that_fits_nobody_asks_and_may_be_for_somebody_else(
    bela: Talk, filed: Filed, omars: Filed
) -> None:
    bela.say("mum 120/70")
    bela.say("sister 128/82")
    assert labels(bela.last) == ["👤 Amina", "👤 Omar", "Somebody else"]
    assert bela.tap("Somebody else").text == "👌 OK. I kept nothing of this."
    assert (filed.standing(), omars.standing()) == (["120/70"], [])


def test_who_is_helped_no_more_is_not_mistaken_for_another(
    bela: Talk, database: Database, cast: Cast, filed: Filed, omars: Filed
) -> None:
    bela.say("mum 128/82")
    with database.begin(True) as unit:
        (tie,) = (
            one
            for one in unit.relationships.of_record(cast.record.id)
            if one.person == cast.bela.id
        )
        end_care(unit, tie.id, record_id=cast.record.id, by=cast.amina, now=database.clock())
    assert bela.last.text == "You no longer help Amina. Old messages stay in this chat."
    assert bela.say("129/82").text == "You no longer help Amina. Nothing was stored."
    assert bela.say("mum 129/82").text == "You no longer help Amina. Nothing was stored."
    assert bela.say("130/80").text.startswith("👤 Omar ✅ 130/80 noted")
    assert (filed.standing(), omars.standing()) == (["128/82"], ["130/80"])


def test_she_and_he_are_whom_they_fit(bela: Talk, filed: Filed, omars: Filed) -> None:
    bela.say("her bp is 128/82")
    bela.say("他血压135/85")
    assert (filed.standing(), omars.standing()) == (["128/82"], ["135/85"])


@pytest.mark.parametrize("words", ["her bp is 128/82", "she has 128/82", "老人家 128/82"])
def test_with_one_person_she_is_that_person(bela: Talk, filed: Filed, words: str) -> None:
    assert bela.say(words).text.startswith("👤 Amina ✅ 128/82 noted")
    assert filed.standing() == ["128/82"]
