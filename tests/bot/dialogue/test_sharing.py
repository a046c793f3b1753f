"""A patient grants a doctor in the chat, after seeing exactly what the doctor will see."""

from records.services.viewing import open_record
from records.vocabulary import SegmentKind
from storage.database import Database
from tests.bot.talking import Talk, labels
from tests.cast import Cast


def _seen_by_chen(database: Database, cast: Cast) -> list[str]:
    with database.begin(False) as unit:
        view = open_record(unit, cast.record.id, by=cast.chen, now=database.clock())
        return [str(o.code) for segment in view.segments for o in segment.standing]


def test_the_preview_is_what_the_doctor_then_sees(
    amina: Talk, database: Database, cast: Cast
) -> None:
    amina.say("128/82")
    amina.say("keep this private: I feel sad")
    amina.say("weight 65.5 kg")
    amina.say("I feel tired")
    assert _seen_by_chen(database, cast) == ["bp"]
    amina.say("share")
    amina.tap("Share with a doctor")
    assert amina.last.text == "What may Dr Chen see?"
    amina.tap("Numbers and daily life")
    assert labels(amina.last) == ["1 month", "3 months", "1 year", "Until I stop it"]
    preview = amina.tap("3 months").text
    assert "Mon 23 Nov: 128/82" in preview
    assert "weight 65.5 kg" in preview
    assert "sad" not in preview
    assert "Dr Chen will see this" in preview
    assert _seen_by_chen(database, cast) == ["bp"]
    assert amina.tap("Yes, share this").text.startswith("✅ Dr Chen can now see: ")
    assert len(_seen_by_chen(database, cast)) == preview.count("•") == 3


def test_withdrawing_ends_it_at_once(amina: Talk, database: Database, cast: Cast) -> None:
    amina.say("128/82")
    amina.say("share")
    assert amina.tap("Stop: Dr Chen").text.startswith(
        "✋ Dr Chen can no longer see your record.\n🧾"
    )
    assert _seen_by_chen(database, cast) == []


def test_words_that_name_a_doctor_lead_straight_to_what(amina: Talk) -> None:
    assert amina.say("share with Dr Chen").text == "What may Dr Chen see?"


def test_no_means_nothing_is_shared(amina: Talk, database: Database, cast: Cast) -> None:
    amina.say("I feel tired")
    amina.say("share with Dr Chen")
    amina.tap("All about my health")
    amina.tap("1 year")
    assert amina.tap("No").text == "👌 OK. Nothing was shared."
    assert _seen_by_chen(database, cast) == []


def test_who_looked_names_the_doctor_and_the_refused(
    amina: Talk, database: Database, cast: Cast
) -> None:
    amina.say("128/82")
    _seen_by_chen(database, cast)
    amina.say("who looked")
    assert "Dr Chen looked at: Blood pressure and sugar – you let them" in amina.last.text


def test_a_caregiver_can_share_nothing(bela: Talk) -> None:
    bela.start()
    assert bela.say("share").text.endswith("I can't do that here.\nYour clinic: 555 0100")


def test_the_patients_numbers_are_listed_with_their_average(amina: Talk) -> None:
    amina.say("138/85")
    amina.desk.clock.pass_(hours=1)
    amina.say("132/82")
    line = amina.say("📋 My numbers")
    assert "Mon 23 Nov 12:00  138/85" in line.text
    assert "Average of 7 days: 135/84" in line.text


def test_every_kind_of_a_template_is_one_a_grant_may_cover() -> None:
    from records.wording.sharing import TEMPLATES

    for kinds, _, _ in TEMPLATES.values():
        assert kinds <= frozenset(SegmentKind)
        assert SegmentKind.PERSONAL_INFORMATION not in kinds


def test_who_looked_says_how_often_and_stops_only_after_asking(
    amina: Talk, database: Database, cast: Cast
) -> None:
    amina.say("128/82")
    for _ in range(3):
        amina.desk.clock.pass_(minutes=20)
        _seen_by_chen(database, cast)
    assert "Blood pressure and sugar, 3 times – you let them" in amina.say("/who").text
    asked = amina.tap("Stop: Dr Chen")
    assert asked.text == "Stop sharing with Dr Chen?\nThey then see nothing of your record."
    assert "3 times" in amina.tap("No").text
    amina.tap("Stop: Dr Chen")
    assert amina.tap("Yes, stop").text.startswith("✋ Dr Chen can no longer see your record.\n🧾")
    assert _seen_by_chen(database, cast) == []


def test_a_patient_chooses_to_be_told_of_looks(amina: Talk, database: Database, cast: Cast) -> None:
    amina.say("/who")
    amina.tap("Tell me of looks")
    assert amina.tap("Each time").text == "👌 OK. I tell you each time others look."
    with database.begin(False) as unit:
        assert unit.look_notices.of(cast.record.id).often == "each"
