"""Alerts open and close with a margin, one of a cause; advice goes out by name or is held."""

from decimal import Decimal
from pathlib import Path

import pytest

from records.alerts import Advising, Alert
from records.clinic import Texts
from records.consent import Part
from records.errors import NotPermitted, NotValid
from records.findings.guidelines import Guideline
from records.findings.limits import Limits
from records.findings.reasons import Situation
from records.findings.targets import PressureTarget
from records.observations import Channel
from records.orders import OrderKind
from records.people import Person, Record
from records.services.acknowledging import acknowledge, alerts_of, drop_held, send_held
from records.services.alerting import check
from records.services.clinic import choose_guideline, write_advice
from records.services.concealing import Concealment, hide
from records.services.consenting import withdraw_grant
from records.services.intake import Draft, file_observations
from records.services.limiting import reset_limits, set_limits, thresholds_of
from records.services.mourning import note_death
from records.services.ports import Unit
from records.services.worklist import worklist
from records.vocabulary import Language, SegmentKind
from storage.database import Database
from storage.timetable import Timetable
from tests.cast import Cast, Clock
from tests.records.services.test_worklist import bp, listed, order, patient, rows, sugar, week

TEXTS = Texts("Please rest and measure again.", "请休息后再量一次。")


def file(unit: Unit, who: tuple[Person, Record], drafts: list[Draft], clock: Clock) -> None:
    person, record = who
    file_observations(
        unit, drafts, record_id=record.id, by=person, channel=Channel.CHAT, now=clock()
    )


def causes(unit: Unit, record: Record) -> list[Situation]:
    return [one.cause for one in unit.alerts.open_of(record.id)]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Rules are the same on both; what storage promises of alerts is tested on both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture
def run(database: Database):
    timetable = Timetable(database)

    def until_quiet() -> None:
        while timetable.step(50):
            pass

    return until_quiet


def test_an_alert_opens_by_the_clock_stays_near_the_target_and_closes_well_below(
    database: Database, cast: Cast, clock: Clock, run
) -> None:
    with database.begin(True) as unit:
        who = patient(unit, cast, "Wu", week(clock(), 140, 80), clock())
    run()
    with database.begin(False) as unit:
        assert causes(unit, who[1]) == [Situation.ABOVE_TARGET]
        first = unit.alerts.open_of(who[1].id)[0]
        assert first.doctor == cast.chen.id
    for systolic, still in ((131, True), (130, False), (134, False), (135, True)):
        clock.pass_(days=7)
        with database.begin(True) as unit:
            file(unit, who, week(clock(), systolic, 80), clock)
        run()
        with database.begin(False) as unit:
            assert (Situation.ABOVE_TARGET in causes(unit, who[1])) is still, systolic
    with database.begin(False) as unit:
        again = next(
            one for one in unit.alerts.open_of(who[1].id) if one.cause is Situation.ABOVE_TARGET
        )
        assert again.id != first.id
        assert [one.id for one in unit.alerts.closed_of(who[1].id, 9) if one.id == first.id]


def test_silence_opens_by_the_clock_alone_and_the_first_reading_ends_it(
    database: Database, cast: Cast, clock: Clock, run
) -> None:
    with database.begin(True) as unit:
        who = patient(unit, cast, "Wu", [bp(clock(), 0.1, 120, 70)], clock())
    run()
    clock.pass_(days=6, hours=20)
    run()
    with database.begin(False) as unit:
        assert causes(unit, who[1]) == []
    clock.pass_(hours=5)
    run()
    with database.begin(False) as unit:
        assert causes(unit, who[1]) == [Situation.NO_DATA]
    with database.begin(True) as unit:
        file(unit, who, [bp(clock(), 0, 121, 71)], clock)
    run()
    with database.begin(False) as unit:
        assert causes(unit, who[1]) == []


