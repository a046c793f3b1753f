"""What the patient hides from a helper is nowhere in the helper's chat, nor what it gives away."""

import pytest

from records.consent import Part
from records.observations import Channel, Quantity, pressure
from records.policy import Action
from records.services.concealing import Concealment, hide
from records.services.consenting import who_looked
from records.services.intake import Draft, file_observations
from records.vocabulary import Code, SegmentKind
from storage.database import Database
from tests.bot.talking import Desk
from tests.cast import Cast, Clock


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    return Desk(database, clock)


@pytest.fixture
def hidden(database: Database, cast: Cast, clock: Clock) -> None:
    """Amina has told her weight, a pressure and what she ate, and hides all but the food."""
    told = [
        Draft(Code.WEIGHT, clock(), Quantity(83.7, "kg")),
        Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(187, 63)),
        Draft(Code.DIET, clock(), "sorrel stew"),
        Draft(Code.CONDITION, clock(), "pregnancy"),
    ]
    with database.begin(True) as unit:
        file_observations(
            unit,
            told,
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )
        for kind in (SegmentKind.SIGNS, SegmentKind.PHYSICAL_SIGNS, SegmentKind.HEALTH_STATUS):
            wish = Concealment(Part(kind), person=cast.bela.id)
            hide(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())


@pytest.mark.usefixtures("hidden")
def test_the_day_of_somebody_helped_shows_nothing_hidden_and_is_noted(
    desk: Desk, cast: Cast, database: Database, clock: Clock
) -> None:
    said = desk.talk(cast.bela).say("/today").text
    assert "sorrel stew" in said
    assert "83.7" not in said
    assert "187" not in said
    with database.begin(False) as unit:
        looks = who_looked(unit, cast.record.id, by=cast.amina, now=clock(), others=True)
    (read,) = [one.note for one in looks if one.note.action is Action.READ_SEGMENT]
    assert (read.by, read.allowed) == (cast.bela.id, True)
    assert SegmentKind.RECORD_OF_LIFE in read.kinds
    assert SegmentKind.SIGNS not in read.kinds


@pytest.mark.usefixtures("hidden")
def test_a_second_reading_is_not_put_beside_one_that_is_hidden(desk: Desk, cast: Cast) -> None:
    said = desk.talk(cast.bela).say("127/81").text
    assert "127/81" in said
    assert "157" not in said  # the mean of the two
    assert "187" not in said


@pytest.mark.usefixtures("hidden")
def test_the_own_day_shows_all_that_was_told(desk: Desk, cast: Cast) -> None:
    said = desk.talk(cast.amina).say("/today").text
    for words in ("sorrel stew", "83.7", "187/63"):
        assert words in said
