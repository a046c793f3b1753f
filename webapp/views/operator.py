"""The operator's page: whether each part of the house works; numbers only."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.vocabulary import Role
from webapp.access import open_to, whoever
from webapp.language import plain
from webapp.unit import house, transaction

bp = Blueprint("operator", __name__)


@bp.get("/admin")
@open_to(Role.OPERATOR)
def tiles() -> ResponseReturnValue:
    """Show a tile for each part of the house, and the gauges."""
    gauges = house().gauges()
    return render_template(
        "operator/tiles.html",
        checks=house().checks(),
        gauges=sorted(gauges.items()),
        cloud=gauges,
        overflow=house().overflow(),
        aside=gauges.get("spool_set_aside", 0) > 0,
    )


@bp.post("/admin/again")
@open_to(Role.OPERATOR, transaction_of_its_own=True)
def again() -> ResponseReturnValue:
    """Let the messages that were set aside be answered once more."""
    with transaction(writing=False):
        whoever(Role.OPERATOR)
    count = house().again()
    flash(plain("{count} messages will be answered again.", count=count), "good")
    return redirect(url_for(".tiles"))
