"""Who is tied to the record: care relationships, inviting a caregiver, ending."""

from dataclasses import dataclass

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
from records.people import Person, Relationship
from records.services.helping import end_care
from records.services.linking import LIFETIMES, LinkPurpose, accept_help, invite_caregiver, look_at
from records.tracking import RelationshipId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.asking import EmptyForm
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.pictures import qr_code
from webapp.views.whose import all_of_mine, my_own, whose

bp = Blueprint("people", __name__)

door = open_to(Role.PATIENT, Role.CAREGIVER)


@dataclass(frozen=True, slots=True)
class Tied:
    """A relationship and who it is with."""

    relationship: Relationship
    person: Person


@bp.get("/me/people")
@door
def circle() -> ResponseReturnValue:
    """Show who cares for the patient, and since when."""
    about = whose()
    found = unit().relationships.of_record(about.record.id) if about.own else ()
    if not about.own:
        found = tuple(
            one
            for one in unit().relationships.of_person(person().id)
            if one.record == about.record.id
        )
    tied = [Tied(one, unit().people.person(one.person)) for one in found if one.holds(now())]
    return render_template(
        "patient/people.html", about=about, mine=all_of_mine(), tied=tied, form=EmptyForm()
    )


@bp.post("/me/people/invite")
@open_to(Role.PATIENT)
def invite() -> ResponseReturnValue:
    """Make a link that turns whoever opens it first into a caregiver."""
    about = my_own()
    session["invitation"] = invite_caregiver(unit(), about.record.id, by=person(), now=now())
    return redirect(url_for(".invitation"))


@bp.get("/me/people/invitation")
@open_to(Role.PATIENT)
def invitation() -> ResponseReturnValue:
    """Show the link just made, and its picture to be scanned."""
    payload = session.get("invitation")
    if payload is None:
        return redirect(url_for(".circle"))
    hours = int(LIFETIMES[LinkPurpose.CAREGIVER].total_seconds() // 3600)
    return render_template("patient/invitation.html", links=_links(payload), hours=hours)


@bp.get("/me/people/invitation.svg")
@open_to(Role.PATIENT)
def invitation_picture() -> Response:
    """Draw the link just made as a QR code."""
    payload = session.get("invitation")
    if payload is None:
        raise LinkExpired
    return qr_code(next(iter(_links(payload).values())))


@bp.get("/help-for/<payload>")
@open_to(*Role)
def asked(payload: str) -> ResponseReturnValue:
    """Ask whoever opened the link whether they will help; looking uses nothing up."""
    if not payload.startswith(f"{LinkPurpose.CAREGIVER}_"):
        raise LinkExpired
    link = look_at(unit(), payload, now())
    if link.record is None:
        raise LinkExpired
    patient = unit().people.person(unit().records.record(link.record).patient)
    return render_template(
        "patient/asked.html", patient=patient, mine=patient.id == person().id, form=EmptyForm()
    )


@bp.post("/help-for/<payload>")
@open_to(*Role)
def accept(payload: str) -> ResponseReturnValue:
    """Become the caregiver the link asks for."""
    _, record = accept_help(unit(), payload, by=person(), now=now())
    flash(plain("You can help now. Thank you."), "good")
    return redirect(f"{url_for('patient.home')}?for={record.id}")


@bp.post("/me/people/<relationship_id>/end")
@door
def end(relationship_id: str) -> ResponseReturnValue:
    """End a care relationship, at once."""
    about = whose()
    end_care(
        unit(), RelationshipId(relationship_id), record_id=about.record.id, by=person(), now=now()
    )
    flash(plain("Ended. They can no longer see or do anything here."), "good")
    return redirect(url_for(".circle") if about.own else url_for("public.home"))


def _links(payload: str) -> dict[str, str]:
    """Return where the link leads: into the chat where there is one, and to our own page."""
    config = current_app.config["KANGLU"]
    links = {}
    if config.bot_username:
        links["Telegram"] = f"https://t.me/{config.bot_username}?start={payload}"
    links["Kanglu"] = config.base_url.rstrip("/") + url_for("people.asked", payload=payload)
    return links
