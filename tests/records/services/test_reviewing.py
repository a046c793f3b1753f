"""A review moves a patient out of one clinician's list until something new comes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from records.errors import NotPermitted
from records.findings.reasons import Situation
from records.findings.sparkline import sparkline
from records.observations import Channel
from records.people import Record
from records.series import Point
from records.services.intake import file_observations
from records.services.ports import Unit
from records.services.reviewing import review, undo_review
from records.services.worklist import Row, Wanted, Worklist, worklist
from records.tracking import ObservationId, TrackingId
from storage.database import Database
from tests.cast import NOON, Cast, Clock
from tests.records.services.test_worklist import bp, listed, only, patient, rows, week


def reviewed(found: Worklist) -> list[str]:
    return [row.patient.name for row in found.reviewed]


def put_aside(unit: Unit, cast: Cast, clock: Clock, name: str) -> Row:
    """Review a patient as the list shows it now."""
    row = only(listed(unit, cast, clock()), name)[1]
    assert review(unit, row.record, row.stamp, by=cast.chen, now=clock())
    return row


@pytest.fixture
def high(database: Database, cast: Cast, clock: Clock) -> Record:
    """Pia, whose week is above the target."""
    with database.begin(True) as unit:
        return patient(unit, cast, "Pia", week(clock(), 140, 90), clock())[1]


def test_a_reviewed_patient_is_folded_away_and_comes_back_by_an_undo(
    database: Database, cast: Cast, clock: Clock, high: Record
) -> None:
    with database.begin(True) as unit:
        put_aside(unit, cast, clock, "Pia")
        found = listed(unit, cast, clock.pass_(hours=1))
        assert reviewed(found) == ["Pia"]
        assert found.reviewed[0].may_undo
        assert not rows(found, Situation.ABOVE_TARGET)
        assert found.patients == 2  # Amina is there too
        undo_review(unit, high.id, by=cast.chen, now=clock())
        assert only(listed(unit, cast, clock()), "Pia")[0] is Situation.ABOVE_TARGET


def test_another_days_review_cannot_be_undone(
    database: Database, cast: Cast, clock: Clock, high: Record
) -> None:
    with database.begin(True) as unit:
        put_aside(unit, cast, clock, "Pia")
        clock.pass_(hours=12)  # midnight in the doctor's zone
        undo_review(unit, high.id, by=cast.chen, now=clock())
        assert reviewed(listed(unit, cast, clock())) == ["Pia"]
        assert not listed(unit, cast, clock()).reviewed[0].may_undo


def test_something_new_brings_a_patient_back_also_when_it_is_told_late(
    database: Database, cast: Cast, clock: Clock, high: Record
) -> None:
    with database.begin(True) as unit:
        put_aside(unit, cast, clock, "Pia")
        pia = unit.people.person(high.patient)
        late = [bp(clock(), 1.5, 141, 91)]
        file_observations(unit, late, record_id=high.id, by=pia, channel=Channel.CHAT, now=clock())
        assert only(listed(unit, cast, clock()), "Pia")[0] is Situation.ABOVE_TARGET


def test_what_came_after_the_page_was_drawn_is_not_reviewed_unseen(
    database: Database, cast: Cast, clock: Clock, high: Record
) -> None:
    with database.begin(True) as unit:
        row = only(listed(unit, cast, clock()), "Pia")[1]
        pia = unit.people.person(high.patient)
        now = clock.pass_(minutes=5)
        drafts = [bp(now, 0, 190, 125)]
        file_observations(unit, drafts, record_id=high.id, by=pia, channel=Channel.CHAT, now=now)
        assert not review(unit, high.id, row.stamp, by=cast.chen, now=now)
        assert only(listed(unit, cast, now), "Pia")[0] is Situation.ACT_NOW


def test_silence_brings_a_patient_back_within_a_week_of_a_review(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        patient(unit, cast, "Sil", [bp(clock(), 9, 128, 78)], clock())
        put_aside(unit, cast, clock, "Sil")
        assert reviewed(listed(unit, cast, clock.pass_(days=6, hours=23))) == ["Sil"]
        assert only(listed(unit, cast, clock.pass_(hours=2)), "Sil")[0] is Situation.NO_DATA


def test_a_review_is_of_one_clinician_and_refused_to_others(
    database: Database, cast: Cast, clock: Clock, high: Record
) -> None:
    with database.begin(True) as unit:
        row = put_aside(unit, cast, clock, "Pia")
    with pytest.raises(NotPermitted), database.begin(True) as unit:
        review(unit, high.id, row.stamp, by=cast.dara, now=clock())


def test_a_list_is_narrowed_and_only_who_is_shown_is_noted(
    database: Database, cast: Cast, clock: Clock, high: Record
) -> None:
    def names(wanted: Wanted) -> list[str]:
        found = worklist(unit, by=cast.chen, now=clock(), wanted=wanted)
        return sorted(row.patient.name for one in found.sections for row in one.rows)

    with database.begin(True) as unit:
        assert names(Wanted(name=" pi ")) == ["Pia"]
        assert unit.audit.held[-1].record == high.id
        assert len(unit.audit.held) == 2
        assert names(Wanted(situation=Situation.NO_DATA)) == ["Amina"]
        assert names(Wanted(helped=True)) == ["Amina"]  # Bela helps her
        assert names(Wanted(helped=False)) == ["Pia"]


def test_a_sparkline_runs_from_the_oldest_to_the_newest() -> None:
    def point(days_ago: int, number: int) -> Point:
        at = NOON - timedelta(days=days_ago)
        return Point(at, (Decimal(number),), "", False, ObservationId(""), TrackingId(""))

    line = sparkline([point(40, 300), point(30, 90), point(15, 120), point(0, 140)], NOON)
    assert line is not None
    # The box is 96 by 24 with an edge of 2; day 40 and the very first moment lie outside.
    assert line.line == "48.0,22.0 94.0,2.0"
    assert (line.lowest, line.highest) == (120, 140)
    assert sparkline([point(1, 120)], NOON) is None
