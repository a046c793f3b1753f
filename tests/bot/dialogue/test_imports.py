"""A cuff's table sent to the chat: shown first, added once, and taken back by one tap."""

from dataclasses import replace

import pytest

from records.attachments import Cleaned, Media
from records.observations import Channel
from records.services.helping import end_care
from records.services.posting import Line
from records.tracking import AttachmentId, fresh
from records.vocabulary import Code, Language
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.database import Database
from storage.keys import KeyStore
from storage.stores import open_store
from storage.worker import Worker
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
from tests.cast import Cast, Clock

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HEAD = "Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm)\n"


def table(*rows: str) -> bytes:
    return (HEAD + "".join(f"{row}\n" for row in rows)).encode()


THREE = table(
    "2026-03-01,08:10,128,82,70", "2026-03-02,08:12,131,84,72", "2026-04-30,20:01,126,80,69"
)


def send(talk: Talk, content: bytes, caption: str = "") -> Line:
    attachment = AttachmentId(fresh())
    with talk.desk.database.begin(True) as unit:
        unit.attachments.put(attachment, Cleaned(Media.FILE, content), talk.person.id)
    now = talk.desk.clock().isoformat()
    said = {"kind": "file", "attachment": attachment, "media": Media.FILE, "text": caption}
    talk.post({**said, "sent": now})
    talk.desk.work()
    talk.desk.clock.pass_(seconds=90)
    return talk.last


def counted(filed: Filed) -> list[str]:
    return sorted(one for one in filed.standing() if not one.startswith("file"))


def test_what_was_found_is_shown_and_added_by_a_tap(amina: Talk, filed: Filed) -> None:
    shown = send(amina, THREE)
    assert shown.text == "📄 I found 3 readings from 1 Mar to 30 Apr. Add them?"
    assert labels(shown) == ["Add", "No"]
    assert counted(filed) == []
    said = amina.tap("Add")
    assert said.text == "✅ 3 readings added."
    pulses = ["heart_rate 69", "heart_rate 70", "heart_rate 72"]
    assert counted(filed) == ["126/80", "128/82", "131/84", *pulses]
    readings = [one for one in filed.all() if one.code is Code.BLOOD_PRESSURE]
    (file,) = [one for one in filed.all() if one.code is Code.FILE]
    assert {one.channel for one in readings} == {Channel.DOCUMENT}
    assert {one.source for one in readings} == set(file.attachments)


@sqlite
def test_the_same_file_again_adds_nothing(amina: Talk, filed: Filed) -> None:
    send(amina, THREE)
    amina.tap("Add")
    before = counted(filed)
    assert "All of this is here already." in send(amina, THREE).text
    more = send(amina, THREE + b"2026-05-01,08:00,127,81,68\n")
    assert more.text.endswith("to 1 May. 3 are here already. Add it?")
    assert amina.tap("Add").text == "✅ 1 reading added. 3 are here already."
    assert counted(filed) == sorted([*before, "127/81", "heart_rate 68"])


@sqlite
def test_a_reading_that_was_typed_is_not_added_again(
    amina: Talk, filed: Filed, clock: Clock
) -> None:
    amina.say("128/82")  # noon where Amina lives
    rows = ("2026-11-23,11:57,128,82,70", "2026-11-23,11:58,128,82,71")
    assert "One is here already." in send(amina, table(*rows)).text
    amina.tap("Add")
    assert [one for one in counted(filed) if "/" in one] == ["128/82", "128/82"]


@sqlite
def test_what_was_taken_back_stays_taken_back(amina: Talk, filed: Filed) -> None:
    send(amina, THREE)
    amina.tap("Add")
    said = amina.tap("Undo")
    assert said.text == "❌ 3 readings taken back."
    assert counted(filed) == []
    assert "All of this is here already." in send(amina, THREE).text
    amina.tap("Put back")
    assert "✅ 3 readings are back." in [line.text for line in amina.lines]
    assert len(counted(filed)) == 6


