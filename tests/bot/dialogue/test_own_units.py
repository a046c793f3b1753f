"""Units of one's own: learned once, said once, chosen by buttons; what is kept stays canonical."""

from decimal import Decimal

import pytest

from records.language.units import canonical, own
from records.measures import CHOICES, Measures
from records.observations import Channel, Quantity
from records.services.intake import Draft, file_observations
from records.tracking import RecordId
from records.vocabulary import MEANINGS, Code, Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast, Clock, enter


@pytest.fixture
def meili(database: Database, clock: Clock, desk: Desk) -> Talk:
    """A patient who speaks Chinese."""
    with database.begin(True) as unit:
        return desk.talk(enter(unit, clock(), Language.CHINESE).amina)


def texts(talk: Talk, since: int) -> list[str]:
    return [one.text for one in talk.lines[since:]]


def test_the_first_unit_told_is_kept_and_said_once(amina: Talk, filed: Filed) -> None:
    before = len(amina.lines)
    amina.say("sugar 126 mg/dL fasting")
    assert texts(amina, before) == [
        "👌 Sugar: mg/dL. I will show it like this from now on.",
        "✅ sugar 126 mg/dL fasting noted, 12:00.",
    ]
    before = len(amina.lines)
    amina.say("sugar 140 mg/dL fasting")
    assert len(texts(amina, before)) == 1
    kept = {one.value.value for one in filed.all() if isinstance(one.value, Quantity)}
    assert kept == {Decimal("6.99"), Decimal("7.77")}


def test_it_is_said_in_chinese(meili: Talk) -> None:
    before = len(meili.lines)
    meili.say("体重130斤")
    assert texts(meili, before) == [
        "👌 体重：斤。以后都这样显示。",
        "✅ 已记下 体重 130 斤，12:00。",
    ]


def test_the_unit_of_the_house_needs_no_words(amina: Talk) -> None:
    before = len(amina.lines)
    amina.say("weight 65.5 kg")
    assert len(texts(amina, before)) == 1


def test_what_comes_in_another_unit_is_shown_in_the_own(
    amina: Talk, database: Database, cast: Cast
) -> None:
    amina.say("settings")
    amina.tap("📏 Units")
    assert amina.last.text == "📏 Sugar: mmol/L · Weight: kg · Temperature: °C"
    assert labels(amina.last) == [
        "Sugar: mg/dL", "Weight: lb", "Weight: jin", "Temperature: °F", "☰ Menu",
    ]  # fmt: skip
    amina.tap("Sugar: mg/dL")
    assert amina.last.text == "📏 Sugar: mg/dL · Weight: kg · Temperature: °C"
    draft = Draft(Code.GLUCOSE, database.clock(), value=Quantity(Decimal("7.0"), "mmol/L"))
    with database.begin(True) as unit:
        file_observations(
            unit, [draft], record_id=cast.record.id, by=cast.amina,
            channel=Channel.DEVICE, now=database.clock(),
        )  # fmt: skip
    assert "sugar 126 mg/dL" in amina.say("today").text
    assert "sugar 126 mg/dL" in amina.say("my numbers").text


def test_a_number_between_the_units_is_read_as_the_own_one(amina: Talk, filed: Filed) -> None:
    amina.say("weight 150 lb")
    assert "weight 152 lb" in amina.say("weight 152").text
    assert "weight 68.95" in filed.standing()


def test_an_urgent_value_is_said_as_it_was_typed(amina: Talk) -> None:
    assert "sugar 45 mg/dL" in amina.say("sugar 45 mg/dL").text


@pytest.mark.parametrize("code", list(CHOICES))
def test_a_number_goes_into_the_own_unit_and_back(code: Code) -> None:
    house = MEANINGS[code].ucum
    for unit in CHOICES[code]:
        if unit == house:
            continue
        for tenths in range(400, 1200):
            value = Decimal(tenths) / (1 if unit == "mg/dL" else 10)
            kept, ucum = canonical(value, unit)
            assert ucum == house
            exact = code is not Code.TEMPERATURE  # a tenth of a °C is more than one of a °F
            assert own(kept, unit) == value or not exact


def test_no_unit_is_made_up_for_what_has_none() -> None:
    assert Measures(RecordId("r")).unit_of(Code.HEART_RATE) == "/min"
    assert Measures(RecordId("r"), glucose="mg/dL").number(Code.WEIGHT, Decimal(60)) == 60
