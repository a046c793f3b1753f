"""The patient's calendar: an address made and revoked in the settings, fetched by a program."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from records.services.calendar import calendar_at, make_address, revoke_address
from records.vocabulary import Role
from webapp.access import open_to, open_to_all
from webapp.calendars import written
from webapp.forms.asking import EmptyForm
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.whose import my_own

bp = Blueprint("calendars", __name__)

MADE = "calendar"  # under which the session keeps the address just made, until it was shown


@bp.get("/ical/<token>.ics")
@open_to_all
def feed(token: str) -> ResponseReturnValue:
    """Give a calendar program the times to come; whoever has the address may ask."""
    answer = Response(
        written(calendar_at(unit(), token, now=now())), content_type="text/calendar; charset=utf-8"
    )
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/me/settings/calendar")
@open_to(Role.PATIENT)
def page() -> ResponseReturnValue:
    """Show whether there is an address, and the one just made: it is shown only once."""
    made = session.pop(MADE, "")
    return render_template(
        "patient/calendar.html",
        since=unit().calendars.since(my_own().record.id),
        address=_address(made) if made else "",
        form=EmptyForm(),
    )


def _address(token: str) -> str:
    config = current_app.config["KANGLU"]
    return str(config.base_url).rstrip("/") + url_for(".feed", token=token)


@bp.post("/me/settings/calendar")
@open_to(Role.PATIENT)
def make() -> ResponseReturnValue:
    """Make a new address; an older one ends."""
    session[MADE] = make_address(unit(), my_own().record.id, by=person(), now=now())
    return redirect(url_for(".page"))


@bp.post("/me/settings/calendar/revoke")
@open_to(Role.PATIENT)
def revoke() -> ResponseReturnValue:
    """End the address, at once."""
    revoke_address(unit(), my_own().record.id, by=person(), now=now())
    flash(plain("The calendar address opens nothing any more."), "good")
    return redirect(url_for(".page"))
