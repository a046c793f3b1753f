"""What a device sends is filed once, by the rules of the chat, and nothing of it is guessed."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from records.chats import Chat, ChatChannel
from records.devices import Device, Part, Told
from records.errors import NotPermitted, TooOften
from records.observations import Channel, Observation, Status
from records.services.devices import CALLS, devices_of, let_in, make_device, revoke_device
from records.services.reporting import Fate, Outcome, file_from_device
from records.services.worklist import worklist
from records.tracking import ChatId, DeviceId, fresh
from records.vocabulary import Code, Language, SegmentKind
from storage.database import Database
from storage.lines import web_lines
from tests.cast import Cast, Clock


@pytest.fixture
def token(database: Database, cast: Cast, clock: Clock) -> str:
    with database.begin(True) as unit:
        return make_device(unit, "My cuff", record_id=cast.record.id, by=cast.amina, now=clock())


@pytest.fixture
def device(database: Database, token: str, clock: Clock) -> Device:
    with database.begin(True) as unit:
        found = let_in(unit, token, now=clock())
    assert found is not None
    return found


def bp(key: str, at: datetime, high: object = 128, low: object = 82, unit: str = "mm[Hg]") -> Told:
    parts = (
        Part("8480-6", Decimal(str(high)), unit),
        Part("8462-4", Decimal(str(low)), unit),
    )
    return Told(key, "85354-9", at, components=parts)


def one(key: str, at: datetime, code: str, value: object, unit: str) -> Told:
    return Told(key, code, at, value=Decimal(str(value)), unit=unit)


def send(database: Database, device: Device, clock: Clock, *told: Told | str) -> list[Outcome]:
    with database.begin(True) as unit:
        return list(file_from_device(unit, device, told, now=clock(), emergency="999"))


def filed(database: Database, cast: Cast) -> list[Observation]:
    with database.begin(False) as unit:
        segments = unit.segments.of_record(
            cast.record.id, [SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS]
        )
        found = [o for s in segments for o in s.observations]
    return sorted(found, key=lambda o: (o.code, o.effective))


def test_readings_are_filed_as_told_by_the_patients_device(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    at = clock() - timedelta(hours=1)
    outcomes = send(
        database,
        device,
        clock,
        bp("a", at),
        one("b", at, "glucose", 130, "mg/dL"),
        one("c", at, "29463-7", 144, "[lb_av]"),
        one("d", at, "8867-4", 70, "/min"),
    )
    assert [(o.key, o.fate, o.counts) for o in outcomes] == [
        (key, Fate.STORED, True) for key in "abcd"
    ]
    found = filed(database, cast)
    assert {o.channel for o in found} == {Channel.DEVICE}
    assert {(o.informant, o.author) for o in found} == {(cast.amina.id, cast.amina.id)}
    values = {o.code: o.number(o.code) for o in found if not o.components}
    assert values == {
        Code.GLUCOSE: Decimal("7.22"),
        Code.WEIGHT: Decimal("65.32"),
        Code.HEART_RATE: Decimal(70),
    }
    assert next(o for o in found if o.code is Code.GLUCOSE).stated == "130 mg/dL"
    assert next(o for o in found if o.components).number(Code.SYSTOLIC) == 128


def test_the_same_key_files_nothing_twice_not_even_within_a_batch(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    at = clock() - timedelta(hours=1)
    first = send(database, device, clock, bp("a", at), bp("a", at, 131))
    clock.pass_(minutes=10)
    second = send(database, device, clock, bp("a", at), bp("b", at, 131))
    assert [o.fate for o in (*first, *second)] == [
        Fate.STORED,
        Fate.ALREADY,
        Fate.ALREADY,
        Fate.STORED,
    ]
    assert [o.number(Code.SYSTOLIC) for o in filed(database, cast)] == [128, 131]


def test_what_is_implausible_is_kept_and_does_not_count(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    at = clock() - timedelta(hours=1)
    outcomes = send(
        database, device, clock, bp("a", at, 300), bp("b", at, 82, 128),
        one("c", at, "heart_rate", 300, "/min"),
    )  # fmt: skip
    assert [(o.fate, o.counts) for o in outcomes] == [(Fate.STORED, False)] * 3
    assert {o.status for o in filed(database, cast)} == {Status.PROVISIONAL}


def test_a_pressure_far_from_the_last_week_is_asked_about_as_in_the_chat(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    days = [clock() - timedelta(days=back) for back in range(1, 5)]
    send(database, device, clock, *(bp(f"{i}", at, 120, 80) for i, at in enumerate(days)))
    (far,) = send(database, device, clock, bp("far", clock(), 170, 85))
    assert not far.counts


NOW = datetime.fromisoformat("2026-11-23T11:00:00+08:00")
REFUSED = {
    "key_missing": bp("", NOW),
    "code_not_known": one("a", NOW, "99999-9", 5, "mm[Hg]"),
    "numbers_missing": replace(bp("a", NOW), components=bp("a", NOW).components[:1]),
    "value_missing": Told("a", "heart_rate", NOW, unit="/min"),
    "value_not_possible": one("a", NOW, "heart_rate", "-5", "/min"),
    "unit_not_known": one("a", NOW, "glucose", 7, "kg"),
    "time_without_offset": bp("a", NOW.replace(tzinfo=None)),
    "time_ahead": bp("a", NOW + timedelta(days=2)),
    "time_too_old": bp("a", NOW.replace(year=1950)),
    "item_unreadable": "item_unreadable",
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_filed_is_refused_with_its_reason(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    outcomes = send(database, device, clock, *REFUSED.values(), bp("good", NOW))
    assert [o.reason for o in outcomes] == [*REFUSED, ""]
    assert len(filed(database, cast)) == 1
    for value in ("NaN", "Infinity", "1e400", "1" * 40):
        (outcome,) = send(database, device, clock, one("x", NOW, "heart_rate", value, "/min"))
        assert outcome.reason == "value_not_possible"
    for code in ("name", "bp.systolic", "8480-6", "mood", "doctor_note"):
        (outcome,) = send(database, device, clock, one("x", NOW, code, 5, "mm[Hg]"))
        assert outcome.reason == "code_not_known"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_fresh_urgent_value_is_answered_and_on_top_of_the_doctors_list(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    web = Chat(ChatId(fresh()), ChatChannel.WEB, cast.amina.id, Language.ENGLISH, cast.amina.id)
    with database.begin(True) as unit:
        unit.chats.put(web)
    send(database, device, clock, bp("old", clock() - timedelta(days=3), 190, 110))
    assert web_lines(database, cast.amina.id, 5) == []
    send(database, device, clock, bp("now", clock(), 192, 112))
    (said,) = web_lines(database, cast.amina.id, 5)
    assert said.text.startswith("⚠️ 192/112 is noted.")
    assert "Call 999 now." in said.text
    with database.begin(False) as unit:
        first = worklist(unit, by=cast.chen, now=clock()).sections[0]
    assert [row.patient.id for row in first.rows] == [cast.amina.id]


def test_only_the_patient_makes_lists_and_revokes_devices(
    database: Database, cast: Cast, clock: Clock, token: str
) -> None:
    for who in (cast.bela, cast.chen, cast.dara):
        with pytest.raises(NotPermitted), database.begin(True) as unit:
            make_device(unit, "x", record_id=cast.record.id, by=who, now=clock())
        with pytest.raises(NotPermitted), database.begin(True) as unit:
            devices_of(unit, cast.record.id, by=who, now=clock())
    with database.begin(True) as unit:
        (mine,) = devices_of(unit, cast.record.id, by=cast.amina, now=clock())
        assert (mine.name, mine.used) == ("My cuff", None)
        with pytest.raises(NotPermitted):
            revoke_device(
                unit, DeviceId("0" * 32), record_id=cast.record.id, by=cast.amina, now=clock()
            )
        revoke_device(unit, mine.id, record_id=cast.record.id, by=cast.amina, now=clock())
        assert let_in(unit, token, now=clock()) is None
        assert list(devices_of(unit, cast.record.id, by=cast.amina, now=clock())) == []


def test_only_the_digest_of_a_token_is_kept(database: Database, cast: Cast, token: str) -> None:
    assert cast
    with database.session(writing=False) as session:
        (row,) = session.connection().exec_driver_sql("SELECT digest, name FROM devices")
    assert token not in str(row)
    assert b"cuff" not in bytes(row[1])


def test_calls_are_counted_for_all_processes_together(
    database: Database, cast: Cast, clock: Clock, token: str
) -> None:
    assert cast
    for _ in range(CALLS):
        with database.begin(True) as unit:
            assert let_in(unit, token, now=clock())
    with pytest.raises(TooOften), database.begin(True) as unit:
        let_in(unit, token, now=clock())
    clock.pass_(minutes=1)
    with database.begin(True) as unit:
        assert let_in(unit, token, now=clock())


def test_what_a_device_files_is_in_the_log(
    database: Database, cast: Cast, clock: Clock, device: Device
) -> None:
    send(database, device, clock, bp("a", clock()))
    with database.begin(False) as unit:
        notes = unit.audit.of_record(cast.record.id, 50)
    (note,) = [one for one in notes if one.action == "file_from_device"]
    assert (note.allowed, note.by, note.ref) == (True, cast.amina.id, f"device:{device.id}")
