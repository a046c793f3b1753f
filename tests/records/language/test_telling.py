"""What is told in words the house does not know is read by the build of the line."""

import pytest

from tests.records.language.scoring import answer


def kinds(text, lang=None):
    """Return the kinds a line stores, in order; nothing where it is not stored."""
    result = answer(text, lang or ("en" if text.isascii() else "zh"))
    stores = result["expect"] in ("store", "urgent", "store_private")
    return [r["kind"] for r in result["readings"]] if stores else []


@pytest.mark.parametrize(
    "text",
    [
        "ate some zorvel", "a bowl of zorvel", "lunch was zorvel and brintle",
        "had zorvel for lunch", "吃了凉拌莴犇", "早饭油犇犇", "喝了一碗犇犇汤", "吃了酸犇鱼",
    ],
)  # fmt: skip
def test_an_unknown_dish_is_a_meal_by_its_verb_or_vessel(text):
    assert kinds(text) == ["diet"]


@pytest.mark.parametrize("part", ["eyes", "left heel", "throat", "big toe", "jaw"])
def test_whatever_is_said_of_a_part_of_the_body_but_well_is_a_symptom(part):
    verb = "are" if part == "eyes" else "is"
    assert kinds(f"my {part} {verb} zorvelling") == ["symptom"]
    assert kinds(f"a pain in my {part}") == ["symptom"]
    assert kinds(f"my {part} {verb} fine") != ["symptom"]


@pytest.mark.parametrize("part", ["手心", "眼皮", "脚底板", "胸口", "喉咙"])
def test_a_part_of_the_body_and_what_ails_it_may_stand_apart_in_chinese(part):
    for ailing in ("疼", "有点麻", "老是发痒", "闷"):
        assert kinds(f"{part}{ailing}") == ["symptom"]


@pytest.mark.parametrize(
    "text",
    ["did 20 zorvels", "30 minutes of zorvelling", "played zorvel for 40 min", "打犇拳半小时"],
)
def test_what_was_done_for_so_long_or_so_often_is_movement(text):
    assert kinds(text) == ["event"]


def test_a_likening_is_of_nobody():
    assert kinds("slept like a baby, 8 hours") == ["sleep"]
    assert kinds("the baby slept 8 hours") == []


def test_one_breath_is_cut_into_its_tellings():
    line = "bp 128/82 and walked 30 min and took my pills felt dizzy"
    assert kinds(line) == ["bp", "event", "medication_taken", "symptom"]
    assert kinds("血压128/82吃药了走了30分钟心情不错") == [
        "bp",
        "medication_taken",
        "event",
        "mood",
    ]
    assert kinds("haven't taken my pills") == ["medication_missed"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("8 units of insulin before dinner", ["medication_taken"]),
        ("晚饭前胰岛素8个单位", ["medication_taken"]),
        ("insulin 8 units at night", []),
        ("metformin 500 mg twice a day", []),
        ("sugar 6.1 and had toast", ["glucose", "diet"]),
        ("ate 4 glucose tablets", ["medication_taken"]),
    ],
)
def test_a_dose_is_medicine_and_never_a_glucose(text, wanted):
    assert kinds(text) == wanted


@pytest.mark.parametrize("verb", ["spiked", "zorvelled", "rose", "dropped"])
def test_a_label_reaches_over_the_verb_of_getting_somewhere(verb):
    assert kinds(f"sugar {verb} to 9.5 after cake") == ["glucose"]


@pytest.mark.parametrize(
    "text",
    [
        "Peter bp 150/95", "Mrs Zorvel bp 150/95", "亲家母血糖9.7", "楼下老刘血压150/95",
        "150/95, that's mum's", "song at 128 bpm", "I'm 72 and my heart is fine", "心情6.5",
        "139 / 88 / 77 / 66", "体重37公斤九", "weight training 60 kg",
    ],
)  # fmt: skip
def test_a_number_somebody_or_something_else_may_claim_is_not_stored(text):
    measured = {"bp", "glucose", "heart_rate", "weight"}
    assert measured.isdisjoint(kinds(text))


@pytest.mark.parametrize(
    "text",
    [
        "please don't document this: 144/94", "血压144/94，别放进档案", "144/94 not for my file",
        "I don't want this saved: 144/94", "I'd rather you didn't record this 144/94",
        "do not add 144/94 to my chart", "不要把144/94记下来", "144/94 不存",
        "不想留下记录：144/94",
    ],
)  # fmt: skip
def test_a_wish_to_keep_nothing_is_known_by_its_build(text):
    assert answer(text)["expect"] == "no_record"


@pytest.mark.parametrize(
    "text",
    [
        "never reveal to my son: bp 144/94", "nobody should know, bp 144/94", "别让孩子看到 144/94",
        "my doctor shouldn't see this: 144/94", "I don't want my wife to know: bp 144/94",
        "hide 144/94 from my daughter", "bp 144/94, for me only", "这条设为私密：144/94",
    ],
)  # fmt: skip
def test_a_wish_to_hide_is_known_by_its_build(text):
    assert answer(text)["expect"] == "store_private"
    assert kinds(text) == ["bp"]


@pytest.mark.parametrize(
    "text",
    [
        "not sure if I should record 144/94", "别忘了记录血压144/94",
        "I don't know why my bp is 144/94",
        "144/94 not for the first time", "不舒服，记录一下血压144/94",
    ],
)  # fmt: skip
def test_a_line_that_only_sounds_like_such_a_wish_is_none(text):
    assert answer(text)["expect"] in ("store", "ask")


@pytest.mark.parametrize("figure", "一二三四五六七八九")
def test_every_tenth_is_read_behind_degrees_and_metres(figure):
    tenth = "一二三四五六七八九".index(figure) + 1
    (found,) = answer(f"体温三十七度{figure}", "zh")["readings"]
    assert found["value"] == pytest.approx(37 + tenth / 10)
    (found,) = answer(f"身高一米七{figure}", "zh")["readings"]
    assert found["value"] == 170 + tenth
