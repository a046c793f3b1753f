"""Changing an order: what another doctor wrote meanwhile is shown beside one's own words."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from records.services.changing import change_order, order_to_change, why_unchangeable
from records.services.viewing import open_record
from records.tracking import OrderId, RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.errors import REASONS
from webapp.forms.asking import ChangeForm
from webapp.forms.base import draw_form
from webapp.language import by_the_clock_of, plain
from webapp.unit import now, person, unit
from webapp.views.orders import is_other_language, may_go, say_how_it_goes

bp = Blueprint("changing", __name__)

OVERTAKEN = "order_changed"


@bp.route("/p/<record_id>/orders/<order_id>/change", methods=["GET", "POST"])
@open_to(Role.DOCTOR)
def change(record_id: str, order_id: str) -> ResponseReturnValue:
    """Give an order other words; nothing typed is lost where somebody was quicker."""
    view = open_record(unit(), RecordId(record_id), by=person(), now=now())
    by_the_clock_of(view.patient)
    order = order_to_change(
        unit(), OrderId(order_id), within=view.record.id, by=person(), now=now()
    )
    form = ChangeForm()
    if not form.is_submitted():
        form.text.data, form.seen.data = order.text, order.version
    other_language = is_other_language(str(form.text.data or ""), view.patient)
    over = why_unchangeable(unit(), order)
    overtaken = not over and form.seen.data != order.version
    if form.is_submitted() and (over or overtaken):
        reason = over or OVERTAKEN
        form.text.errors = [plain(REASONS[reason])]
    elif form.validate_on_submit() and may_go(form, other_language=other_language):
        text, seen = str(form.text.data), int(form.seen.data or 0)
        if form.attempt(
            lambda: change_order(unit(), order, text, seen=seen, by=person(), now=now())
        ):
            said = plain("The order is changed. The patient gets the new words.")
            say_how_it_goes(view.patient, said)
            return redirect(url_for("doctor.patient", record_id=record_id, _anchor="orders"))
    form.seen.data, form.seen.raw_data = order.version, None
    return draw_form(
        "doctor/order_change.html",
        form,
        view=view,
        order=order,
        over=over and plain(REASONS[over]),
        other_language=other_language,
        theirs=unit().people.person(order.said_by) if overtaken else None,
    )
