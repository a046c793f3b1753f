"""Looking at a record by the rules: alerts open and close, and the clinic's advice goes out.

Each treating doctor's facts are looked at as far as that doctor may read, so that nothing hidden
opens an alert. A record is looked at again whenever something came, and by the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from records.alerts import Advising, Alert
from records.findings.reasons import Situation
from records.findings.rules import ALERT_RULES, AlertRule, why_open
from records.findings.situations import Facts
from records.orders import Order, OrderKind
from records.people import Person, Record, Tie
from records.services.known import known_of
from records.services.ordering import place_order
from records.services.ports import Unit
from records.services.viewing import patients_of
from records.tracking import AlertId, RecordId, fresh

JOB = "rules"
A_DAY = timedelta(days=1)
ADVISE_AGAIN = timedelta(days=3)  # sooner, the same advice waits for a doctor; our choice


@dataclass(frozen=True, slots=True)
class Seen:
    """What one treating doctor may know of the patient."""

    doctor: Person
    facts: Facts


def check(unit: Unit, record_id: RecordId, *, now: datetime) -> None:
    """Open and close the alerts of a record, and say when it must be looked at again."""
    unit.records.lock(record_id)
    record = unit.records.record(record_id)
    seen = () if record.deceased is not None else _seen_by_doctors(unit, record, now)
    was_open = {one.cause: one for one in unit.alerts.open_of(record_id)}
    for cause, rule in ALERT_RULES.items():
        alert = was_open.get(cause)
        if alert is None:
            _open(unit, record, cause, seen, now)
        else:
            _look_again(unit, alert, rule, seen, now)
    _come_back(unit, record_id, seen, now)


def send_advice(unit: Unit, alert: Alert, *, by: Person, now: datetime) -> Order | None:
    """Place the clinic's advice as an order in the name of a doctor; None where there is none."""
    clinic = by.organisation
    advice = unit.clinic_texts.advices(clinic).get(alert.cause) if clinic else None
    if advice is None:
        return None
    patient = unit.people.person(unit.records.record(alert.record).patient)
    return place_order(
        unit,
        record_id=alert.record,
        by=by,
        now=now,
        kind=OrderKind.ADVICE,
        text=advice.texts.of(patient.language),
        due=now,
        urgent=ALERT_RULES[alert.cause].urgent,
    )


def _seen_by_doctors(unit: Unit, record: Record, now: datetime) -> tuple[Seen, ...]:
    ties = sorted(unit.relationships.of_record(record.id), key=lambda one: one.since)
    found = []
    for tie in ties:
        if tie.tie is Tie.DOCTOR and tie.holds(now):
            doctor = unit.people.person(tie.person)
            cared = patients_of(unit, by=doctor, now=now, only=[record.id])
            known = known_of(unit, cared, by=doctor, now=now)
            found += [Seen(doctor, one.facts) for one in known if one.kinds]
    return tuple(found)


def _open(
    unit: Unit, record: Record, cause: Situation, seen: Sequence[Seen], now: datetime
) -> None:
    for one in seen:
        if why_open(cause, one.facts) is not None:
            alert = Alert(AlertId(fresh()), record.id, cause, one.doctor.id, now)
            unit.alerts.put(_advised(unit, alert, one.doctor, now))
            return


def _advised(unit: Unit, alert: Alert, doctor: Person, now: datetime) -> Alert:
    """Return the alert with its advice sent, or held where the clinic or good sense wants it."""
    clinic = doctor.organisation
    advice = unit.clinic_texts.advices(clinic).get(alert.cause) if clinic else None
    if advice is None:
        return alert
    if advice.held or _was_told_lately(unit, alert, now):
        return replace(alert, advice=Advising.HELD)
    order = send_advice(unit, alert, by=doctor, now=now)
    return replace(alert, advice=Advising.SENT, order=order.id if order else None)


def _was_told_lately(unit: Unit, alert: Alert, now: datetime) -> bool:
    return any(
        one.cause is alert.cause and one.advice is Advising.SENT and now - one.opened < ADVISE_AGAIN
        for one in unit.alerts.closed_of(alert.record, len(ALERT_RULES) * 3)
    )


def _look_again(
    unit: Unit, alert: Alert, rule: AlertRule, seen: Sequence[Seen], now: datetime
) -> None:
    its_own = [one for one in seen if one.doctor.id == alert.doctor] or seen
    stays = any(rule.holds(one.facts, already=True) for one in its_own)
    if not stays and not any(why_open(alert.cause, one.facts) for one in seen):
        held = alert.advice is Advising.HELD
        unit.alerts.put(
            replace(alert, closed=now, advice=Advising.DROPPED if held else alert.advice)
        )
    elif rule.urgent and alert.seen and any(_came(alert, one.facts) for one in its_own):
        unit.alerts.put(alert.unseen())


def _came(alert: Alert, facts: Facts) -> bool:
    """Say whether something urgent came after somebody acknowledged the alert."""
    match = why_open(alert.cause, facts)
    return bool(match and match.at and alert.seen and match.at > alert.seen)


def _come_back(unit: Unit, record_id: RecordId, seen: Sequence[Seen], now: datetime) -> None:
    """Set when silence alone would change something, and tomorrow while any alert is open."""
    dues = {_silent_from(one.facts) for one in seen}
    if any(one.cause is not Situation.NO_DATA for one in unit.alerts.open_of(record_id)):
        dues.add(now + A_DAY)
    for due in dues:
        if due is not None and due > now:
            unit.timetable.set(f"{JOB}:{record_id}:{due:%Y%m%d%H}", due, JOB, record_id)


def _silent_from(facts: Facts) -> datetime | None:
    newest = max((one.at for points in facts.series.values() for one in points), default=None)
    return newest + facts.limits.silent if newest and facts.watched else None
