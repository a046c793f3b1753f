"""Lines composed of parts with a known answer: what stands around a reading changes none of it."""

from itertools import product

import pytest

from tests.records.language.scoring import MEASURED, STORES, agrees, answer, stored, stored_wrongly
from tests.records.language.test_own_lines import EVERY

GREETINGS = {
    "en": ("Good morning, {}", "Hi doctor, {}", "ok so {}", "sorry I'm late, {}", "here goes: {}"),
    "zh": ("早上好，{}", "医生您好，{}", "汇报：{}", "不好意思，{}", "那个，{}"),
}
THANKS = {
    "en": ("{} thanks", "{}. Have a nice day", "{}!", "{}, that's all", "{} 👍"),
    "zh": ("{}，谢谢", "{}。", "{}，就这些", "{}，麻烦您了", "{} 👍"),
}
AROUND = {
    "en": (
        "{}, will check again later", "{}, my usual is lower", "{} (new batteries)",
        "{}, doctor wants it lower", "{}, hope that helps", "after a hot bath {}",
        "{} - see you soon", "had a coffee. {}", "{}, arm resting on the table",
        "{} using my wife's monitor",
    ),
    "zh": (
        "{}，明天再量", "{}，比平时高一点", "{}（新电池）", "{}，跟以前差不多", "{}，一切正常",
        "洗完澡后{}", "看了新闻。{}", "吃了两个鸡蛋，{}", "{}，医生让我注意", "用老伴的机器量的{}",
    ),
}  # fmt: skip
READINGS = {
    "en": (
        ("bp 134/82", "bp"), ("BP: 134/82 pulse 71", "bp"), ("blood sugar 6.4 mmol/L", "glucose"),
        ("my pulse is 71", "heart_rate"), ("weight 72.4 kg", "weight"), ("spo2 97%", "spo2"),
    ),
    "zh": (
        ("血压134/82", "bp"), ("高压134低压82", "bp"), ("血糖6.4", "glucose"),
        ("心率71", "heart_rate"), ("体重72.4公斤", "weight"), ("血氧97%", "spo2"),
    ),
}  # fmt: skip


def courteous(line, number):
    """The text of a line behind a greeting or before a thank you, one pair a line."""
    lang = line["lang"]
    greeting = GREETINGS[lang][number % 5] if number % 3 else "{}"
    thanks = THANKS[lang][number // 5 % 5] if number % 3 != 1 else "{}"
    return greeting.format(thanks.format(line["text"]))


def measured(line):
    wanted = line["readings"] if line["expect"] in STORES else []
    return [r for r in wanted if r["kind"] in MEASURED]


def test_a_greeting_and_a_thank_you_change_no_measurement():
    said = [line for line in EVERY[::4] if not line["text"].startswith(("/", "="))]
    wrong, lost = [], []
    for number, line in enumerate(said):
        got = answer(courteous(line, number), line["lang"])
        if stored_wrongly(got, line):
            wrong.append(courteous(line, number))
        elif measured(line) and not agrees(stored(got), measured(line)):
            lost.append(courteous(line, number))
    assert wrong == []
    assert len(lost) <= 0.005 * len(said)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_aside_leaves_a_named_reading_stored(lang):
    asked = []
    for around, (reading, kind) in product(AROUND[lang], READINGS[lang]):
        text = around.format(reading)
        if kind not in {r["kind"] for r in stored(answer(text, lang))}:
            asked.append(text)
    assert asked == []