def test_who_saw_it_is_named_and_a_new_urgent_value_wants_to_be_seen_again(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        who = patient(unit, cast, "Wu", [sugar(clock(), 0.1, "3.1")], clock())
        check(unit, who[1].id, now=clock())
        (alert,) = unit.alerts.open_of(who[1].id)
        with pytest.raises(NotPermitted):
            acknowledge(unit, alert.id, by=cast.dara, now=clock())
        acknowledge(unit, alert.id, by=cast.chen, now=clock())
        (shown,) = alerts_of(unit, who[1].id, by=cast.chen, now=clock()).open
        assert shown.seen_by == cast.chen
        assert "ADA" in shown.source
        check(unit, who[1].id, now=clock.pass_(minutes=5))
        assert unit.alerts.alert(alert.id).seen_by == cast.chen.id
        file(unit, who, [sugar(clock(), -0.001, "3.3")], clock)
        check(unit, who[1].id, now=clock.pass_(minutes=5))
        assert unit.alerts.alert(alert.id).seen_by is None


def test_what_is_hidden_from_a_doctor_opens_nothing_and_a_withdrawn_grant_shows_nothing(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        who = patient(unit, cast, "Wu", [sugar(clock(), 0.1, "2.5")], clock())
        whole = Part(SegmentKind.PHYSICAL_SIGNS)
        hide(unit, Concealment(whole), record_id=who[1].id, by=who[0], now=clock())
        check(unit, who[1].id, now=clock())
        assert causes(unit, who[1]) == []
        other = patient(unit, cast, "Xu", [sugar(clock(), 0.1, "2.5")], clock())
        check(unit, other[1].id, now=clock())
        alert = unit.alerts.open_of(other[1].id)[0]
        assert alerts_of(unit, other[1].id, by=cast.chen, now=clock()).open
        (grant,) = unit.grants.of_record(other[1].id)
        withdraw_grant(unit, grant.id, by=other[0], now=clock())
        assert not alerts_of(unit, other[1].id, by=cast.chen, now=clock()).open
        with pytest.raises(NotPermitted):
            acknowledge(unit, alert.id, by=cast.chen, now=clock())
        check(unit, other[1].id, now=clock())
        assert causes(unit, other[1]) == []


def test_an_own_target_moves_the_list_and_the_alert_until_it_is_taken_back(
    database: Database, cast: Cast, clock: Clock
) -> None:
    own = Limits(PressureTarget(145, 90), silent_days=3)
    with database.begin(True) as unit:
        who = patient(unit, cast, "Wu", week(clock(), 140, 80), clock())
        set_limits(unit, own, record_id=who[1].id, by=cast.chen, now=clock())
        check(unit, who[1].id, now=clock())
        assert causes(unit, who[1]) == []
        assert not rows(listed(unit, cast, clock()), Situation.ABOVE_TARGET)
        told = thresholds_of(unit, who[1].id, cast.chen)
        assert told.setter == cast.chen
        assert told.usual.target == PressureTarget(135, 85)
        with pytest.raises(NotPermitted):
            set_limits(unit, own, record_id=who[1].id, by=cast.dara, now=clock())
        reset_limits(unit, record_id=who[1].id, by=cast.chen, now=clock())
        check(unit, who[1].id, now=clock())
        assert causes(unit, who[1]) == [Situation.ABOVE_TARGET]


SLIPS = (
    (Limits(PressureTarget(13, 85)), "systolic"),
    (Limits(PressureTarget(135, 850)), "diastolic"),
    (Limits(PressureTarget(100, 105)), "diastolic"),
    (Limits(glucose_low=Decimal("2.9")), "glucose_low"),
    (Limits(rise=0), "rise"),
    (Limits(silent_days=0), "silent_days"),
)


def test_a_limit_that_is_a_slip_is_refused_at_its_place(
    database: Database, cast: Cast, clock: Clock
) -> None:
    for limits, field in SLIPS:
        with database.begin(True) as unit, pytest.raises(NotValid) as refused:
            set_limits(unit, limits, record_id=cast.record.id, by=cast.chen, now=clock())
        assert refused.value.field == field


def test_a_clinics_guideline_holds_unless_a_clinician_chose_another(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        patient(unit, cast, "Wu", week(clock(), 132, 78), clock())
        assert not rows(listed(unit, cast, clock()), Situation.ABOVE_TARGET)
        choose_guideline(unit, Guideline.ACC_AHA, by=cast.dara)
        found = worklist(unit, by=cast.chen, now=clock())
        (row,) = rows(found, Situation.ABOVE_TARGET)
        assert row.why.say(Language.ENGLISH) == "Average 132/78 against 130/80 (14 readings)"
        titles = [one.title.say(Language.ENGLISH) for one in found.sections]
        assert "Above target: 7-day average from 130/80" in titles
        unit.practices.choose(cast.chen.id, Guideline.ESC)
        assert not rows(listed(unit, cast, clock()), Situation.ABOVE_TARGET)
        with pytest.raises(NotPermitted):
            choose_guideline(unit, Guideline.ESC, by=cast.amina)


def test_advice_is_sent_in_the_doctors_name_as_an_order_in_the_patients_language(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        write_advice(
            unit, Situation.LOW_GLUCOSE, TEXTS, held=False, version=0, by=cast.dara, now=clock()
        )
        who = patient(unit, cast, "Wu", [], clock())
        order(unit, cast, *who, clock())  # so that there is a chat
        file(unit, who, [sugar(clock(), 0.1, "3.1")], clock)
        check(unit, who[1].id, now=clock())
        (alert,) = unit.alerts.open_of(who[1].id)
        assert alert.advice is Advising.SENT
        placed = unit.orders.order(alert.order)
        assert (placed.kind, placed.placed_by) == (OrderKind.ADVICE, cast.chen.id)
        assert placed.text == TEXTS.english
        check(unit, who[1].id, now=clock.pass_(minutes=1))
        assert len([1 for one, _ in unit.orders.of_record(who[1].id) if one.id == placed.id]) == 1
        # Soon again: the same words wait for a doctor.
        clock.pass_(days=1)
        unit.alerts.put(Alert(**{**_fields(alert), "closed": clock()}))
        check(unit, who[1].id, now=clock())
        (again,) = (
            one for one in unit.alerts.open_of(who[1].id) if one.cause is Situation.LOW_GLUCOSE
        )
        assert again.advice is Advising.HELD


def _fields(alert: Alert) -> dict[str, object]:
    return {name: getattr(alert, name) for name in Alert.__dataclass_fields__}


def test_advice_that_is_held_waits_for_a_doctor_who_sends_it_or_does_not(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        write_advice(
            unit, Situation.LOW_GLUCOSE, TEXTS, held=True, version=0, by=cast.dara, now=clock()
        )
        found = []
        for name in ("Wu", "Xu"):
            who = patient(unit, cast, name, [sugar(clock(), 0.1, "3.1")], clock())
            check(unit, who[1].id, now=clock())
            (alert,) = unit.alerts.open_of(who[1].id)
            assert alert.advice is Advising.HELD
            assert not unit.orders.of_record(who[1].id)
            (shown,) = alerts_of(unit, who[1].id, by=cast.chen, now=clock()).open
            assert shown.advice == TEXTS.english
            found.append((who[1], alert))
        (sent_to, first), (dropped_for, second) = found
        with pytest.raises(NotPermitted):
            send_held(unit, first.id, by=cast.dara, now=clock())
        assert send_held(unit, first.id, by=cast.chen, now=clock())
        assert not send_held(unit, first.id, by=cast.chen, now=clock())
        assert len(unit.orders.of_record(sent_to.id)) == 1
        assert drop_held(unit, second.id, by=cast.chen, now=clock())
        assert not unit.orders.of_record(dropped_for.id)
        assert unit.alerts.alert(second.id).seen_by == cast.chen.id


def test_advice_stands_in_both_languages_and_is_not_written_over_unseen(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:

        def write(texts: Texts, version: int, by: Person = cast.chen) -> None:
            write_advice(
                unit, Situation.NO_DATA, texts, held=True, version=version, by=by, now=clock()
            )

        with pytest.raises(NotValid, match="both_languages"):
            write(Texts("Please measure.", " "), 0)
        write(TEXTS, 0)
        write(TEXTS, 1, cast.dara)
        with pytest.raises(NotValid, match="changed_meanwhile"):
            write(TEXTS, 1)
        with pytest.raises(NotPermitted):
            write(TEXTS, 2, cast.researcher)


def test_a_death_closes_every_alert(database: Database, cast: Cast, clock: Clock) -> None:
    with database.begin(True) as unit:
        who = patient(unit, cast, "Wu", [sugar(clock(), 0.1, "3.1")], clock())
        check(unit, who[1].id, now=clock())
        note_death(unit, who[1].id, by=cast.chen, now=clock())
        check(unit, who[1].id, now=clock())
        assert causes(unit, who[1]) == []
