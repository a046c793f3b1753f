"""What the chat's tests share: the cast at their web chats."""

from datetime import date

import pytest

from records.observations import Observation
from records.vocabulary import SegmentKind
from storage.database import Database
from tests.bot.talking import Desk, Talk
from tests.cast import Cast, Clock


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    """A conversation over an empty house."""
    return Desk(database, clock)


@pytest.fixture
def amina(desk: Desk, cast: Cast) -> Talk:
    """Amina at her web chat."""
    return desk.talk(cast.amina)


@pytest.fixture
def bela(desk: Desk, cast: Cast) -> Talk:
    """Bela, who helps Amina."""
    return desk.talk(cast.bela)


class Filed:
    """What stands in a record."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database = database
        self.record = cast.record.id

    def all(self) -> list[Observation]:
        with self.database.begin(False) as unit:
            segments = unit.segments.of_record(self.record, frozenset(SegmentKind), date.min)
            return [
                one
                for segment in segments
                for one in segment.observations
                if one.kind is not SegmentKind.PERSONAL_INFORMATION
            ]

    def standing(self) -> list[str]:
        """Return what counts, in a few words each."""
        return [_words(one) for one in self.all() if one.status == "final"]

    def asked(self) -> list[str]:
        """Return what is kept as provisional."""
        return [_words(one) for one in self.all() if one.status == "provisional"]


def _words(one: Observation) -> str:
    if one.components:
        return "/".join(str(part.quantity.value) for part in one.components)
    value = one.value if isinstance(one.value, str) or one.value is None else one.value.value
    return f"{one.code} {value}" + (f" {one.context}" if one.context else "")


@pytest.fixture
def filed(database: Database, cast: Cast) -> Filed:
    """What stands in Amina's record."""
    return Filed(database, cast)
