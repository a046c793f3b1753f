"""Who is tied to the record: helpers and what they may do, inviting, ending, taking over."""

from dataclasses import dataclass
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

from records.errors import LinkExpired, NotPermitted
from records.people import USUAL_HELP, Person, Relationship, Scope
from records.services.helping import choose_help, end_care, helpers_of
from records.services.linking import (
    LIFETIMES,
    LinkPurpose,
    accept_help,
    invite_caregiver,
    look_at,
    scopes_of,
    take_over_link,
)
from records.services.managing import FULL_HELP
from records.tracking import RelationshipId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.asking import EmptyForm
from webapp.forms.base import draw_form
from webapp.forms.helping import HelpForm
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.pictures import qr_code
from webapp.views.whose import all_of_mine, deciding, whose

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
    found = unit().relationships.of_record(about.record.id)
    if not about.decides:
        found = tuple(one for one in found if one.person == person().id)
    tied = [Tied(one, unit().people.person(one.person)) for one in found if one.holds(now())]
    return render_template(
        "patient/people.html", about=about, mine=all_of_mine(), tied=tied, form=EmptyForm()
    )


@bp.route("/me/people/invite", methods=["GET", "POST"])
@door
def invite() -> ResponseReturnValue:
    """Choose what a helper may do, then make a link good once for whoever opens it first."""
    about = deciding()
    form = HelpForm()
    form.begin(USUAL_HELP)
    del form.until
    if form.validate_on_submit():
        payload = invite_caregiver(
            unit(), about.record.id, by=person(), now=now(), scopes=form.chosen
        )
        return _shown(payload)
    return draw_form("patient/invite.html", form, about=about)


@bp.post("/me/people/guardian")
@door
def guardian() -> ResponseReturnValue:
    """Make a link by which another comes to decide for the patient too."""
    record_id = deciding().record.id
    return _shown(invite_caregiver(unit(), record_id, by=person(), now=now(), scopes=FULL_HELP))


@bp.post("/me/people/take-over")
@door
def take_over() -> ResponseReturnValue:
    """Make a link by which the patient takes the own record over."""
    return _shown(take_over_link(unit(), deciding().record.id, by=person(), now=now()))


def _shown(payload: str) -> ResponseReturnValue:
    session["invitation"] = payload
    return redirect(url_for("people.invitation", **whose().asks))


@bp.get("/me/people/invitation")
@open_to(*Role)
def invitation() -> ResponseReturnValue:
    """Show the link just made, and its picture to be scanned."""
    payload = session.get("invitation")
    if payload is None:
        return redirect(url_for("public.home"))
    purpose = LinkPurpose(payload[:1])
    link = look_at(unit(), payload, now())
    hours = int(LIFETIMES[purpose].total_seconds() // 3600)
    return render_template(
        "patient/invitation.html",
        links=_links(payload),
        hours=hours,
        scopes=scopes_of(link) if purpose is LinkPurpose.CAREGIVER else frozenset(),
    )


@bp.get("/me/people/invitation.svg")
@open_to(*Role)
def invitation_picture() -> Response:
    """Draw the link just made as a QR code."""
    payload = session.get("invitation")
    links = _links(payload) if payload else {}
    if not links:
        raise LinkExpired
    return qr_code(next(iter(links.values())))


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
        "patient/asked.html",
        patient=patient,
        scopes=scopes_of(link),
        mine=patient.id == person().id,
        form=EmptyForm(),
    )


@bp.post("/help-for/<payload>")
@open_to(*Role)
def accept(payload: str) -> ResponseReturnValue:
    """Become the caregiver the link asks for."""
    _, record = accept_help(unit(), payload, by=person(), now=now())
    flash(plain("You can help now. Thank you."), "good")
    return redirect(f"{url_for('patient.home')}?for={record.id}")


@bp.route("/me/people/<relationship_id>", methods=["GET", "POST"])
@door
def helper(relationship_id: str) -> ResponseReturnValue:
    """Change what one helper may do, and until when."""
    about = deciding()
    found = _helper(relationship_id)
    form = HelpForm()
    form.begin(found.scopes, found.ends)
    if Scope.GUARDIAN in found.scopes:
        del form.until
    if form.validate_on_submit() and form.attempt(partial(_choose, found, form)):
        flash(plain("Changed. It holds from now on."), "good")
        return redirect(url_for(".circle", **about.asks))
    shown = Tied(found, unit().people.person(found.person))
    return draw_form("patient/helper.html", form, about=about, helper=shown)


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


def _helper(relationship_id: str) -> Relationship:
    for one in helpers_of(unit(), deciding().record.id, now()):
        if one.id == relationship_id:
            return one
    raise NotPermitted


def _choose(found: Relationship, form: HelpForm) -> Relationship:
    return choose_help(
        unit(),
        found.id,
        form.chosen,
        record_id=found.record,
        by=person(),
        now=now(),
        until=form.ends if form.until else None,
    )


def _links(payload: str) -> dict[str, str]:
    """Return where the link leads: into the chat where there is one, and to our own page."""
    config = current_app.config["KANGLU"]
    links = {}
    if config.bot_username:
        links["Telegram"] = f"https://t.me/{config.bot_username}?start={payload}"
    if payload.startswith(LinkPurpose.CAREGIVER):
        own = url_for("people.asked", payload=payload)
        links["Kanglu"] = config.base_url.rstrip("/") + own
    return links
