"""The week summed up for the patient, and the offer to be asked less often."""

from dataclasses import replace
from datetime import datetime, timedelta

from records.chats import Card, Chat, Picture
from records.findings.averages import glucose_shares, pressure_average
from records.findings.stability import is_glucose_stable, is_pressure_stable
from records.findings.targets import STABLE_WEEKS
from records.prompts import DAILY, OFFER_AGAIN, WEEKLY, Topic, when_awake
from records.series import Point
from records.services.due import Due, due_of, say
from records.services.ports import Unit
from records.services.prompting import rules_about
from records.services.telling import may_say_all
from records.vocabulary import Code
from records.walltime import wall_of
from records.wording import prompts as cards

DAYS = 7
STABLE = {
    Topic.PRESSURE: (Code.BLOOD_PRESSURE, is_pressure_stable),
    Topic.GLUCOSE: (Code.GLUCOSE, is_glucose_stable),
}


def sum_up(unit: Unit, key: str, *, now: datetime) -> None:
    """Say the week, if anything was told in it, and offer fewer prompts when all goes well."""
    due = due_of(unit, key, now)
    if due is None:
        return
    awake = when_awake(now, due.person.zone)
    if awake > now:
        until = due.slot.due + due.rule.useful
        unit.timetable.set(f"{key}:q", awake, WEEKLY, key, rule=due.rule.id, useful_until=until)
        return
    week = {
        code: _points(unit, due, code, now, DAYS) for code in (Code.BLOOD_PRESSURE, Code.GLUCOSE)
    }
    days = {wall_of(one.at, due.person.zone).date() for points in week.values() for one in points}
    if days:
        say(unit, due, now, lambda chat: _week(due, week, len(days), now, chat))
    _offer(unit, due, now)


def _week(
    due: Due, week: dict[Code, tuple[Point, ...]], days: int, now: datetime, chat: Chat
) -> Card:
    if not may_say_all(chat):
        return cards.week_ready_card(chat.language)
    zone = due.person.zone
    code = Code.BLOOD_PRESSURE if week[Code.BLOOD_PRESSURE] else Code.GLUCOSE
    return cards.week_card(
        min(days, DAYS),
        pressure_average(week[Code.BLOOD_PRESSURE], now=now, zone=zone),
        glucose_shares(week[Code.GLUCOSE], now=now, zone=zone, days=DAYS),
        Picture(due.record.id, code, now, DAYS),
        chat.language,
    )


def _points(unit: Unit, due: Due, code: Code, now: datetime, days: int) -> tuple[Point, ...]:
    """Return the numbers of the last local days, today included."""
    first = wall_of(now, due.person.zone).date() - timedelta(days=days - 1)
    found = unit.series.points(due.record.id, code, now - timedelta(days=days), now)
    return tuple(one for one in found if wall_of(one.at, due.person.zone).date() >= first)


def _offer(unit: Unit, due: Due, now: datetime) -> None:
    """Offer three days a week after two weeks on target, and not again for a while."""
    for topic, (code, is_stable) in STABLE.items():
        offered = due.wishes.offers.get(topic)
        if offered is not None and now - offered < OFFER_AGAIN:
            continue
        rules = rules_about(unit, due.person.id, topic)
        points = _points(unit, due, code, now, STABLE_WEEKS * DAYS)
        if any(one.rrule == DAILY for one in rules) and is_stable(
            points, now=now, zone=due.person.zone
        ):
            _offer_fewer(unit, due, topic, now)
            wishes = unit.prompting.of(due.person.id)
            unit.prompting.put(replace(wishes, offers={**wishes.offers, topic: now}))


def _offer_fewer(unit: Unit, due: Due, topic: Topic, now: datetime) -> None:
    def card(chat: Chat) -> Card:
        of = "" if chat.person == due.person.id else due.record.id
        return cards.step_down_card(topic, chat.language, of=of)

    say(unit, due, now, card)
