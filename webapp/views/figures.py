"""Charts on a page: a picture with its sentence and its table, of what the reader may see."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, g, request

from records.errors import NotFound
from records.findings.adherence import Kept, KeptTime, adherence, count
from records.findings.charts import Format, Frame, chart_of
from records.findings.limits import HOUSE_LIMITS, Limits
from records.findings.sentences import Register, findings, say_all
from records.findings.targets import PressureTarget
from records.measures import HOUSE, Measures
from records.policy import Action
from records.series import Point
from records.services.limiting import thresholds_of
from records.services.own_units import points_shown
from records.services.permitting import ask_policy
from records.services.viewing import RecordView, is_clinician, open_record, points_of
from records.tracking import RecordId
from records.vocabulary import Code
from webapp.language import by_the_clock_of, language, zone
from webapp.unit import house, now, person, unit

CHARTED = (Code.BLOOD_PRESSURE, Code.GLUCOSE, Code.WEIGHT)
DAYS = (30, 90, 365, 3650)
ROWS = 14  # lines of the table beside a chart


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart: what it is of, over how many days, and its newest numbers for the table."""

    code: Code
    days: int
    points: tuple[Point, ...]

    @property
    def unit(self) -> str:
        """The unit of its numbers as they are shown."""
        return own().unit_of(self.code) or "mm[Hg]"

    kept: tuple[KeptTime, ...] = ()

    @property
    def counted(self) -> dict[Kept, int]:
        """How many due times of orders were answered, answered late, missed."""
        return count(self.kept)

    @property
    def table(self) -> tuple[Point, ...]:
        """The newest numbers, newest first."""
        return self.points[::-1][:ROWS]


def own() -> Measures:
    """Return the units this page shows its numbers in: those of its patient, or the house's."""
    measures: Measures | None = g.get("measures")
    return measures or HOUSE


def target() -> PressureTarget:
    """Return the target of this page's patient: the own one, or the guideline's."""
    limits: Limits = g.get("limits") or HOUSE_LIMITS
    return limits.target


def aim_at(view: RecordView) -> None:
    """Hold the numbers of this page against its patient's limits, as its reader works with them."""
    told = thresholds_of(unit(), view.record.id, person())
    g.limits = told.limits if is_clinician(person()) or told.own else HOUSE_LIMITS


def kept_in(view: RecordView, days: int) -> tuple[KeptTime, ...]:
    """Return how the orders of the last days were answered, where the reader may see orders."""
    asked = ask_policy(unit(), Action.SEE_ORDERS, by=person(), record=view.record, now=now())
    if not asked.allowed:
        return ()
    orders = unit().orders.of_record(view.record.id)
    times = [one for _, occurrences in orders for one in occurrences]
    return adherence(times, since=now() - timedelta(days=days), now=now())


def days_wanted() -> int:
    """Return over how many days the reader wants to look back."""
    wanted = request.args.get("days", "")
    return int(wanted) if wanted in {str(one) for one in DAYS} else DAYS[0]


def figures_of(view: RecordView, *, days: int) -> tuple[Figure, ...]:
    """Return the charts there is something to draw for."""
    kept = kept_in(view, days)
    made = (
        Figure(code, days, points_shown(own(), code, points_in(view, code, days)), kept)
        for code in CHARTED
    )
    return tuple(one for one in made if one.points)


def finding_of(view: RecordView) -> str:
    """Return what the numbers say, in one or two sentences for this reader."""
    series = {code: points_in(view, code, DAYS[0]) for code in CHARTED}
    register = Register.DOCTOR if is_clinician(person()) else Register.PATIENT
    said = findings(
        view.kinds,
        series,
        now=now(),
        zone=view.patient.zone,
        register=register,
        measures=own(),
        target=target(),
    )
    return say_all(language(), said)


def draw_chart(record_id: RecordId, code: str) -> Response:
    """Return the chart of one code as an SVG, of what this person may read."""
    if code not in {str(one) for one in CHARTED}:
        raise NotFound
    charted, days = Code(code), days_wanted()
    unit().audit.beside_page()
    view = open_record(unit(), record_id, by=person(), now=now(), since=now().date())
    if is_clinician(person()):
        by_the_clock_of(view.patient)
    form = Format.PHONE if request.args.get("form") == Format.PHONE else Format.DESKTOP
    aim_at(view)
    frame = Frame(language(), zone(), now(), days, form, own(), target())
    spec = chart_of(charted, points_in(view, charted, days), frame, kept_in(view, days))
    return Response(house().draw(spec, "svg"), content_type="image/svg+xml")


def points_in(view: RecordView, code: Code, days: int) -> tuple[Point, ...]:
    """Return the numbers of a code of the last days, as far as they are open."""
    return points_of(unit(), view, code, now=now(), days=days)
