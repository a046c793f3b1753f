"""The operator's page: whether each part of the house works; numbers only."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from records.vocabulary import Role
from webapp.access import open_to
from webapp.unit import house

bp = Blueprint("operator", __name__)


@bp.get("/admin")
@open_to(Role.OPERATOR)
def tiles() -> ResponseReturnValue:
    """Show a tile for each part of the house, and the gauges."""
    gauges = sorted(house().gauges().items())
    return render_template("operator/tiles.html", checks=house().checks(), gauges=gauges)
