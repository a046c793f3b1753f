"""Who needs me today: each patient once, in the first section that fits."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from records.findings.reasons import Situation
from records.services.worklist import worklist
from records.vocabulary import Role
from webapp.access import open_to
from webapp.unit import now, person, unit

bp = Blueprint("today", __name__)


@bp.get("/today")
@open_to(Role.DOCTOR, Role.NURSE)
def page() -> ResponseReturnValue:
    """Show the worklist by its sections."""
    found = worklist(unit(), by=person(), now=now())
    return render_template("doctor/today.html", found=found, now=now(), rest=Situation.ON_TARGET)
