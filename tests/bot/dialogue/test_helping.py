"""A patient chooses who helps, with what and for how long; what is not given is refused."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from records.people import Scope
from records.services.helping import choose_help, helpers_of
from records.services.viewing import open_record
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
from tests.cast import Cast


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough for what is said."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture
def dara(bela: Talk, cast: Cast) -> Talk:
    """Somebody who does not help Amina yet."""
    return bela.desk.talk(cast.dara)


def link_in(text: str) -> str:
    """Return the payload of the link in a card."""
    return re.findall(r"f_[A-Za-z0-9_-]{43}", text)[0]


def let(database: Database, cast: Cast, *scopes: Scope) -> None:
    """Let Bela do exactly this."""
    with database.begin(True) as unit:
        (tie,) = helpers_of(unit, cast.record.id, database.clock())
        choose_help(
            unit, tie.id, scopes, record_id=cast.record.id, by=cast.amina, now=database.clock()
        )


def test_the_patient_chooses_what_a_link_lets_its_finder_do(
    amina: Talk, dara: Talk, database: Database, cast: Cast
) -> None:
    line = amina.say("family")
    assert line.text.startswith("Send this to your helper. It works once, for 24 hours.\nhttps://")
    assert labels(line)[:4] == [
        "✔ Send numbers",
        "✔ See numbers",
        "✔ Answer orders",
        "✘ Urgent news",
    ]
    before = len(amina.lines)
    amina.tap("✔ See numbers")
    changed = amina.tap("✔ Answer orders")
    assert (changed.text, len(amina.lines)) == (line.text, before)
    assert labels(changed)[:4] == [
        "✔ Send numbers",
        "✘ See numbers",
        "✘ Answer orders",
        "✘ Urgent news",
    ]
    assert labels(amina.tap("✔ Send numbers")) == labels(changed), "one thing must be left"
    asked = dara.say(link_in(changed.text))
    assert asked.text == "Amina asks you to help. You may: send numbers ✔"
    dara.tap("Accept")
    with database.begin(False) as unit:
        new = helpers_of(unit, cast.record.id, database.clock())[-1]
    assert (new.person, new.scopes) == (cast.dara.id, {Scope.RECORD})
    assert new.ends == new.since + timedelta(days=365)


def test_the_patient_changes_later_what_a_helper_may_do(
    amina: Talk, bela: Talk, database: Database, cast: Cast
) -> None:
    bela.start()
    amina.say("family")
    line = amina.tap("👤 Bela")
    assert line.text == (
        "Bela may: send numbers ✔ see numbers ✔ answer orders ✔\nIt lasts until Tue 23 Nov 2027."
    )
    line = amina.tap("✔ See numbers")
    assert line.text.startswith("Bela may: send numbers ✔ answer orders ✔\n")
    assert bela.last.text == ("Amina has changed what you may do: send numbers ✔ answer orders ✔")
    assert bela.say("my numbers").text == (
        "Amina has not let you see the numbers.\nAmina can allow it: Menu, Family."
    )


def test_who_may_not_send_is_told_kindly_and_nothing_is_stored(
    bela: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    let(database, cast, Scope.SEE)
    for words in ("128/82", "7.2", "I feel tired", "mum 128/82", "82/128"):
        assert bela.say(words).text == (
            "Amina has not let you send numbers. Nothing was stored.\n"
            "Amina can allow it: Menu, Family."
        )
        assert labels(bela.last) == ["☰ Menu"]
    bela.say("💊 Medicine")
    assert "Nothing was stored." in bela.tap("Taken").text
    assert filed.all() == []


def test_who_may_not_send_is_still_told_what_to_do_at_once(
    bela: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    let(database, cast, Scope.SEE)
    bela.say("186/112")
    assert "186/112 is very high." in bela.lines[-2].text
    bela.say("chest pain")
    assert "Please call 999 now." in bela.lines[-2].text
    assert filed.all() == []
    bela.tap("Call a family member")


def test_who_may_not_see_is_shown_no_number_of_others(
    amina: Talk, bela: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    let(database, cast, Scope.RECORD)
    amina.say("138/85")
    line = bela.say("132/82")
    assert "Average" not in line.text
    assert "138" not in bela.say("today").text
    with database.begin(True) as unit:
        assert open_record(unit, cast.record.id, by=cast.bela, now=database.clock()).kinds == set()
    assert bela.say("190/80").text.startswith("👤 Amina ⚠️ 190/80 is very high.")
    assert len(filed.standing()) == 3


def test_a_helpers_entry_carries_who_told_it(bela: Talk, cast: Cast, filed: Filed) -> None:
    bela.say("128/82")
    assert [(one.informant, one.author) for one in filed.all()] == [(cast.bela.id, cast.bela.id)]


def test_help_ends_by_itself_after_a_year(bela: Talk, filed: Filed) -> None:
    bela.desk.clock.pass_(days=364)
    assert bela.say("128/82").text.startswith("👤 Amina ✅")
    bela.desk.clock.pass_(days=1)
    assert bela.say("130/80").text == "You no longer help Amina. Nothing was stored."
    assert filed.standing() == ["128/82"]


def test_help_is_asked_for_anew_with_one_tap(amina: Talk, bela: Talk) -> None:
    amina.desk.clock.pass_(days=300)
    amina.say("family")
    amina.tap("👤 Bela")
    assert amina.tap("A year from today").text.endswith("It lasts until Mon 18 Sep 2028.")
    bela.desk.clock.pass_(days=100)
    assert bela.say("128/82").text.startswith("👤 Amina ✅")


def test_a_helper_leaves_with_one_tap(amina: Talk, bela: Talk, filed: Filed) -> None:
    amina.start()
    assert bela.say("family").text == (
        "You help Amina: send numbers ✔ see numbers ✔ answer orders ✔\n"
        "It lasts until Tue 23 Nov 2027."
    )
    assert bela.tap("Stop helping Amina").text == (
        "👌 You have stopped helping Amina. Old messages stay in this chat."
    )
    assert amina.last.text == "Bela no longer helps you. Old messages stay in that person's chat."
    assert bela.say("128/82").text == "You no longer help Amina. Nothing was stored."
    assert filed.all() == []


def test_the_patient_ends_help_with_one_tap(amina: Talk, bela: Talk) -> None:
    bela.start()
    amina.say("family")
    assert amina.tap("Remove: Bela").text == (
        "Bela no longer helps you. Old messages stay in that person's chat."
    )
    assert bela.last.text == "You no longer help Amina. Old messages stay in this chat."


def test_a_link_is_good_once_for_a_day_and_not_for_oneself(amina: Talk, dara: Talk) -> None:
    payload = link_in(amina.say("family").text)
    assert amina.say(payload).text == "That is you."
    assert dara.say(payload).text.startswith("Amina asks you to help.")
    dara.tap("No")
    dara.say(payload)
    dara.tap("Accept")
    assert dara.say(payload).text == "This link was used already. Ask for a new one."
    late = link_in(amina.say("family").text)
    amina.desk.clock.pass_(hours=24)
    assert dara.say(late).text == "This link has expired. Ask for a new one."
    assert labels(dara.last) == ["I have a code"]


def test_an_urgent_value_reaches_the_helper_only_if_the_patient_agreed(
    amina: Talk, bela: Talk
) -> None:
    bela.start()
    amina.say("186/112")
    assert bela.last.text.startswith("Hello.")
    amina.say("family")
    amina.tap("👤 Bela")
    amina.tap("✘ Urgent news")
    amina.desk.clock.now = amina.desk.clock.now.replace(hour=19)  # three at night in Amina's zone
    amina.say("187/112")
    assert bela.last.text == "⚠️ Amina: 187/112. Please call Amina now."
    assert labels(bela.last) == ["👌 I will call"]
    amina.say("chest pain")
    assert bela.last.text == "⚠️ Amina: feeling: chest pain. Please call Amina now."
    before = len(bela.lines)
    amina.say("128/82")
    amina.say("keep this private: 188/112")
    assert len(bela.lines) == before


def test_who_may_not_see_is_told_of_something_urgent_without_the_number(
    amina: Talk, bela: Talk, database: Database, cast: Cast
) -> None:
    bela.start()
    let(database, cast, Scope.RECORD, Scope.URGENT)
    amina.say("186/112")
    assert bela.last.text == "⚠️ Amina sent something urgent. Please call Amina now."


def test_who_told_the_urgent_value_is_not_told_of_it(
    bela: Talk, database: Database, cast: Cast
) -> None:
    let(database, cast, Scope.RECORD, Scope.URGENT)
    bela.say("186/112")
    assert bela.last.text.startswith("👤 Amina ⚠️ 186/112 is very high.")