@sqlite
def test_no_adds_nothing(amina: Talk, filed: Filed) -> None:
    send(amina, THREE)
    assert amina.tap("No").text == "👌 OK. I added nothing. The file is kept."
    assert counted(filed) == []


@sqlite
def test_rows_left_out_are_named_with_the_reason(amina: Talk) -> None:
    bad = ("2026-03-03,08:00,300,80,70", "2026-03-04,,128,82,70", "2026-03-05,08:00,=1+1,82,70")
    shown = send(amina, THREE + "\n".join((*bad, "x,y,z,z,z")).encode())
    assert shown.text.splitlines()[1] == (
        "I leave out: row 5 cannot be right, row 6 has no day and time,"
        " row 7 has no two numbers, and 1 more."
    )


@sqlite
def test_a_day_that_could_be_two_is_asked_about(amina: Talk, filed: Filed) -> None:
    asked = send(amina, table("03/04/2026,08:10,128,82,70"))
    assert labels(asked) == ["3 Apr 2026", "4 Mar 2026"]
    assert "I found 1 reading, of 4 Mar. Add it?" in amina.tap("4 Mar 2026").text
    amina.tap("Add")
    (one,) = [one for one in filed.all() if one.code is Code.BLOOD_PRESSURE]
    assert one.effective.isoformat() == "2026-03-04T08:10:00+08:00"


@sqlite
@pytest.mark.parametrize("content", [b"no table", b"\0\xff\xfe", HEAD.encode(), b"a" * 50_000])
def test_a_broken_table_is_one_kind_sentence(amina: Talk, filed: Filed, content: bytes) -> None:
    said = send(amina, content)
    assert said.text == (
        "I kept the file for Dr Chen. I can't read it – please type what is in it."
    )
    assert labels(said) == ["Undo"]
    assert len(filed.standing()) == 1


@sqlite
def test_a_caregivers_table_is_for_whom_she_helps(bela: Talk, filed: Filed) -> None:
    assert send(bela, THREE).text.startswith("👤 Amina 📄 I found 3 readings")
    assert bela.tap("Add").text.startswith("👤 Amina ✅ 3 readings added.")
    assert len(counted(filed)) == 6


@sqlite
def test_a_button_of_somebody_removed_does_nothing(
    bela: Talk, filed: Filed, database: Database, cast: Cast, clock: Clock
) -> None:
    send(bela, THREE)
    with database.begin(True) as unit:
        (tie,) = [one for one in unit.relationships.of_record(cast.record.id)
                  if one.person == cast.bela.id]  # fmt: skip
        end_care(unit, tie.id, record_id=cast.record.id, by=cast.amina, now=clock())
    bela.tap("Add")
    assert counted(filed) == []


def test_a_long_table_is_added_by_the_worker_and_told_of(
    amina: Talk, filed: Filed, database: Database, keys: KeyStore, clock: Clock,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    rows = [
        f"2026-{1 + i // 200:02}-{1 + i % 20:02},{i // 20 % 10 + 8:02}:{i % 60:02},{128 + i % 9}"
        ",80,70"
        for i in range(700)
    ]
    assert "I found 700 readings" in send(amina, table(*rows)).text
    assert amina.tap("Add").text.startswith("📄 I am adding 700 readings.")
    store = open_store(f"file://{tmp_path_factory.mktemp('store')}", {})
    worker = Worker(
        database, PrivateCloud(database, keys, store), PublicCloud(database, keys, store)
    )
    while worker.run_due(10):
        pass
    assert amina.last.text == "✅ 700 readings added."
    assert len([one for one in counted(filed) if "/" in one]) == 700


@sqlite
def test_it_is_said_in_chinese_too(amina: Talk, database: Database, cast: Cast) -> None:
    with database.begin(True) as unit:
        unit.people.put(replace(cast.amina, language=Language.CHINESE))
    shown = send(amina, THREE)
    assert shown.text == "📄 找到 3 条读数，从3月1日到4月30日。 要加进去吗？"
