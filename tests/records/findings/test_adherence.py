"""How orders were answered, and that a mark says it by its shape, its word and its place."""

from datetime import UTC, datetime, timedelta

import vl_convert

from records.findings.adherence import Kept, KeptTime, adherence, count
from records.findings.charts import Frame, chart_of
from records.orders import Occurrence, State
from records.tracking import OccurrenceId, OrderId, RecordId
from records.vocabulary import Code, Language
from tests.records.findings.test_charts import NOW, ZONE, layer, point

DUE = datetime(2026, 11, 10, 0, 0, tzinfo=UTC)


def one(state: State, answered_after: float | None = None, **rest: object) -> Occurrence:
    answered = None if answered_after is None else DUE + timedelta(hours=answered_after)
    return Occurrence(
        OccurrenceId("o"), OrderId("p"), RecordId("r"), DUE, state, answered=answered, **rest
    )


def test_answered_in_time_late_and_missed_are_told_apart() -> None:
    now = DUE + timedelta(hours=100)
    cases = {
        one(State.DONE, 12): Kept.ANSWERED,
        one(State.DONE, 12.1): Kept.LATE,
        one(State.NO_ANSWER): Kept.MISSED,
        one(State.SENT): Kept.MISSED,
        one(State.QUEUED): Kept.MISSED,
        one(State.SENT, again=now + timedelta(hours=1)): None,
        one(State.LATER, again=now + timedelta(hours=1)): None,
        one(State.QUESTION, 3): None,
        one(State.WITHDRAWN): None,
        one(State.UNREACHABLE): None,
        one(State.TOO_LATE): None,
        one(State.UNKNOWN): None,
    }
    for occurrence, kept in cases.items():
        found = adherence([occurrence], since=DUE, now=now)
        assert [each.kept for each in found] == ([kept] if kept else []), occurrence.state
    assert adherence([one(State.SENT)], since=DUE, now=DUE + timedelta(hours=72)) == ()
    assert adherence([one(State.DONE, 1)], since=DUE + timedelta(1), now=now) == ()
    assert count(adherence(cases, since=DUE, now=now)) == {
        Kept.ANSWERED: 1,
        Kept.LATE: 1,
        Kept.MISSED: 3,
    }


def test_each_mark_stands_at_the_foot_with_a_shape_and_words_of_its_own() -> None:
    kept = [KeptTime(NOW - timedelta(days=9), each) for each in Kept]
    for code, numbers in (
        (Code.BLOOD_PRESSURE, ("141", "87")),
        (Code.GLUCOSE, ("7.2",)),
        (Code.WEIGHT, ("61.2",)),
    ):
        frame = Frame(Language.ENGLISH, ZONE, NOW)
        spec = chart_of(code, [point(0, 0, *numbers)], frame, kept)
        marks = layer(spec, -1)
        rows = marks["data"]["values"]
        assert [row["part"] for row in rows] == [
            "Order answered",
            "Order answered late",
            "Order not answered",
        ]
        assert len(set(marks["encoding"]["shape"]["scale"]["range"])) == 3
        assert len({row["value"] for row in rows}) == 1
        svg = vl_convert.vegalite_to_svg(spec)
        for row in rows:
            assert row["said"] in svg, code
    years = Frame(Language.ENGLISH, ZONE, NOW, days=3650)
    drawn = chart_of(Code.WEIGHT, [point(0, 0, "61.2")], years, kept)
    assert drawn == chart_of(Code.WEIGHT, [point(0, 0, "61.2")], years)
