"""The home average on a clinician's page: its rule, its category, mornings, and moods beside."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from records.errors import NotFound
from records.findings.guidelines import HOME_CATEGORIES, Guideline
from records.findings.home import (
    Halves,
    HomeAverage,
    Placed,
    category_of,
    halves_of,
    home_average,
)
from records.findings.moods import MoodDay, moods_beside
from records.services.limiting import guideline_for
from records.services.viewing import RecordView
from records.tracking import RecordId
from records.vocabulary import Code, Role
from webapp.access import open_to
from webapp.unit import now, person, unit
from webapp.views.figures import points_in

bp = Blueprint("pressure", __name__)

MOODS = 14  # days on which a mood was told


@dataclass(frozen=True, slots=True)
class Pressure:
    """What a clinician's page says of blood pressure beside its chart."""

    home: HomeAverage | None
    placed: Placed | None
    guideline: Guideline
    halves: Halves
    moods: tuple[MoodDay, ...]


def pressure_in(view: RecordView, *, days: int) -> Pressure:
    """Return what is to be said of the blood pressure that is open to the reader."""
    points, zone = points_in(view, Code.BLOOD_PRESSURE, days), view.patient.zone
    home = home_average(points, now=now(), zone=zone)
    guideline = guideline_for(unit(), person())
    enough = home.average if home and home.enough else None
    moods = [(one.effective, str(one.value)) for one in view.observations(Code.MOOD)]
    return Pressure(
        home,
        category_of(enough, guideline) if enough else None,
        guideline,
        halves_of(points, zone),
        moods_beside(moods, points, zone=zone, limit=MOODS),
    )


@bp.app_template_global()
def guidelines() -> dict[Guideline, str]:
    """Return the guidelines there are with their titles."""
    return {one: found.title for one, found in HOME_CATEGORIES.items()}


@bp.post("/p/<record_id>/guideline")
@open_to(Role.DOCTOR, Role.NURSE)
def choose(record_id: str) -> ResponseReturnValue:
    """Keep by which guideline this clinician wants averages named."""
    chosen = request.form.get("guideline", "")
    if chosen not in set(Guideline):
        raise NotFound
    unit().practices.choose(person().id, Guideline(chosen))
    return redirect(url_for("doctor.patient", record_id=RecordId(record_id), _anchor="home"))
