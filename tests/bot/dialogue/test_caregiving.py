"""A caregiver speaks of one patient, or of two, and never of the wrong one."""

from collections.abc import Callable

import pytest

from records.observations import Channel
from records.people import Person, Scope, Tie
from records.services.enrolling import confirm_care, end_care, enrol_patient, offer_care
from records.services.intake import Draft, file_observations
from records.tracking import RecordId
from records.vocabulary import Code, Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
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
            scopes=tuple(Scope),
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
