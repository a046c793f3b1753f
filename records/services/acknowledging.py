"""Alerts as a clinician sees them: only what the own leave shows; seen by name, advised, or not."""

from dataclasses import dataclass, replace
from datetime import datetime

from records.alerts import Advising, Alert
from records.errors import NotFound, NotPermitted
from records.findings.reasons import Situation
from records.findings.rules import ALERT_RULES, CAUSES, source_of, why_open
from records.findings.sentences import Sentence
from records.findings.situations import Facts
from records.people import Person
from records.policy import Action
from records.services.alerting import send_advice
from records.services.known import known_of
from records.services.limiting import guideline_for
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.services.viewing import patients_of
from records.tracking import AlertId, RecordId
from records.vocabulary import Code

PAST = 5  # closed alerts on a page
RESTS_ON: dict[Situation, tuple[Code, ...]] = {
    Situation.ABOVE_TARGET: (Code.BLOOD_PRESSURE,),
    Situation.GETTING_WORSE: (Code.BLOOD_PRESSURE, Code.GLUCOSE),
    Situation.LOW_GLUCOSE: (Code.GLUCOSE,),
}
"""What a reader must have in view to be told of an alert that only has not closed yet."""


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert in words: its cause, why it is open by the reader's own facts, and who has seen it.

    `advice` is what waits to be sent to the patient, in the patient's language.
    """

    alert: Alert
    title: str
    why: Sentence | None
    source: str
    seen_by: Person | None
    advice: str


@dataclass(frozen=True, slots=True)
class AlertsView:
    """The open alerts of a record and those that closed last, as one reader may know of them."""

    open: tuple[AlertView, ...]
    past: tuple[AlertView, ...]


def alerts_of(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> AlertsView:
    """Return the alerts a clinician may know of; the caller has asked whether they see the record.

    It tells nothing the reader's own leave does not show.
    """
    facts = _facts(unit, record_id, by, now)
    if facts is None:
        return AlertsView((), ())
    open_ones = unit.alerts.open_of(record_id)
    past = unit.alerts.closed_of(record_id, PAST)
    return AlertsView(
        tuple(_view(unit, one, facts, by) for one in open_ones if _shows(one, facts, by)),
        tuple(_view(unit, one, facts, by) for one in past if _knew(one, facts, by)),
    )


def acknowledge(unit: Unit, alert_id: AlertId, *, by: Person, now: datetime) -> Alert:
    """Note by name that a clinician has seen an open alert; who was first stays named."""
    alert = _alert(unit, alert_id, Action.ACKNOWLEDGE_ALERT, by=by, now=now)
    seen = alert.seen_now(by.id, now)
    unit.alerts.put(seen)
    return seen


def send_held(unit: Unit, alert_id: AlertId, *, by: Person, now: datetime) -> bool:
    """Send the advice that was held, in this doctor's name; False where none is held any more."""
    alert = _alert(unit, alert_id, Action.PLACE_ORDER, by=by, now=now)
    if alert.advice is not Advising.HELD:
        return False
    order = send_advice(unit, alert, by=by, now=now)
    if order is None:
        return False
    sent = replace(alert, advice=Advising.SENT, order=order.id)
    unit.alerts.put(sent.seen_now(by.id, now))
    return True


def drop_held(unit: Unit, alert_id: AlertId, *, by: Person, now: datetime) -> bool:
    """Decide against sending the advice that was held; False where nothing is held any more."""
    alert = _alert(unit, alert_id, Action.PLACE_ORDER, by=by, now=now)
    if alert.advice is not Advising.HELD:
        return False
    unit.alerts.put(replace(alert, advice=Advising.DROPPED).seen_now(by.id, now))
    return True


def _alert(unit: Unit, alert_id: AlertId, action: Action, *, by: Person, now: datetime) -> Alert:
    """Return an open alert this person may act on, holding its record; else refuse."""
    try:
        record_id = unit.alerts.alert(alert_id).record
    except NotFound:
        refuse_unknown(unit, action, by=by, now=now, rule="no_such_alert", ref=alert_id)
    permit(unit, action, by=by, record_id=record_id, now=now, ref=alert_id)
    unit.records.lock(record_id)
    alert = unit.alerts.alert(alert_id)
    facts = _facts(unit, record_id, by, now)
    if alert.closed is not None or facts is None or not _shows(alert, facts, by):
        raise NotPermitted
    return alert


def _facts(unit: Unit, record_id: RecordId, by: Person, now: datetime) -> Facts | None:
    cared = patients_of(unit, by=by, now=now, only=[record_id])
    known = known_of(unit, cared, by=by, now=now)
    return known[0].facts if known and known[0].kinds else None


def _shows(alert: Alert, facts: Facts, by: Person) -> bool:
    """Say whether the reader's own facts tell of this alert."""
    if why_open(alert.cause, facts) is not None:
        return True
    return ALERT_RULES[alert.cause].stays(facts) and _knew(alert, facts, by)


def _knew(alert: Alert, facts: Facts, by: Person) -> bool:
    """Say whether the reader opened or saw it, and still has in view what it rests on."""
    codes = RESTS_ON.get(alert.cause, tuple(facts.series))
    return by.id in (alert.doctor, alert.seen_by) and any(facts.points(one) for one in codes)


def _view(unit: Unit, alert: Alert, facts: Facts, by: Person) -> AlertView:
    match = why_open(alert.cause, facts) if alert.closed is None else None
    return AlertView(
        alert=alert,
        title=CAUSES[alert.cause],
        why=match.why if match else None,
        source=source_of(alert.cause, guideline_for(unit, by)),
        seen_by=unit.people.person(alert.seen_by) if alert.seen_by else None,
        advice=_held_words(unit, alert, by),
    )


def _held_words(unit: Unit, alert: Alert, by: Person) -> str:
    if alert.advice is not Advising.HELD or by.organisation is None:
        return ""
    advice = unit.clinic_texts.advices(by.organisation).get(alert.cause)
    patient = unit.people.person(unit.records.record(alert.record).patient)
    return advice.texts.of(patient.language) if advice else ""
