"""The patient's leave on the site: who may see what, until when; given only after a preview."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.consent import Grant
from records.people import Organisation
from records.services.addressing import whom_of
from records.services.consenting import (
    Wish,
    give_grant,
    grants_of,
    preview_grant,
    withdraw_grant,
)
from records.services.requesting import requests_to
from records.services.viewing import RecordView
from records.tracking import GrantId, OrganisationId
from records.vocabulary import Role
from records.wording.sharing import TEMPLATES
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.sharing import RELEASES, GrantForm
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.whose import deciding

bp = Blueprint("sharing", __name__)

door = open_to(Role.PATIENT, Role.CAREGIVER)


@bp.get("/me/consents")
@door
def grants() -> ResponseReturnValue:
    """Show each grant as a card: who, what, for what, until when."""
    about = deciding()
    found = grants_of(unit(), about.record.id, by=person(), now=now())
    asked = requests_to(unit(), about.record.id, by=person(), now=now())
    return render_template(
        "patient/consents.html", about=about, grants=found, requests=asked, now=now()
    )


@bp.route("/me/consents/new", methods=["GET", "POST"])
@door
def give() -> ResponseReturnValue:
    """Choose, look at exactly what they will see, then give the grant."""
    about = deciding()
    whom = whom_of(unit(), about.record.id, by=person(), now=now())
    form = GrantForm()
    form.begin(whom, _organisations() if about.own else ())  # who decides for one releases nothing
    _fill_in(form)
    step, view, wish = "choose", None, None
    if "template" not in request.form and form.validate_on_submit():
        wish = form.wish(_changed(form))
        if "confirm" in request.form:
            if form.attempt(partial(_give, wish)):
                flash(plain("Shared. You can withdraw it at any time."), "good")
                return redirect(url_for(".grants", **about.asks))
        elif "back" not in request.form:
            view = form.attempt(partial(_preview, wish))
            step = "look" if view else "choose"
    return draw_form(
        f"patient/grant_{step}.html",
        form,
        about=about,
        view=view,
        wish=wish,
        grantee=_chosen(form),
        templates=TEMPLATES,
    )


def _fill_in(form: GrantForm) -> None:
    """Fill in what a button of the form stands for, or an open grant that is to be changed."""
    template = request.form.get("template")
    if template in TEMPLATES:
        form.fill_in(template)
    changed = _open_grant()
    if changed is not None and not form.is_submitted():
        form.show(changed)


def _open_grant() -> Grant | None:
    """Return the open grant an address says is to be changed."""
    wanted = request.args.get("change")
    found = grants_of(unit(), deciding().record.id, by=person(), now=now()) if wanted else ()
    return next((g.grant for g in found if g.grant.id == wanted and g.grant.open(now())), None)


def _changed(form: GrantForm) -> GrantId | None:
    """Return which grant is changed: only while it goes to the same grantee."""
    grant = _open_grant()
    return grant.id if grant is not None and form.is_for(grant) else None


@bp.post("/me/consents/<grant_id>/withdraw")
@door
def withdraw(grant_id: str) -> ResponseReturnValue:
    """Withdraw a grant; the next request of the grantee is refused."""
    withdraw_grant(unit(), GrantId(grant_id), by=person(), now=now())
    flash(plain("Withdrawn. From now on they see nothing of it."), "good")
    return redirect(url_for(".grants", **deciding().asks))


def _preview(wish: Wish) -> RecordView:
    return preview_grant(unit(), wish, record_id=deciding().record.id, by=person(), now=now())


def _give(wish: Wish) -> Grant:
    return give_grant(unit(), wish, record_id=deciding().record.id, by=person(), now=now())


def _organisations() -> tuple[Organisation, ...]:
    """Return the organisations a release may be given to, by name."""
    ids: set[OrganisationId] = {
        one.organisation for one in unit().people.all_of(Role.THIRD_PARTY) if one.organisation
    }
    found = (unit().people.organisation(one) for one in ids)
    return tuple(sorted((o for o in found if o.kind in RELEASES), key=lambda one: one.name))


def _chosen(form: GrantForm) -> str:
    """Return the name of whom the grant is for."""
    names = {option.data: str(option.label.text) for option in form.grantee}
    return names.get(str(form.grantee.data), "")
