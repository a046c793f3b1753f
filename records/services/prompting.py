"""What a patient chooses of prompts: the hours, the zone, a pause, and whom silence may reach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from records.errors import NotPermitted, NotValid
from records.people import Person, Relationship, Scope, Tie
from records.policy import Action
from records.prompts import (
    DAILY,
    PROMPT,
    SUNDAYS,
    THREE_DAYS,
    USEFUL,
    WEEK,
    WEEK_AT,
    WEEK_USEFUL,
    WEEKLY,
    PromptWishes,
    Topic,
    is_quiet_hour,
)
from records.recurring import Rule
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import PersonId, RecordId, RuleId, fresh
from records.walltime import wall_of

MOST_HOURS = 4  # a day and topic


@dataclass(frozen=True, slots=True)
class Reminder:
    """One topic a person is asked about: at which hours, and whether every day."""

    topic: Topic
    hours: tuple[time, ...]
    daily: bool


def reminders_of(unit: Unit, person_id: PersonId) -> tuple[Reminder, ...]:
    """Return what a person is asked, topic by topic."""
    found = []
    for topic in Topic:
        rules = rules_about(unit, person_id, topic)
        if rules:
            hours = tuple(sorted(one.starts.time() for one in rules))
            found.append(Reminder(topic, hours, rules[0].rrule == DAILY))
    return tuple(found)


def rules_about(unit: Unit, person_id: PersonId, topic: Topic) -> tuple[Rule, ...]:
    """Return the rules by which a person is asked about one topic now."""
    return tuple(
        one
        for one in unit.timetable.rules_of(person_id)
        if one.job == PROMPT and one.topic == topic and not one.ended
    )


def choose_hours(
    unit: Unit,
    topic: Topic,
    hours: Sequence[time],
    *,
    by: Person,
    now: datetime,
    daily: bool = True,
    of: Person | None = None,
) -> None:
    """Ask this patient about a topic at these hours from now on; at none where there are none.

    `of` is the patient where somebody else decides, here and below. Raises NotValid for an hour at
    which people sleep, or for too many.
    """
    patient = _permitted(unit, of or by, by, now)
    wanted = sorted(set(hours))
    if any(is_quiet_hour(one) for one in wanted):
        raise NotValid("hours", "hour_is_quiet")
    if len(wanted) > MOST_HOURS:
        raise NotValid("hours", "too_many_hours")
    often = DAILY if daily else THREE_DAYS
    for rule in rules_about(unit, patient.id, topic):
        if rule.starts.time() in wanted and rule.rrule == often:
            wanted.remove(rule.starts.time())
        else:
            unit.timetable.put_rule(replace(rule, ended=True, since=now))
    for at in wanted:
        unit.timetable.put_rule(_rule(patient, PROMPT, topic, often, at, now, USEFUL))
    _keep_the_week(unit, patient, now)


def _rule(
    of: Person, job: str, topic: str, often: str, at: time, now: datetime, useful: timedelta
) -> Rule:
    starts = datetime.combine(wall_of(now, of.zone).date(), at)
    return Rule(RuleId(fresh()), job, of.id, topic, of.zone, often, starts, now, useful)


def _keep_the_week(unit: Unit, of: Person, now: datetime) -> None:
    """Sum up the week for whoever is asked for anything, and for nobody else."""
    rules = [one for one in unit.timetable.rules_of(of.id) if not one.ended]
    weekly = [one for one in rules if one.job == WEEKLY]
    asked = any(one.job == PROMPT for one in rules)
    if asked and not weekly:
        rule = _rule(of, WEEKLY, WEEKLY, SUNDAYS, WEEK_AT, now, WEEK_USEFUL)
        unit.timetable.put_rule(rule)
    for one in weekly if not asked else ():
        unit.timetable.put_rule(replace(one, ended=True, since=now))


def choose_zone(
    unit: Unit, zone: str, *, by: Person, now: datetime, of: Person | None = None
) -> Person:
    """Let a person's clock be that of a zone, and move the prompts there."""
    if of is not None:
        _permitted(unit, of, by, now)
    changed = replace(of or by, zone=zone)
    unit.people.put(changed)
    for rule in unit.timetable.rules_of(changed.id):
        if not rule.ended and rule.zone != zone:
            unit.timetable.put_rule(replace(rule, zone=zone, since=now))
    return changed


def pause(
    unit: Unit, *, by: Person, now: datetime, week: bool, of: Person | None = None
) -> PromptWishes:
    """Ask nothing for a week, or until the person says; what falls into it is never sent."""
    patient = _permitted(unit, of or by, by, now)
    until = now + WEEK if week else None
    return _keep(unit, replace(unit.prompting.of(patient.id), paused=True, paused_until=until))


def resume(unit: Unit, *, by: Person, now: datetime, of: Person | None = None) -> PromptWishes:
    """Ask again from now on."""
    wishes = unit.prompting.of(_permitted(unit, of or by, by, now).id)
    return _keep(unit, replace(wishes, paused=False, paused_until=None, heard=now))


def choose_family(unit: Unit, *, by: Person, now: datetime, may_hear: bool) -> PromptWishes:
    """Keep whether the patient's helpers may hear of three prompts without an answer."""
    _permitted(unit, by, by, now)
    return _keep(unit, replace(unit.prompting.of(by.id), family=may_hear))


def choose_days(
    unit: Unit,
    topic: Topic,
    *,
    by: Person,
    now: datetime,
    daily: bool,
    of: Person | None = None,
) -> None:
    """Ask about a topic daily or on three days a week, at the hours it has."""
    hours = [one.starts.time() for one in rules_about(unit, (of or by).id, topic)]
    choose_hours(unit, topic, hours, by=by, now=now, daily=daily, of=of)


def mute(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> None:
    """Tell this helper nothing of a patient's silence for a week."""
    record = permit(unit, Action.SEE_RECORD, by=by, record_id=record_id, now=now)
    wishes = unit.prompting.of(record.patient)
    _keep(unit, replace(wishes, muted={**wishes.muted, by.id: now + WEEK}))


def note_heard(unit: Unit, person_id: PersonId, now: datetime) -> PromptWishes:
    """Note that a person reacted to a prompt; that is no silence."""
    return _keep(unit, replace(unit.prompting.of(person_id), heard=now))


def helpers_of(unit: Unit, record_id: RecordId, now: datetime) -> tuple[Relationship, ...]:
    """Return who helps a patient now and may see the record."""
    return tuple(
        one
        for one in unit.relationships.of_record(record_id)
        if one.tie is Tie.CAREGIVER and Scope.SEE in one.scopes and one.holds(now)
    )


def _permitted(unit: Unit, patient: Person, by: Person, now: datetime) -> Person:
    """Return the patient if this person may choose the prompts; else note it and refuse."""
    record = unit.records.of_patient(patient.id)
    if record is None:
        raise NotPermitted
    permit(unit, Action.CHOOSE_PROMPTS, by=by, record_id=record.id, now=now)
    return patient


def _keep(unit: Unit, wishes: PromptWishes) -> PromptWishes:
    unit.prompting.put(wishes)
    return wishes
