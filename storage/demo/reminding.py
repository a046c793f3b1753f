"""Reminders of a few of the demo's people, and the last week summed up in the chat of one."""

from datetime import datetime, time, timedelta

from records.findings.reasons import Situation
from records.people import Person
from records.prompts import WEEK_AT, WEEKLY, Topic
from records.recurring import Slot
from records.services.ports import Unit
from records.services.prompting import choose_family, choose_hours
from records.services.summing import sum_up
from records.walltime import moment_of, wall_of

CHOSEN: dict[Situation, tuple[Topic, tuple[time, ...]]] = {
    Situation.ON_TARGET: (Topic.PRESSURE, (time(8), time(20))),
    Situation.ACT_NOW: (Topic.PRESSURE, (time(8),)),
    Situation.LOW_GLUCOSE: (Topic.GLUCOSE, (time(7),)),
}
SUNDAY = 6


def remind(unit: Unit, situation: Situation | None, person: Person, now: datetime) -> None:
    """Let a person of this situation be asked, if the demo has reminders for it."""
    if situation not in CHOSEN:
        return
    topic, hours = CHOSEN[situation]
    choose_hours(unit, topic, hours, by=person, now=now)
    if situation is Situation.ACT_NOW:
        choose_family(unit, by=person, now=now, may_hear=True)
    if situation is Situation.ON_TARGET:
        _sum_up_last_week(unit, person, now)


def _sum_up_last_week(unit: Unit, person: Person, now: datetime) -> None:
    shown = wall_of(now, person.zone)
    back = (shown.weekday() - SUNDAY) % 7 or 7
    sunday = datetime.combine(shown.date() - timedelta(days=back), WEEK_AT)
    for rule in unit.timetable.rules_of(person.id):
        if rule.job == WEEKLY:
            slot = Slot(rule.id, sunday, moment_of(sunday, person.zone))
            sum_up(unit, slot.key, now=slot.due)
