"""What doctors have asked a few of the demo's people, and what those answered."""

from datetime import datetime, timedelta

from records.findings.reasons import Situation
from records.orders import Answer, Order, OrderKind, State
from records.people import Person, Record
from records.services.lapsing import note_sending
from records.services.ordering import answer_order, place_order
from records.services.ports import Unit
from records.tracking import OccurrenceId
from storage.demo.profiles import Profile
from storage.demo.sayings import MEASURE, MEDICINE, QUESTION


def ask(
    unit: Unit, profile: Profile, doctor: Person, person: Person, record: Record, now: datetime
) -> None:
    """Place what a patient of this situation was asked, and give the answer, if any."""
    language = profile.language

    def placed(kind: OrderKind, text: str, ago: timedelta) -> OccurrenceId:
        order = place_order(
            unit,
            record_id=record.id,
            by=doctor,
            now=now - ago,
            kind=kind,
            text=text,
            due=now - ago,
        )
        return _sent(unit, order)

    match profile.situation:
        case Situation.ON_TARGET:
            ago = timedelta(days=12, hours=3)
            done = placed(OrderKind.MEASURE, MEASURE[language], ago)
            answered = now - ago + timedelta(hours=2)
            answer_order(unit, done, Answer.DONE, by=person, now=answered)
        case Situation.QUESTIONS:
            asked = placed(OrderKind.TAKE, MEDICINE[language], timedelta(hours=20))
            answer_order(
                unit,
                asked,
                Answer.QUESTION,
                by=person,
                now=now - timedelta(hours=17),
                words=QUESTION[language],
            )
        case Situation.UNANSWERED_ORDERS:
            placed(OrderKind.MEASURE, MEASURE[language], timedelta(days=4, hours=3))
        case None if profile.released_to == "research":
            placed(OrderKind.MEASURE, MEASURE[language], timedelta(hours=3))


def _sent(unit: Unit, order: Order) -> OccurrenceId:
    """Return the order's occurrence, noted as sent: its card stands in the web chat."""
    occurrence = next(
        one
        for found, occurrences in unit.orders.of_record(order.record)
        if found.id == order.id
        for one in occurrences
    )
    note_sending(unit, occurrence.id, State.SENT, now=order.placed)
    return occurrence.id
