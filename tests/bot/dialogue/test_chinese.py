"""The same journeys in Chinese, word for word."""

import pytest

from records.vocabulary import Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast, Clock, enter


@pytest.fixture
def cast(database: Database, clock: Clock) -> Cast:
    """The cast, speaking Chinese."""
    with database.begin(True) as unit:
        return enter(unit, clock(), Language.CHINESE)


@pytest.fixture
def amina(desk: Desk, cast: Cast) -> Talk:
    return desk.talk(cast.amina)


SAID = [
    ("128/82", "✅ 已记下 128/82，12:00。在目标范围内。", ["撤销"]),
    ("高压128低压82心率70", "✅ 已记下 128/82、心率 70，12:00。在目标范围内。", ["撤销"]),
    ("152/94", "✅ 已记下 152/94，高于您的目标（135/85）。", ["再量一次", "撤销"]),
    ("82/128", "您是说 128/82 吗？", ["是，128/82", "不是"]),
    ("1288/82", "我读到 1288/82。请重新输入两个数字，例如 128 82", ["留作留言"]),
    ("72", "72 是什么？", ["心率", "体重", "血糖", "留作留言"]),
    ("7.2", "🩸 已记下血糖 7.2，是什么时候？", ["空腹", "餐前", "餐后", "睡前", "撤销"]),
    ("胸痛", "📞 请马上拨打 999。我是机器，看不到您的情况。", ["联系家人"]),
]


@pytest.mark.parametrize(("said", "answered", "buttons"), SAID)
def test_a_line_is_answered_in_chinese(
    amina: Talk, said: str, answered: str, buttons: list[str]
) -> None:
    line = amina.say(said)
    assert (line.text, labels(line)) == (answered, buttons)


@pytest.mark.usefixtures("chen_reads_notes")
def test_the_doctor_who_reads_notes_is_named(amina: Talk) -> None:
    assert amina.say("胸痛").text.endswith("\n已列入Dr Chen的名单。")


def test_undo_and_its_way_back(amina: Talk) -> None:
    amina.say("128/82")
    assert amina.say("撤销").text == "❌ 已删除 128/82。"
    assert amina.tap("恢复").text == "✅ 已恢复 128/82。"


def test_a_correction_in_words(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    assert amina.say("改成 138/82").text == "✏️ 已改为 138/82。"
    assert filed.standing() == ["138/82"]


def test_an_answer_in_words(amina: Talk, filed: Filed) -> None:
    amina.say("72")
    amina.say("体重")
    assert filed.standing() == ["weight 72"]


def test_the_keys_below_are_understood(amina: Talk) -> None:
    keys = [key for row in amina.start().keys for key in row]
    assert keys == ["🩺 量血压", "🩸 血糖", "💊 吃药", "📋 我的记录"]
    assert amina.say("🩺 量血压").text == "请发两个数字，例如 128 82。"


def test_help_has_five_lines_and_the_phone_number(amina: Talk) -> None:
    assert "555 0100" in amina.say("帮助").text
