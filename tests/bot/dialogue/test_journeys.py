"""PRODUCT.md §9.1 B, C and E, word for word in both languages, and what each costs.

Every message and every tap goes to a conversation made anew over the same database, so each row is
also a restart in the middle of a question.
"""

from pathlib import Path

import pytest

from records.orders import Occurrence, OrderKind, State
from records.services.ordering import fall_due, orders_of, place_order
from records.vocabulary import Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.journey import Journey
from tests.bot.talking import Desk
from tests.cast import Cast, Clock, enter

EN, ZH = Language.ENGLISH, Language.CHINESE


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


class House:
    """A house whose cast speaks one language."""

    def __init__(self, database: Database, clock: Clock, desk: Desk) -> None:
        self.database, self.clock, self.desk = database, clock, desk

    def speaking(self, language: Language) -> tuple[Journey, Filed, Cast]:
        with self.database.begin(True) as unit:
            cast = enter(unit, self.clock(), language)
        return Journey(self.desk.talk(cast.amina)), Filed(self.database, cast), cast


@pytest.fixture
def house(database: Database, clock: Clock, desk: Desk) -> House:
    """An empty house; the language is the test's to choose."""
    return House(database, clock, desk)


# The steps of a journey ("> " before what is tapped), the last answer, its buttons, what stands.
Row = tuple[Language, list[str], str, list[str], list[str]]
VERY_HIGH = {
    EN: (
        "⚠️ 186/112 is very high. Sit quietly for 5 minutes and measure again. Chest pain, hard to"
        " breathe, weak on one side, hard to speak? Call 999 now."
    ),
    ZH: (
        "⚠️ 186/112 很高。请安静坐 5 分钟再量一次。如果胸痛、喘不过气、半边身体没力或说话不清，"
        "请马上拨打 999。"
    ),
}
FINE = (
    "Good. Sit quietly for 5 minutes, then send me your numbers again. If you feel unwell, call"
    " 999."
)
NOT_UNDERSTOOD = (
    "I did not understand. Type two numbers, like 128 82, or tap below.\n"
    "I kept your words as a note."
)
B_AND_C: list[Row] = [
    (EN, ["128/82"], "✅ 128/82 noted, 12:00. On target.", ["Undo"], ["128/82"]),
    (ZH, ["128/82"], "✅ 已记下 128/82，12:00。在目标范围内。", ["撤销"], ["128/82"]),
    (
        EN, ["138/85"], "✅ 138/85 noted. One more in 1 minute? Sit still.",
        ["⏱ Remind me", "No", "Undo"], ["138/85"],
    ),
    (
        ZH, ["138/85"], "✅ 已记下 138/85。坐好，1 分钟后再量一次好吗？",
        ["⏱ 提醒我", "不用", "撤销"], ["138/85"],
    ),
    (
        EN, ["138/85", "132/82"], "✅ 132/82 too. Average 135/84. Thank you.",
        ["Undo"], ["132/82", "138/85"],
    ),
    (
        ZH, ["138/85", "132/82"], "✅ 再记 132/82，平均 135/84。谢谢。",
        ["撤销"], ["132/82", "138/85"],
    ),
    (
        EN, ["152/94"], "✅ 152/94 noted. That is above your target (135/85).",
        ["Measure again", "Undo"], ["152/94"],
    ),
    (
        ZH, ["152/94"], "✅ 已记下 152/94，高于您的目标（135/85）。",
        ["再量一次", "撤销"], ["152/94"],
    ),
    (
        EN, ["186/112"],
        VERY_HIGH[EN],
        ["I feel fine", "I feel unwell"], ["186/112"],
    ),
    (
        ZH, ["186/112"],
        VERY_HIGH[ZH],
        ["没有不舒服", "不舒服"], ["186/112"],
    ),
    (
        EN, ["186/112", "> I feel fine"],
        FINE,
        ["⏱ Remind me", "I feel unwell"], ["186/112", "mood I feel fine"],
    ),
    (
        EN, ["186/112", "> I feel unwell"],
        "📞 Please call 999 now. I am a machine and cannot see you.",
        ["Call a family member"], ["186/112", "symptom I feel unwell red_flag"],
    ),
    (
        ZH, ["186/112", "> 不舒服"], "📞 请马上拨打 999。我是机器，看不到您的情况。",
        ["联系家人"], ["186/112", "symptom 不舒服 red_flag"],
    ),
    (EN, ["82/128"], "Did you mean 128/82?", ["Yes, 128/82", "No"], []),
    (
        EN, ["82/128", "> Yes, 128/82"], "✅ 128/82 noted, 12:00. On target.",
        ["Undo"], ["128/82"],
    ),
    (ZH, ["82/128"], "您是说 128/82 吗？", ["是，128/82", "不是"], []),
    (
        ZH, ["12882", "> 是，128/82"], "✅ 已记下 128/82，12:00。在目标范围内。",
        ["撤销"], ["128/82"],
    ),
    (
        EN, ["1288/82", "128 82"], "✅ 128/82 noted, 12:00. On target.", ["Undo"], ["128/82"],
    ),
    (
        ZH, ["1288/82"], "我读到 1288/82。请重新输入两个数字，例如 128 82", ["留作留言"], [],
    ),
    (EN, ["72", "> Pulse"], "✅ pulse 72 noted, 12:00.", ["Undo"], ["heart_rate 72"]),
    (ZH, ["72", "> 心率"], "✅ 已记下 心率 72，12:00。", ["撤销"], ["heart_rate 72"]),
    (
        EN, ["wooden cardigan"],
        NOT_UNDERSTOOD,
        ["☰ Menu", "Undo"], ["note wooden cardigan"],
    ),
    (
        EN, ["wooden cardigan", "green cardigan"], "I keep this as a note in your record.",
        ["OK", "Delete"], ["note green cardigan", "note wooden cardigan"],
    ),
    (
        ZH, ["木头毛衣", "绿色毛衣", "> 删除"], "❌ 已删除 留言：绿色毛衣。",
        ["恢复"], ["note 木头毛衣"],
    ),
    (EN, ["128/82", "> Undo"], "❌ Removed 128/82.", ["Put back"], []),
    (ZH, ["128/82", "> 撤销", "> 恢复"], "✅ 已恢复 128/82。", ["撤销"], ["128/82"]),
    (
        EN, ["7.2", "> Fasting"], "✅ sugar 7.2 fasting noted, 12:00.",
        ["Undo"], ["glucose 7.2 fasting"],
    ),
    (
        ZH, ["7.2"], "🩸 已记下血糖 7.2，是什么时候？",
        ["空腹", "餐前", "餐后", "睡前", "撤销"], ["glucose 7.2"],
    ),
    (
        EN, ["3.1", "> OK"], "Good. Send me your sugar again in 15 minutes.",
        ["⏱ Remind me", "🩸 Sugar"], ["glucose 3.1"],
    ),
    (
        ZH, ["3.1"], "⚠️ 血糖 3.1 偏低。请马上吃糖：半杯果汁或 3 颗糖，15 分钟后再测。",
        ["好", "请人帮我"], ["glucose 3.1"],
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", B_AND_C, ids=lambda row: f"{row[0]}: {'; '.join(row[1])}")
def test_a_reading_is_answered_word_for_word(house: House, row: Row) -> None:
    language, path, answer, buttons, stands = row
    journey, filed, _ = house.speaking(language)
    for step in path:
        if step.startswith("> "):
            journey.tap(step[2:])
        else:
            journey.say(step)
    assert (journey.last.text, journey.buttons) == (answer, buttons)
    assert sorted(filed.standing()) == stands
    typed = sum(not step.startswith("> ") for step in path)
    assert journey.cost == (typed, len(path) - typed)


ORDERS = {
    EN: (
        "✅ OK, will do",
        "⏰ Later",
        "❓ Question",
        "In 1 hour",
        "You answered",
    ),
    ZH: ("✅ 知道了", "⏰ 稍后", "❓ 有疑问", "1 小时后", "您已在"),
}


def _placed(house: House, cast: Cast) -> None:
    now = house.clock()
    with house.database.begin(True) as unit:
        place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=now,
            kind=OrderKind.TAKE,
            text="Amlodipine 5 mg",
            due=now,
        )


def _occurrence(house: House, cast: Cast) -> Occurrence:
    with house.database.begin(False) as unit:
        (view,) = orders_of(unit, cast.record.id, by=cast.chen, now=house.clock())
    return view.occurrences[0]


@pytest.mark.parametrize("language", Language)
def test_an_order_is_answered_with_a_tap(house: House, language: Language) -> None:
    journey, _, cast = house.speaking(language)
    journey.restarted().start()
    _placed(house, cast)
    done, later, question, hour, answered = ORDERS[language]
    assert journey.buttons == [done, later, question]
    journey.tap(later)
    assert hour in journey.buttons
    journey.tap(hour)
    assert _occurrence(house, cast).state is State.LATER
    _placed_again(house, cast)
    journey.tap(done)
    assert answered in journey.last.text
    assert journey.cost == (0, 3)


def _placed_again(house: House, cast: Cast) -> None:
    """Let the hour pass: the card comes once more."""
    house.clock.pass_(hours=1)
    with house.database.begin(True) as unit:
        fall_due(unit, _occurrence(house, cast).id, now=house.clock())


@pytest.mark.parametrize("language", Language)
def test_a_question_that_holds_numbers_reaches_the_doctor_and_the_record(
    house: House, language: Language
) -> None:
    journey, filed, cast = house.speaking(language)
    journey.restarted().start()
    _placed(house, cast)
    journey.tap(ORDERS[language][2])
    words = "186/112 is that the new pill?" if language is EN else "186/112 是新药引起的吗？"
    safety, asked = journey.say(words)
    assert safety.startswith("⚠️ 186/112")
    assert "186/112" in asked
    occurrence = _occurrence(house, cast)
    assert (occurrence.state, occurrence.words) == (State.QUESTION, words)
    assert filed.asked() == ["186/112"]
    assert journey.cost == (1, 1)
