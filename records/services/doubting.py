"""Readings of a device that are too unusual to count: the patient is asked in the chat."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from records.chats import Card, Chat
from records.errors import NotFound
from records.observations import Observation, Status
from records.people import Person
from records.prompts import when_awake
from records.services.intake import observation_at
from records.services.ports import Question, Unit
from records.services.telling import may_say_all
from records.tracking import ObservationId
from records.wording import readings as cards

JOB = "doubt"
MOST = 3  # questions a batch: the rest waits in /today
QUESTION_LASTS = timedelta(hours=12)  # PRODUCT.md I3
USEFUL_FOR = timedelta(hours=24)


def doubt(unit: Unit, filed: Sequence[Observation], *, of: Person, now: datetime) -> None:
    """See to it that the patient is asked about the newest of what does not count yet.

    Not while people sleep: nothing is lost meanwhile, it only does not count.
    """
    asked = sorted(
        (one for one in filed if one.status is Status.PROVISIONAL), key=lambda one: one.effective
    )
    due = when_awake(now, of.zone)
    for one in asked[-MOST:]:
        unit.timetable.set(f"{JOB}:{one.id}", due, JOB, one.id, useful_until=due + USEFUL_FOR)


def ask(unit: Unit, ref: str, *, now: datetime) -> None:
    """Ask whether a reading is to be kept, unless that was answered meanwhile."""
    try:
        segment, one = observation_at(unit, ObservationId(ref))
    except NotFound:
        return
    if one.status is not Status.PROVISIONAL:
        return
    patient = unit.people.person(unit.records.record(segment.record).patient)
    shown = unit.own_units.of(segment.record).shown(one)
    key = f"{JOB}:{one.id}"
    unit.intake.remember(key, [one.id])

    def card(chat: Chat) -> Card:
        if not may_say_all(chat):
            return cards.device_waits_card(chat.language)
        return cards.keep_reading_card(
            shown, ref=key, zone=patient.zone, now=now, language=chat.language
        )

    for chat in unit.chats.of_person(patient.id):
        unit.outbox.send(chat.id, card(chat), useful_until=now + USEFUL_FOR)
        if may_say_all(chat) and unit.questions.open(chat.id, now) is None:
            unit.questions.ask(chat.id, Question("confirm", key, now + QUESTION_LASTS))
