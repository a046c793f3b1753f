"""Inviting patients: the link, its picture, and a sheet in both languages to take home."""

from functools import partial

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from records.errors import LinkExpired
from records.services.inviting import (
    Invited,
    invite_patient,
    invited_by,
    invited_to,
    take_invitation_back,
)
from records.services.linking import LinkPurpose, look_at, make_link
from records.tracking import RecordId
from records.vocabulary import Language, Role
from records.wording import say
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.inviting import InviteForm
from webapp.language import language, plain
from webapp.unit import now, person, unit
from webapp.views.pictures import qr_code

bp = Blueprint("inviting", __name__, url_prefix="/invite")

door = open_to(Role.DOCTOR, Role.NURSE)
MADE = "invited"  # under which the session keeps the link just made: its record and its payload


@bp.route("", methods=["GET", "POST"])
@door
def page() -> ResponseReturnValue:
    """Invite a patient; see who has not answered yet."""
    form = InviteForm()
    form.begin(language())
    if form.validate_on_submit():
        invited = form.attempt(partial(_invite, form))
        if invited:
            return _made(invited)
    return draw_form("doctor/invite.html", form, waiting=invited_by(unit(), person()))


@bp.post("/<record_id>/link")
@door
def link(record_id: str) -> ResponseReturnValue:
    """Make a new link for a patient who has not answered yet."""
    return _made(invited_to(unit(), RecordId(record_id), by=person()))


@bp.post("/<record_id>/back")
@door
def take_back(record_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    take_invitation_back(unit(), RecordId(record_id), by=person(), now=now())
    flash(plain("The invitation is taken back."), "good")
    return redirect(url_for(".page"))


@bp.get("/<record_id>/sheet")
@door
def sheet(record_id: str) -> ResponseReturnValue:
    """Show the sheet to be printed: the picture, the link, and what to do, in both languages."""
    invited = invited_to(unit(), RecordId(record_id), by=person())
    payload = _payload(record_id)
    clinic = person().organisation
    return render_template(
        "doctor/invitation.html",
        invited=invited,
        links=_links(payload),
        until=look_at(unit(), payload, now()).expires,
        clinic=unit().people.organisation(clinic).name if clinic else "",
        doctor=person().name,
        both=(Language.ENGLISH, Language.CHINESE),
        say=say,
    )


@bp.get("/<record_id>/qr.svg")
@door
def picture(record_id: str) -> Response:
    """Draw the link just made as a QR code."""
    invited_to(unit(), RecordId(record_id), by=person())
    return qr_code(next(iter(_links(_payload(record_id)).values())))


def _invite(form: InviteForm) -> Invited:
    chosen = Language(form.language.data)
    return invite_patient(unit(), str(form.name.data or ""), chosen, by=person(), now=now())


def _made(invited: Invited) -> ResponseReturnValue:
    payload = make_link(
        unit(),
        LinkPurpose.INVITATION,
        now=now(),
        person=invited.patient.id,
        record=invited.care.record,
        ref=invited.care.id,
    )
    session[MADE] = [invited.care.record, payload]
    return redirect(url_for(".sheet", record_id=invited.care.record))


def _payload(record_id: str) -> str:
    """Return the link this session made for a record; it is kept nowhere else."""
    made = session.get(MADE)
    if not made or made[0] != record_id:
        raise LinkExpired
    return str(made[1])


def _links(payload: str) -> dict[str, str]:
    """Return where the link leads: into the chat where there is one, and to our own site."""
    config = current_app.config["KANGLU"]
    links = {}
    if config.bot_username:
        links["Telegram"] = f"https://t.me/{config.bot_username}?start={payload}"
    links["Kanglu"] = config.base_url.rstrip("/") + url_for("account.ask", payload=payload)
    return links
