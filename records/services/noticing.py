"""Telling a patient that somebody looked: each time or once a day, never while people sleep."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Protocol

from records.chats import Card, Chat
from records.people import Person, Record
from records.policy import Action
from records.prompts import when_awake
from records.services.consenting import Look
from records.services.looking import LOOKING, visitors
from records.services.looks import LookNotice, Often
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import RecordId
from records.walltime import moment_of, wall_of
from records.wording import looking as cards

JOB = "looks"
EVENING = time(18, 0)
USEFUL = timedelta(days=1)
MOST = 200  # lines that one notice sums up


def choose_notice(
    unit: Unit, often: Often, *, record_id: RecordId, by: Person, now: datetime
) -> LookNotice:
    """Tell this patient of looks at the record as often as wished, from now on."""
    permit(unit, Action.SEE_ACCESS, by=by, record_id=record_id, now=now)
    notice = LookNotice(record_id, often, now)
    unit.look_notices.put(notice)
    return notice


class Line(Protocol):
    """What a line of the log says of who looked at which record."""

    @property
    def at(self) -> datetime:
        """Return when it was."""
        ...

    @property
    def action(self) -> str:
        """Return what was done."""
        ...

    @property
    def by(self) -> str | None:
        """Return who did it."""
        ...

    @property
    def record(self) -> str | None:
        """Return of which record."""
        ...


def look_out(unit: Unit, lines: Iterable[Line], *, now: datetime) -> None:
    """Set a time to tell each patient who wishes it of what somebody else has looked at.

    The lines are read from the log after they were written, never where somebody looks: there a
    refusal would do more than an absence, where the patient wishes to be told.
    """
    looks = [one for one in lines if one.action in LOOKING]
    asked = {RecordId(one.record) for one in looks if one.record}
    for notice in unit.look_notices.wished(asked) if asked else ():
        record = unit.records.record(notice.record)
        if any(_is_news(one, notice, record) for one in looks):
            due = _due(notice, now, unit.people.person(record.patient).zone)
            key = f"{JOB}:{record.id}:{due:%Y-%m-%dT%H:%M:%S.%f}"
            unit.timetable.set(key, due, JOB, record.id, useful_until=due + USEFUL)


def tell_of_looks(unit: Unit, record_id: RecordId, *, now: datetime) -> None:
    """Tell the patient of what others have looked at since the last time, if it is still wished."""
    notice = unit.look_notices.of(record_id)
    if notice.often is Often.NEVER:
        return
    patient = unit.people.person(unit.records.record(record_id).patient)
    notes = [
        one
        for one in unit.audit.of_record(record_id, MOST, since=notice.told, but=patient.id)
        if one.action in LOOKING
    ]
    if not notes:
        return
    unit.look_notices.put(replace(notice, told=notes[0].at))
    names = {one: unit.people.person(one) for one in {note.by for note in notes} if one}
    looks = [Look(one, names.get(one.by) if one.by else None) for one in notes]
    found = visitors(looks, zone=patient.zone)

    def card(chat: Chat) -> Card:
        return cards.notice_card(found, full=may_say_all(chat), language=chat.language)

    tell(unit, patient.id, card)


def _is_news(look: Line, notice: LookNotice, record: Record) -> bool:
    if look.record != record.id or look.by == record.patient:
        return False
    return notice.told is None or look.at > notice.told


def _due(notice: LookNotice, now: datetime, zone: str) -> datetime:
    """Return when to tell: at once or this evening, in the patient's waking hours."""
    if notice.often is Often.EACH:
        return when_awake(now, zone)
    today = wall_of(now, zone).date()
    evening = moment_of(datetime.combine(today, EVENING), zone)
    if evening > now:
        return evening
    return moment_of(datetime.combine(today + timedelta(days=1), EVENING), zone)
