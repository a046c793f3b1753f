"""A doctor asks for leave: a card with all, choose and no; nothing opens before a yes."""

import pytest

from records.errors import NotPermitted, NotValid
from records.people import Person
from records.requests import RequestState
from records.services.requesting import (
    Plea,
    ask_by_pseudonym,
    ask_for_leave,
    colleagues_of,
    requests_by,
    requests_to,
)
from records.services.viewing import open_record
from records.vocabulary import Purpose, SegmentKind
from storage.database import Database
from tests.bot.talking import Talk, labels
from tests.cast import Cast, Clock

NEEDED = frozenset({SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.RECORD_OF_LIFE})
WHY = "To see whether the new medicine makes you tired."


def ask(database: Database, cast: Cast, clock: Clock, whom: Person | None = None) -> None:
    with database.begin(True) as unit:
        plea = Plea(NEEDED, 90, WHY, whom.id if whom else None)
        ask_for_leave(unit, plea, record_id=cast.record.id, by=cast.chen, now=clock())


def state(database: Database, cast: Cast, clock: Clock) -> RequestState:
    with database.begin(True) as unit:
        (mine,) = requests_by(unit, by=cast.chen, now=clock())
        (theirs,) = requests_to(unit, cast.record.id, by=cast.amina, now=clock())
    assert mine.state is theirs.state
    return mine.state


def kinds_open(database: Database, cast: Cast, clock: Clock, who: Person) -> frozenset[SegmentKind]:
    with database.begin(True) as unit:
        return open_record(unit, cast.record.id, by=who, now=clock()).kinds


def test_all_is_given_with_one_tap_and_taken_back_with_another(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.start()
    ask(database, cast, clock)
    assert amina.last.text == (
        f"🔑 Dr Chen asks to see: How I feel, Daily life, to treat you, for 90 days.\nWhy: {WHY}"
    )
    assert labels(amina.last) == ["Yes, all", "No", "Choose"]
    assert kinds_open(database, cast, clock, cast.chen) == {SegmentKind.PHYSICAL_SIGNS}
    assert state(database, cast, clock) is RequestState.WAITING
    assert amina.tap("Yes, all").text.startswith("✅ Dr Chen may see it now.")
    assert kinds_open(database, cast, clock, cast.chen) == NEEDED | {SegmentKind.PHYSICAL_SIGNS}
    assert state(database, cast, clock) is RequestState.GIVEN
    amina.tap("Stop sharing")
    assert kinds_open(database, cast, clock, cast.chen) == {SegmentKind.PHYSICAL_SIGNS}
    clock.pass_(days=91)
    assert kinds_open(database, cast, clock, cast.chen) == {SegmentKind.PHYSICAL_SIGNS}


def test_some_of_it_is_chosen(amina: Talk, database: Database, cast: Cast, clock: Clock) -> None:
    amina.start()
    ask(database, cast, clock)
    amina.tap("Choose")
    assert labels(amina.last)[:2] == ["✅ How I feel", "✅ Daily life"]
    amina.tap("✅ How I feel")
    amina.tap("Share these")
    kinds = kinds_open(database, cast, clock, cast.chen)
    assert kinds == {SegmentKind.PHYSICAL_SIGNS, SegmentKind.RECORD_OF_LIFE}


def test_a_refusal_says_only_not_given(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.start()
    ask(database, cast, clock)
    assert amina.tap("No").text == "👌 OK. Not given. They learn only that."
    assert state(database, cast, clock) is RequestState.NOT_GIVEN
    assert kinds_open(database, cast, clock, cast.chen) == {SegmentKind.PHYSICAL_SIGNS}


def test_a_colleague_is_brought_in_only_when_the_patient_agrees(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.start()
    with database.begin(False) as unit:
        assert [one.name for one in colleagues_of(unit, by=cast.chen)] == ["Dr Dara"]
    ask(database, cast, clock, cast.dara)
    assert amina.last.text.startswith("🔑 Dr Chen asks that Dr Dara may see: How I feel")
    with pytest.raises(NotPermitted):
        kinds_open(database, cast, clock, cast.dara)
    amina.tap("Yes, all")
    assert kinds_open(database, cast, clock, cast.dara) == NEEDED
    clock.pass_(days=91)
    with pytest.raises(NotPermitted):
        kinds_open(database, cast, clock, cast.dara)


def test_what_nobody_answers_ends_after_fourteen_days(
    amina: Talk, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.start()
    ask(database, cast, clock)
    clock.pass_(days=14)
    assert state(database, cast, clock) is RequestState.EXPIRED
    assert amina.tap("Yes, all").text == "This question is answered or has run out."
    assert kinds_open(database, cast, clock, cast.chen) == {SegmentKind.PHYSICAL_SIGNS}


def test_who_may_not_ask_and_what_cannot_be_asked(
    database: Database, cast: Cast, clock: Clock
) -> None:
    plea = Plea(NEEDED, 90, WHY)
    asked = {"record_id": cast.record.id, "now": clock()}
    with database.begin(True) as unit:
        for stranger in (cast.dara, cast.bela, cast.researcher):
            with pytest.raises(NotPermitted):
                ask_for_leave(unit, plea, by=stranger, **asked)
        with pytest.raises(NotPermitted):
            ask_by_pseudonym(
                unit,
                plea,
                pseudonym="x",
                purpose=Purpose.RESEARCH,
                by=cast.researcher,
                now=clock(),
            )
        for wrong in (
            Plea(frozenset(), 90, WHY),
            Plea(NEEDED, 90, " "),
            Plea(NEEDED, 0, WHY),
            Plea(NEEDED, 90, WHY, cast.bela.id),
        ):
            with pytest.raises(NotValid):
                ask_for_leave(unit, wrong, by=cast.chen, **asked)
        for _ in range(3):
            ask_for_leave(unit, plea, by=cast.chen, **asked)
        with pytest.raises(NotValid, match="too_many"):
            ask_for_leave(unit, plea, by=cast.chen, **asked)
