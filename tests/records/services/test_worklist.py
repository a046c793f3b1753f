"""Each patient stands once in the list, where the rule says, and only by what is granted."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from records.chats import Chat, ChatChannel
from records.findings.reasons import READINGS, TITLES, Situation, title_of
from records.observations import Channel, Quantity, pressure
from records.orders import Answer, OrderKind, State
from records.people import Person, Record, Tie
from records.services.consenting import Wish, give_grant
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.intake import Draft, file_observations
from records.services.lapsing import note_sending
from records.services.ordering import answer_order, place_order
from records.services.ports import Unit
from records.services.worklist import Row, Worklist, worklist
from records.tracking import ChatId, fresh
from records.vocabulary import Code, Language, Purpose, SegmentKind
from records.wording import catalogue
from storage.database import Database
from storage.rows.consent import AuditRow
from tests.cast import ZONE, Cast, Clock

EN = Language.ENGLISH
PHYSICAL = frozenset({SegmentKind.PHYSICAL_SIGNS})
ALL = frozenset(SegmentKind)


def patient(
    unit: Unit,
    cast: Cast,
    name: str,
    drafts: Iterable[Draft],
    now: datetime,
    kinds: frozenset[SegmentKind] = PHYSICAL,
) -> tuple[Person, Record]:
    """Enrol a patient of Dr Chen who grants some kinds, with what was told."""
    since = now - timedelta(days=30)
    person, record = enrol_patient(unit, name, language=EN, zone=ZONE, now=since)
    offered = offer_care(
        unit, record_id=record.id, person=cast.chen, tie=Tie.DOCTOR, now=since, by_patient=False
    )
    confirm_care(unit, offered, by=person, now=since)
    if kinds:
        wish = Wish(kinds, Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, wish, record_id=record.id, by=person, now=since)
    told = list(drafts)
    if told:
        file_observations(unit, told, record_id=record.id, by=person, channel=Channel.CHAT, now=now)
    return person, record


def bp(now: datetime, days_ago: float, systolic: int, diastolic: int, **rest: bool) -> Draft:
    at = now - timedelta(days=days_ago)
    return Draft(Code.BLOOD_PRESSURE, at, components=pressure(systolic, diastolic), **rest)


def sugar(now: datetime, days_ago: float, value: str) -> Draft:
    quantity = Quantity(Decimal(value), "mmol/L")
    return Draft(Code.GLUCOSE, now - timedelta(days=days_ago), quantity)


def week(now: datetime, systolic: int, diastolic: int, weeks_ago: int = 0) -> list[Draft]:
    """Fourteen equal readings of seven days: their mean is themselves."""
    return [
        bp(now, 7 * weeks_ago + day + part, systolic, diastolic)
        for day in range(7)
        for part in (0.05, 0.3)
    ]


def listed(unit: Unit, cast: Cast, now: datetime, by: Person | None = None) -> Worklist:
    return worklist(unit, by=by or cast.chen, now=now)


def rows(found: Worklist, situation: Situation) -> list[Row]:
    return [row for one in found.sections if one.situation is situation for row in one.rows]


def only(found: Worklist, name: str) -> tuple[Situation, Row]:
    places = [
        (one.situation, row)
        for one in found.sections
        for row in one.rows
        if row.patient.name == name
    ]
    assert len(places) == 1
    return places[0]


def order(unit: Unit, cast: Cast, person: Person, record: Record, at: datetime) -> str:
    chat = Chat(ChatId(fresh()), ChatChannel.WEB, person.id, EN, person.id)
    unit.chats.put(chat)
    placed = place_order(
        unit,
        record_id=record.id,
        by=cast.chen,
        now=at,
        kind=OrderKind.MEASURE,
        text="Measure",
        due=at,
    )
    ((_, (occurrence,)),) = (
        pair for pair in unit.orders.of_record(record.id) if pair[0].id == placed.id
    )
    return occurrence.id


@pytest.mark.parametrize(
    ("drafts", "situation", "why"),
    [
        (
            lambda now: [*week(now, 120, 70), bp(now, 0.01, 180, 90)],
            Situation.ACT_NOW,
            "Blood pressure 180/90 mmHg",
        ),
        (
            lambda now: [sugar(now, 1, "2.9"), sugar(now, 2, "3.5")],
            Situation.ACT_NOW,
            "Glucose 2.9 mmol/L",
        ),
        (
            lambda now: [sugar(now, 1, "3.8"), sugar(now, 2, "3.1"), sugar(now, 3, "6.0")],
            Situation.LOW_GLUCOSE,
            "2 × low, lowest 3.1 mmol/L",
        ),
        (
            lambda now: week(now, 135, 70),
            Situation.ABOVE_TARGET,
            "Average 135/70 against 135/85 (14 readings)",
        ),
        (
            lambda now: [*week(now, 128, 78), *week(now, 118, 78, 1)],
            Situation.GETTING_WORSE,
            "Average from 118/78 to 128/78 in a week",
        ),
        (
            lambda now: [
                *(sugar(now, 7 + n, "8.0") for n in range(5)),
                *(sugar(now, n + 0.1, "8.0") for n in range(4)),
                sugar(now, 4.1, "11.0"),
            ],
            Situation.GETTING_WORSE,
            "In range from 100 % to 80 % in a week",
        ),
        (lambda now: [bp(now, 9.5, 128, 78)], Situation.NO_DATA, "No reading for 9 days"),
        (lambda now: [], Situation.NO_DATA, "No reading in the last weeks"),
        (
            lambda now: [*week(now, 134, 84), *week(now, 125, 80, 1)],
            Situation.ON_TARGET,
            "Average 134/84 (14 readings)",
        ),
        (
            lambda now: [bp(now, 1, 150, 95)],
            Situation.ON_TARGET,
            "Not enough readings yet (1 of 12)",
        ),
    ],
)
def test_a_patient_stands_where_the_rule_says(
    database: Database, cast: Cast, clock: Clock, drafts: object, situation: Situation, why: str
) -> None:
    now = clock()
    with database.begin(True) as unit:
        patient(unit, cast, "Pia", drafts(now), now)  # type: ignore[operator]
    with database.begin(False) as unit:
        place, row = only(listed(unit, cast, now), "Pia")
    assert (place, row.why.say(EN)) == (situation, why)


def test_a_question_and_an_unanswered_order_are_listed(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()
    with database.begin(True) as unit:
        asks, record = patient(unit, cast, "Ann", week(now, 120, 70), now)
        occurrence = order(unit, cast, asks, record, now - timedelta(hours=5))
        words = "At night?"
        answer_order(unit, occurrence, Answer.QUESTION, by=asks, now=now, words=words)  # type: ignore[arg-type]
        silent, record = patient(unit, cast, "Ben", week(now, 120, 70), now)
        late = order(unit, cast, silent, record, now - timedelta(hours=73))
        note_sending(unit, late, State.SENT, now=now)  # type: ignore[arg-type]
        recent, record = patient(unit, cast, "Cy", week(now, 120, 70), now)
        order(unit, cast, recent, record, now - timedelta(hours=71))
    with database.begin(False) as unit:
        found = listed(unit, cast, now)
    places = {name: only(found, name) for name in ("Ann", "Ben", "Cy")}
    assert {name: place for name, (place, _) in places.items()} == {
        "Ann": Situation.QUESTIONS,
        "Ben": Situation.UNANSWERED_ORDERS,
        "Cy": Situation.ON_TARGET,
    }
    assert places["Ann"][1].why.say(EN) == "Asks: At night?"
    assert places["Ben"][1].why.say(EN) == "No answer for 3 days"


def test_warning_words_count_for_a_week_where_they_are_granted(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()

    def pain(days_ago: float) -> list[Draft]:
        at = now - timedelta(days=days_ago)
        return [
            *week(now, 120, 70),
            Draft(Code.SYMPTOM, at, "chest pain", context="red_flag"),
        ]

    with database.begin(True) as unit:
        patient(unit, cast, "Told", pain(6.9), now, ALL)
        patient(unit, cast, "Old", pain(7.1), now, ALL)
        patient(unit, cast, "Shut", pain(1), now, PHYSICAL)
    with database.begin(False) as unit:
        found = listed(unit, cast, now)
    assert [(r.patient.name, r.why.say(EN)) for r in rows(found, Situation.ACT_NOW)] == [
        ("Told", "Warning words: chest pain")
    ]


def test_nothing_of_what_is_not_granted_is_in_the_list(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()
    born = Draft(Code.BIRTH_DATE, now, "1955-11-24")
    with database.begin(True) as unit:
        patient(unit, cast, "Shut", [bp(now, 0.1, 190, 125), born], now, frozenset())
        patient(unit, cast, "Open", [bp(now, 0.1, 128, 78), born], now, ALL)
    with database.begin(False) as unit:
        found = listed(unit, cast, now)
    place, row = only(found, "Shut")
    assert place is Situation.ON_TARGET
    assert (row.age, row.last, row.average) == (None, None, None)
    assert row.why.say(EN) == "Nothing to act on"
    # The birthday is tomorrow.
    assert only(found, "Open")[1].age == 70


def test_a_year_alone_gives_no_age(database: Database, cast: Cast, clock: Clock) -> None:
    now = clock()
    with database.begin(True) as unit:
        born = Draft(Code.BIRTH_DATE, now, "1950")
        patient(unit, cast, "Mei", [bp(now, 1, 128, 78), born], now, ALL)
    with database.begin(False) as unit:
        assert only(listed(unit, cast, now), "Mei")[1].age is None


def test_a_private_reading_is_not_counted(database: Database, cast: Cast, clock: Clock) -> None:
    now = clock()
    with database.begin(True) as unit:
        told = [bp(now, 1, 128, 78), bp(now, 0.1, 190, 125, private=True)]
        patient(unit, cast, "Pia", told, now)
    with database.begin(False) as unit:
        place, row = only(listed(unit, cast, now), "Pia")
    assert place is Situation.ON_TARGET
    assert row.last is not None
    assert row.last.numbers == (Decimal(128), Decimal(78))


def test_a_doctor_without_a_relationship_sees_nobody(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(False) as unit:
        assert listed(unit, cast, clock(), cast.dara).patients == 0
        assert listed(unit, cast, clock(), cast.bela).patients == 0


def test_the_furthest_above_the_target_comes_first(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()
    with database.begin(True) as unit:
        for name, systolic, diastolic in (("A", 140, 70), ("B", 136, 99), ("C", 150, 80)):
            patient(unit, cast, name, week(now, systolic, diastolic), now)
    with database.begin(False) as unit:
        above = rows(listed(unit, cast, now), Situation.ABOVE_TARGET)
    assert [row.patient.name for row in above] == ["C", "B", "A"]  # 15, 14 and 5 above


def test_the_list_is_noted_in_one_line_and_one_for_each_patient_on_it(
    database: Database, cast: Cast, clock: Clock
) -> None:
    now = clock()
    with database.begin(True) as unit:
        for name in ("A", "B"):
            patient(unit, cast, name, [], now)
    with database.session(writing=False) as session:
        before = session.query(AuditRow).count()
    with database.begin(False) as unit:
        listed(unit, cast, now)
    with database.session(writing=False) as session:
        lines = session.query(AuditRow).order_by(AuditRow.id).all()[before:]
    assert {one.ref for one in lines} == {"worklist"}
    assert [one.record for one in lines].count(None) == 1
    records = [one.record for one in lines if one.record]
    assert len(records) == len(set(records)) == len(lines) - 1 >= 2


def test_a_title_holds_its_threshold() -> None:
    assert title_of(Situation.ABOVE_TARGET).say(EN) == "Above target: 7-day average from 135/85"
    assert title_of(Situation.NO_DATA).say(Language.CHINESE) == "无数据：7 天未记录"


def test_every_title_has_its_chinese() -> None:
    assert list(TITLES) == list(Situation)
    with_chinese = [catalogue(Language.CHINESE).gettext(one) for one in TITLES.values()]
    assert not set(with_chinese) & set(TITLES.values())
    readings = [catalogue(Language.CHINESE).gettext(one) for one in READINGS.values()]
    assert not set(readings) & set(READINGS.values())
