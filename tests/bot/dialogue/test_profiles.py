"""A patient without a phone has a record, and somebody who decides, until the patient does."""

import re
from pathlib import Path

import pytest

from records.chats import Chat, ChatChannel
from records.errors import NotPermitted, NotValid
from records.people import Basis, Person, Record, Scope, Tie
from records.policy import Action
from records.services.consenting import Wish, give_grant
from records.services.enrolling import confirm_care, offer_care
from records.services.helping import end_care, guardians_of, helpers_of
from records.services.linking import accept_help, invite_caregiver, link_chat
from records.services.managing import FULL_HELP, Profile, open_profile
from records.services.permitting import ask_policy
from records.services.viewing import open_record, records_of
from records.tracking import ChatId
from records.vocabulary import Code, Purpose, SegmentKind
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
from tests.cast import Cast

SIGNS = frozenset({SegmentKind.PHYSICAL_SIGNS})


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough for what is said."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture
def mei(database: Database, cast: Cast) -> tuple[Person, Record]:
    """Mei, who has no phone; Bela decides for her."""
    with database.begin(True) as unit:
        patient, record, _ = open_profile(
            unit,
            Profile("Mei", "female", "1950"),
            basis=Basis.ASKED,
            by=cast.bela,
            now=database.clock(),
        )
    return patient, record


@pytest.fixture
def meis(database: Database, mei: tuple[Person, Record], cast: Cast) -> Filed:
    """What stands in Mei's record."""
    other = Filed(database, cast)
    other.record = mei[1].id
    return other


def payload_in(text: str) -> str:
    """Return the payload of the link in a card."""
    return re.findall(r"[ft]_[A-Za-z0-9_-]{43}", text)[0]


def test_a_record_is_begun_in_two_messages_and_four_taps(
    bela: Talk, database: Database, cast: Cast
) -> None:
    bela.say("family")
    assert bela.tap("For somebody without a phone").text == (
        "I can keep a record for somebody without a phone. What is the name?"
    )
    assert bela.say("Wong Mei").text == "Is Wong Mei a woman or a man?"
    assert bela.tap("Woman").text.startswith("In which year was Wong Mei born?")
    assert bela.say("1950").text == "You will decide for Wong Mei. Why may you?"
    assert labels(bela.last) == ["They asked me to", "I am the guardian by law", "Stop"]
    assert bela.tap("They asked me to").text.startswith("✅ Wong Mei has a record now.")
    assert bela.say("Mei 128/82").text.startswith("👤 Wong Mei ✅ 128/82 noted")
    with database.begin(False) as unit:
        now = database.clock()
        mine = records_of(unit, by=cast.bela, now=now, ties=[Tie.CAREGIVER])
        (one,) = (tied for tied in mine if tied.patient.name == "Wong Mei")
        view = open_record(unit, one.record.id, by=cast.bela, now=now)
        told = {o.code: o.value for s in view.segments for o in s.standing if o.value}
    assert (told[Code.SEX], told[Code.BIRTH_DATE]) == ("female", "1950")
    assert one.relationship.basis is Basis.ASKED
    assert Scope.GUARDIAN in one.relationship.scopes


def test_what_is_not_told_is_left_open(bela: Talk, database: Database) -> None:
    bela.say("family")
    bela.tap("For somebody without a phone")
    bela.say("Mei")
    bela.tap("Skip")
    bela.tap("Skip")
    assert bela.tap("I am the guardian by law").text.startswith("✅ Mei has a record now.")


def test_the_questions_never_block_a_reading(bela: Talk, filed: Filed) -> None:
    bela.say("family")
    bela.tap("For somebody without a phone")
    bela.say("128/82")
    assert filed.standing() == ["128/82"]
    assert bela.say("Mei").text == "Is Mei a woman or a man?"
    bela.say("7.2")
    bela.tap("Woman")
    assert "Something came between. Shall we start again?" in [one.text for one in bela.lines]


def test_the_last_who_decides_cannot_leave_before_naming_another(
    bela: Talk, database: Database, cast: Cast, mei: tuple[Person, Record]
) -> None:
    bela.say("👤 Mei")
    bela.say("family")
    line = bela.tap("Stop helping Mei")
    assert line.text == (
        "Nobody else decides for Mei yet.\nName another first, or let Mei take over."
    )
    with database.begin(True) as unit, pytest.raises(NotValid):
        (tie,) = guardians_of(unit, mei[1].id, database.clock())
        end_care(unit, tie.id, record_id=mei[1].id, by=cast.bela, now=database.clock())
    payload = payload_in(bela.tap("Name another to decide").text)
    dara = bela.desk.talk(cast.dara)
    assert dara.say(payload).text.startswith("Will you decide for Mei? You may: send numbers ✔")
    dara.tap("Accept")
    assert bela.last.text == "Dr Dara can now help you."
    bela.say("family")
    assert bela.tap("Stop helping Mei").text.startswith("👌 You have stopped helping Mei.")
    with database.begin(False) as unit:
        (left,) = guardians_of(unit, mei[1].id, database.clock())
    assert left.person == cast.dara.id


