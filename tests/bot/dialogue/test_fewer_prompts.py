"""After two weeks of sugar in range fewer prompts about it are offered, and not before."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from records.findings.stability import is_glucose_stable
from records.observations import Channel, Quantity
from records.series import Point
from records.services.intake import Draft, file_observations
from records.services.prompting import reminders_of
from records.tracking import ObservationId, TrackingId
from records.vocabulary import Code, Language
from storage.database import Database
from tests.bot.dialogue.test_prompts import EIGHT, House
from tests.bot.talking import Desk, Talk
from tests.cast import ZONE, Cast, Clock, enter

SUNDAY = datetime(2026, 12, 6, 10, 0, tzinfo=UTC)  # 18:00 in Amina's zone


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough here: the timetable has its own tests on both."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


@pytest.fixture
def house(database: Database, clock: Clock) -> House:
    return House(database, clock)


@pytest.fixture
def meili(database: Database, clock: Clock, desk: Desk) -> Talk:
    """A patient who speaks Chinese."""
    with database.begin(True) as unit:
        return desk.talk(enter(unit, clock(), Language.CHINESE).amina)


def two_weeks(talk: Talk, house: House, values: tuple[str, ...]) -> None:
    """Let sugar be told on each of thirteen mornings, and Sunday evening come."""
    with house.timetable.database.begin(True) as unit:
        record = unit.records.of_patient(talk.person.id)
        assert record is not None
        drafts = [
            Draft(
                Code.GLUCOSE,
                EIGHT + timedelta(days=day),
                value=Quantity(Decimal(values[day % len(values)]), "mmol/L"),
                context="fasting",
            )
            for day in range(13)
        ]
        file_observations(
            unit, drafts, record_id=record.id, by=talk.person, channel=Channel.FORM, now=SUNDAY
        )
    house.at(SUNDAY)


def test_sugar_in_range_for_two_weeks_offers_three_days(
    amina: Talk, house: House, database: Database, cast: Cast
) -> None:
    amina.say("remind me to measure my sugar at 8")
    two_weeks(amina, house, ("6.1", "7.2"))
    offer = "You are doing well. Shall I ask for your sugar only 3 days a week?"
    assert amina.last.text == offer
    amina.tap("Yes")
    with database.begin(False) as unit:
        (reminder,) = reminders_of(unit, cast.amina.id)
    assert not reminder.daily


def test_it_is_offered_in_chinese(meili: Talk, house: House) -> None:
    meili.say("每天8点提醒我测血糖")
    two_weeks(meili, house, ("6.1", "7.2"))
    assert meili.last.text == "您做得很好。以后每周只提醒 3 天测血糖好吗？"


def test_one_low_sugar_offers_nothing(amina: Talk, house: House) -> None:
    amina.say("remind me to measure my sugar at 8")
    two_weeks(amina, house, ("6.1",) * 12 + ("3.8",))
    assert "only 3 days" not in amina.last.text


@pytest.mark.parametrize(
    ("values", "stable"),
    [
        (("6.1",), True),
        (("6.1", "6.1", "6.1", "10.1"), True),
        (("6.1", "6.1", "10.1"), False),
        (("10.0",), True),
        (("3.8", "6.1", "6.1", "6.1", "6.1", "6.1", "6.1"), False),
    ],
)
def test_a_steady_sugar_is_mostly_in_range_and_never_low(
    values: tuple[str, ...], stable: bool
) -> None:
    at = [SUNDAY - timedelta(hours=6 * step) for step in range(56)]
    points = [
        Point(
            one, (Decimal(values[place % len(values)]),), "", False,
            ObservationId(str(place)), TrackingId("t"),
        )
        for place, one in enumerate(at)
    ]  # fmt: skip
    assert is_glucose_stable(points, now=SUNDAY, zone=ZONE) is stable
    assert not is_glucose_stable(points[:28], now=SUNDAY, zone=ZONE), "one week is not enough"
