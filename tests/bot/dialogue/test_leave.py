"""Sharing and hiding in free words: a plain summary first, then it holds at once."""

from records.people import Scope, Tie
from records.services.enrolling import confirm_care, offer_care
from records.services.helping import choose_help, helpers_of
from records.services.viewing import open_record
from storage.database import Database
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast, Clock


def seen(database: Database, cast: Cast, who: str = "chen") -> list[str]:
    with database.begin(False) as unit:
        view = open_record(unit, cast.record.id, by=getattr(cast, who), now=database.clock())
        return sorted(str(o.code) for segment in view.segments for o in segment.standing)


def shared(amina: Talk) -> None:
    amina.say("128/82")
    amina.say("pain 4")
    amina.say("mood: calm")
    amina.say("share everything with my doctor for 3 months")
    amina.tap("Yes, share this")


def treat_too(database: Database, cast: Cast, clock: Clock) -> None:
    """Let Dr Dara treat Amina as well."""
    with database.begin(True) as unit:
        offered = offer_care(
            unit,
            record_id=cast.record.id,
            person=cast.dara,
            tie=Tie.DOCTOR,
            now=clock(),
            by_patient=False,
        )
        confirm_care(unit, offered, by=cast.amina, now=clock())


def test_pain_is_hidden_until_friday_after_a_yes_and_shown_again(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    shared(amina)
    asked = amina.say("hide pain from my doctor until Friday")
    assert asked.text == "🙈 Hide pain from Dr Chen, until Fri 27 Nov 2026?"
    assert labels(asked) == ["Yes, hide it", "No"]
    assert "pain" in seen(database, cast)
    hidden = amina.tap("Yes, hide it").text
    assert hidden == "🙈 Hidden. You still see it yourself.\n🧾 Your receipt is on the site."
    assert seen(database, cast) == ["bp", "mood"]
    assert "pain" in seen(database, cast, "bela")
    amina.tap("Show again")
    assert amina.last.text == "👁 Show pain again to those you shared it with?"
    amina.tap("Yes, show it")
    assert "pain" in seen(database, cast)
    amina.say("hide pain from my doctor until Friday")
    amina.tap("Yes, hide it")
    clock.pass_(days=5)
    assert "pain" in seen(database, cast), "by itself on Saturday"


def test_no_changes_nothing(amina: Talk, database: Database, cast: Cast) -> None:
    shared(amina)
    amina.say("don't show my mood to Dr Chen")
    assert amina.tap("No").text == "👌 OK. Nothing was changed."
    assert "mood" in seen(database, cast)


def test_sugar_is_shared_beside_what_was_shared_before(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.say("128/82")
    amina.say("sugar 6.1 fasting")
    amina.say("mood: calm")
    amina.say("stop sharing with Dr Chen")
    assert amina.last.text.startswith("✋ Stop sharing with Dr Chen?")
    amina.tap("Yes, stop")
    assert seen(database, cast) == []
    preview = amina.say("share my sugar with Dr Chen for a month")
    assert "sugar 6.1 fasting" in preview.text
    assert "128/82" not in preview.text
    assert "until Wed 23 Dec 2026" in preview.text
    amina.tap("Yes, share this")
    assert "blood sugar" in amina.last.text
    assert seen(database, cast) == ["glucose"]
    amina.say("share my mood with Dr Chen")
    assert labels(amina.last) == ["1 month", "3 months", "1 year", "Until I stop it"]
    amina.tap("Until I stop it")
    amina.tap("Yes, share this")
    assert seen(database, cast) == ["glucose", "mood"]
    clock.pass_(days=40)
    assert seen(database, cast) == ["mood"]


def test_everything_but_mood_leaves_mood_out(amina: Talk, database: Database, cast: Cast) -> None:
    amina.say("128/82")
    amina.say("pain 4")
    amina.say("mood: calm")
    amina.say("share everything but mood with Dr Chen for a week")
    amina.tap("Yes, share this")
    assert "without mood" in amina.last.text
    assert seen(database, cast) == ["bp", "pain"]


def test_what_is_not_plain_is_asked_by_buttons(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    treat_too(database, cast, clock)
    shared_by_words = amina.say("hide my mood")
    assert shared_by_words.text == "From whom shall I hide it?"
    assert labels(shared_by_words)[:4] == ["everyone", "Dr Chen", "Dr Dara", "Bela"]
    amina.tap("everyone")
    assert amina.last.text.startswith("🙈 Hide mood from everyone but you")
    both = amina.say("hide my mood from my doctor")
    assert labels(both) == ["Dr Chen", "Dr Dara", "No"]
    named = amina.say("hide my mood from Dr Dara")
    assert named.text.startswith("🙈 Hide mood from Dr Dara")
    strange = amina.say("share my sugar with Dr Zhou for a week")
    assert strange.text == "Who may see it?"
    amina.say("hide from Dr Chen")
    assert amina.last.text == "What shall I hide?"
    amina.tap("How I feel")
    assert amina.last.text.startswith("🙈 Hide How I feel from Dr Chen")


def test_one_of_todays_entries_is_hidden(amina: Talk, database: Database, cast: Cast) -> None:
    amina.say("128/82")
    amina.desk.clock.pass_(hours=1)
    amina.say("131/84")
    amina.say("today")
    amina.tap("🙈 Hide one")
    assert "Hide 2" in labels(amina.last)
    amina.tap("Hide 1")
    amina.tap("Dr Chen")
    assert "one entry of “Blood pressure and sugar”" in amina.last.text
    amina.tap("Yes, hide it")
    assert seen(database, cast) == ["bp"]


def test_a_caregiver_who_does_not_decide_hides_nothing(bela: Talk) -> None:
    bela.start()
    assert bela.say("hide pain from Dr Chen").text.endswith("Your clinic: 555 0100")


def test_in_chinese(database: Database, cast: Cast, clock: Clock, desk: Desk) -> None:
    with database.begin(True) as unit:
        chinese = unit.people.person(cast.amina.id)
    amina = desk.talk(chinese)
    amina.start()
    amina.say("language")
    amina.tap("中文")
    amina.say("心情不错")
    assert amina.say("不要给医生看心情").text == "🙈 对Dr Chen隐藏“心情”，直到您重新显示，可以吗？"
    hidden = amina.tap("对，隐藏").text
    assert hidden == "🙈 已隐藏。您自己还看得到。\n🧾 凭证在网站上。"
    assert amina.say("谁看过我的记录").text.startswith("👀")
    assert amina.say("停止和陈医生分享").text.startswith("✋ 停止和Dr Chen分享吗？")
    amina.tap("是，停止")
    assert seen(database, cast) == []


def test_what_is_hidden_from_a_helper_is_not_told_to_them_when_it_is_urgent(
    amina: Talk, bela: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        (helper,) = helpers_of(unit, cast.record.id, clock())
        choose_help(
            unit,
            helper.id,
            frozenset({Scope.SEE, Scope.URGENT}),
            record_id=cast.record.id,
            by=cast.amina,
            now=clock(),
        )
    bela.start()
    amina.say("sugar 2.1")
    assert "2.1" in bela.last.text
    amina.say("hide my blood pressure from Bela")
    amina.tap("Yes, hide it")
    before = len(bela.lines)
    amina.say("210/130")
    assert len(bela.lines) == before
