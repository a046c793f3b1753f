"""The first page of patients and caregivers: today's numbers, the week, the chart, the orders."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from records.observations import Observation
from records.people import Scope
from records.services.attaching import Enclosed, enclosed_in
from records.services.live import mark_of_record
from records.services.ordering import OrderView, orders_of
from records.services.viewing import RecordView, open_record
from records.vocabulary import Code, Role, SegmentKind
from webapp.access import open_to
from webapp.unit import now, person, unit
from webapp.views.figures import aim_at, draw_chart, figures_of, finding_of
from webapp.views.whose import Whose, all_of_mine, whose

bp = Blueprint("patient", __name__)

LARGE = (Code.BLOOD_PRESSURE, Code.HEART_RATE, Code.GLUCOSE, Code.WEIGHT)
WEEK = 7
ALONG = 12  # pictures, voice notes and files on a page


@bp.get("/me")
@open_to(Role.PATIENT, Role.CAREGIVER)
def home() -> ResponseReturnValue:
    """Show how things stand today, in large numbers."""
    about, mine = whose(), all_of_mine()
    view = open_record(unit(), about.record.id, by=person(), now=now(), since=_weeks_ago(about, 5))
    aim_at(view)
    return render_template(
        "patient/home.html",
        about=about,
        mine=mine,
        latest=_latest(view),
        week=_week(view, about),
        figures=figures_of(view, days=30),
        finding=finding_of(view),
        orders=_open_orders(about),
        mark=mark_of_record(unit(), about.record.id, by=person(), now=now()),
        enclosed=_today_along(view, about),
        now=now(),
    )


@bp.get("/me/chart/<code>.svg")
@open_to(Role.PATIENT, Role.CAREGIVER)
def chart(code: str) -> Response:
    """Draw the chart of one code."""
    return draw_chart(whose().record.id, code)


def _weeks_ago(about: Whose, weeks: int) -> date:
    return _today(about) - timedelta(weeks=weeks)


def _today(about: Whose) -> date:
    return now().astimezone(ZoneInfo(about.patient.zone)).date()


def _latest(view: RecordView) -> list[Observation]:
    newest = ((code, view.observations(code)) for code in LARGE)
    return [found[-1] for _, found in newest if found]


def _week(view: RecordView, about: Whose) -> list[tuple[date, bool]]:
    """Return the last seven days, each with whether anything was measured."""
    measured = {one.day for one in view.of(SegmentKind.PHYSICAL_SIGNS) if one.standing}
    days = [_today(about) - timedelta(days=back) for back in reversed(range(WEEK))]
    return [(one, one in measured) for one in days]


def _today_along(view: RecordView, about: Whose) -> tuple[Enclosed, ...]:
    """Return what came with today's messages."""
    zone = ZoneInfo(about.patient.zone)
    today = _today(about)
    return tuple(
        one
        for one in enclosed_in(unit(), view, ALONG)
        if one.observation.effective.astimezone(zone).date() == today
    )


def _open_orders(about: Whose) -> tuple[OrderView, ...]:
    if not about.may(Scope.ANSWER_ORDERS):
        return ()
    return orders_of(unit(), about.record.id, by=person(), now=now())[:3]
