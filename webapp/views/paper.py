"""One sheet of A4 about a patient, for the doctor's file or to take to the doctor."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from records.errors import NotFound
from records.findings.charts import Frame, chart_of
from records.findings.days import Day, day_by_day
from records.people import Scope
from records.services.viewing import points_of
from records.tracking import RecordId
from records.vocabulary import Code, Role
from webapp.access import attachment, open_to
from webapp.language import language
from webapp.paper import NoPrinter, can_print, draw_pdf, in_page
from webapp.unit import now, unit
from webapp.views.doctor import Page, page_of
from webapp.views.figures import DAYS, Figure, aim_at, figures_of, finding_of, target
from webapp.views.whose import Whose, whose

bp = Blueprint("paper", __name__)

FORTNIGHT = 14
TABLED = (Code.BLOOD_PRESSURE, Code.HEART_RATE, Code.GLUCOSE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet."""

    page: Page
    finding: str
    figures: tuple[Figure, ...]
    days: tuple[Day, ...]

    @property
    def tabled(self) -> list[Code]:
        """The codes that have a column: those of which there is a reading."""
        found = {code for one in self.days for half in (one.morning, one.evening) for code in half}
        return [code for code in TABLED if code in found]

    def chart(self, figure: Figure) -> str:
        """Return the picture of a figure, on the clock of the patient's wall."""
        zone = self.page.view.patient.zone
        frame = Frame(language(), zone, now(), figure.days, target=target())
        return in_page(chart_of(figure.code, figure.points, frame, figure.kept))


@bp.get("/p/<record_id>/print")
@open_to(Role.DOCTOR, Role.NURSE)
def granted(record_id: str) -> ResponseReturnValue:
    """Show one patient on one sheet of A4."""
    return render_template(
        "paper/page.html",
        sheet=_sheet(RecordId(record_id)),
        now=now(),
        back=url_for("doctor.patient", record_id=record_id),
        pdf=url_for(".granted_pdf", record_id=record_id) if can_print() else "",
        chart=lambda one: url_for("doctor.chart", record_id=record_id, code=one.code),
    )


@bp.get("/p/<record_id>/print.pdf")
@open_to(Role.DOCTOR, Role.NURSE)
def granted_pdf(record_id: str) -> ResponseReturnValue:
    """Return the same sheet as a PDF."""
    return _as_pdf(_sheet(RecordId(record_id)))


@bp.get("/me/print")
@open_to(Role.PATIENT, Role.CAREGIVER)
def own() -> ResponseReturnValue:
    """Show how things stand on one sheet, to take to the doctor."""
    about = whose()
    return render_template(
        "paper/page.html",
        sheet=_own_sheet(about),
        now=now(),
        back=url_for("patient.home", **about.asks),
        pdf=url_for(".own_pdf", **about.asks) if can_print() else "",
        chart=lambda one: url_for("patient.chart", code=one.code, **about.asks),
    )


@bp.get("/me/print.pdf")
@open_to(Role.PATIENT, Role.CAREGIVER)
def own_pdf() -> ResponseReturnValue:
    """Return the same sheet as a PDF."""
    return _as_pdf(_own_sheet(whose()))


def _as_pdf(sheet: Sheet) -> Response:
    html = render_template("paper/alone.html", sheet=sheet, now=now())
    try:
        content = draw_pdf(html, static=Path(current_app.static_folder or ""))
    except NoPrinter:
        raise NotFound from None
    return attachment(content, name=f"kanglu-{now():%Y%m%d}.pdf", kind="application/pdf")


def _own_sheet(about: Whose) -> Sheet:
    return _sheet(about.record.id, orders=about.may(Scope.ANSWER_ORDERS))


def _sheet(record_id: RecordId, *, orders: bool = True) -> Sheet:
    page = page_of(record_id, orders=orders)
    aim_at(page.view)
    series = {
        code: points_of(unit(), page.view, code, now=now(), days=FORTNIGHT + 1) for code in TABLED
    }
    return Sheet(
        page,
        finding_of(page.view),
        figures_of(page.view, days=DAYS[0]),
        day_by_day(series, now=now(), zone=page.view.patient.zone, days=FORTNIGHT),
    )