def test_the_patient_takes_over_and_then_decides(
    bela: Talk, database: Database, mei: tuple[Person, Record], meis: Filed
) -> None:
    bela.say("Mei 128/82")
    bela.say("family")
    line = bela.tap("Mei has a phone now")
    assert line.text.startswith("Open this on Mei's phone. It works once, for 24 hours.")
    with database.begin(True) as unit:
        chat = Chat(ChatId("9" * 32), ChatChannel.TELEGRAM, "9", mei[0].language)
        link_chat(unit, chat, payload_in(line.text), now=database.clock())
    assert bela.last.text == "Mei has a chat now and decides alone. You still help."
    with database.begin(False) as unit:
        now = database.clock()
        assert guardians_of(unit, mei[1].id, now) == ()
        (helper,) = helpers_of(unit, mei[1].id, now)
        record = unit.records.record(mei[1].id)
        may = [
            ask_policy(unit, Action.CHOOSE_HELP, by=who, record=record, now=now).allowed
            for who in (mei[0], bela.person)
        ]
    assert (helper.ends is not None, may) == (True, [True, False])
    assert bela.say("130/82").text.startswith("👤 Mei ✅ 130/82")
    assert meis.standing()[-1] == "130/82"


def test_who_decides_shares_with_the_doctor_who_treats_and_it_is_noted(
    bela: Talk, database: Database, cast: Cast, mei: tuple[Person, Record]
) -> None:
    now = database.clock()
    wish = Wish(SIGNS, Purpose.TREATMENT, None, person=cast.chen.id)
    with database.begin(True) as unit, pytest.raises(NotValid):
        give_grant(unit, wish, record_id=mei[1].id, by=cast.bela, now=now)
    with database.begin(True) as unit:
        offered = offer_care(
            unit, record_id=mei[1].id, person=cast.chen, tie=Tie.DOCTOR, now=now, by_patient=False
        )
        confirm_care(unit, offered, by=cast.bela, now=now)
    bela.say("Mei 128/82")
    bela.say("share")
    bela.tap("Share with a doctor")
    bela.tap("Only my numbers")
    bela.tap("1 month")
    bela.tap("Yes, share this")
    with database.begin(True) as unit:
        (grant,) = unit.grants.of_record(mei[1].id)
        seen = open_record(unit, mei[1].id, by=cast.chen, now=database.clock())
    assert (grant.given_by, grant.person) == (cast.bela.id, cast.chen.id)
    assert [str(one.code) for s in seen.segments for one in s.standing] == ["bp"]


def test_who_decides_releases_nothing_to_others(
    database: Database, cast: Cast, mei: tuple[Person, Record]
) -> None:
    wish = Wish(SIGNS, Purpose.RESEARCH, None, organisation=cast.institute.id)
    with database.begin(True) as unit, pytest.raises(NotPermitted):
        give_grant(unit, wish, record_id=mei[1].id, by=cast.bela, now=database.clock())


def test_the_clinic_only_stands_in_until_the_family_decides(
    bela: Talk, database: Database, cast: Cast
) -> None:
    now = database.clock()
    with database.begin(True) as unit:
        _, record, stand_in = open_profile(
            unit, Profile("Lee"), basis=Basis.ASKED, by=cast.chen, now=now
        )
        assert (stand_in.basis, stand_in.scopes) == (Basis.CLINIC, {Scope.GUARDIAN})
        for action in (Action.READ_SEGMENT, Action.GIVE_GRANT, Action.FILE_OBSERVATION):
            found = ask_policy(unit, action, by=cast.chen, record=record, now=now)
            assert not found.allowed, action
        link = invite_caregiver(unit, record.id, by=cast.chen, now=now, scopes=FULL_HELP)
    assert bela.say(link).text.startswith("Will you decide for Lee?")
    bela.tap("Accept")
    with database.begin(False) as unit:
        (guardian,) = guardians_of(unit, record.id, database.clock())
        (mine,) = records_of(unit, by=cast.chen, now=database.clock(), ties=[Tie.DOCTOR])[1:]
    assert (guardian.person, guardian.basis) == (cast.bela.id, Basis.ASKED)
    assert mine.record.id == record.id


def test_only_who_decides_lets_another_decide(database: Database, cast: Cast) -> None:
    with database.begin(True) as unit, pytest.raises(NotPermitted):
        invite_caregiver(
            unit, cast.record.id, by=cast.amina, now=database.clock(), scopes=FULL_HELP
        )
    with database.begin(True) as unit, pytest.raises(NotPermitted):
        invite_caregiver(unit, cast.record.id, by=cast.bela, now=database.clock())


def test_who_helps_already_comes_to_decide_without_a_second_tie(
    database: Database, cast: Cast, mei: tuple[Person, Record]
) -> None:
    now = database.clock()
    with database.begin(True) as unit:
        for scopes in ({Scope.RECORD}, FULL_HELP):
            link = invite_caregiver(unit, mei[1].id, by=cast.bela, now=now, scopes=scopes)
            accept_help(unit, link, by=cast.dara, now=now)
        ties = [one for one in helpers_of(unit, mei[1].id, now) if one.person == cast.dara.id]
    assert [one.scopes for one in ties] == [FULL_HELP]
