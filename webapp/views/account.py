"""Signing in by a one-time link from the chat."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from records.errors import LinkExpired
from records.services.linking import LinkPurpose, look_at, use_link
from webapp.access import open_to_all, open_without_transaction
from webapp.forms.asking import EmptyForm
from webapp.unit import now, transaction, unit
from webapp.views.public import home_of
from webapp.views.signing import sign_in

bp = Blueprint("account", __name__)


@bp.get("/sign-in/<payload>")
@open_to_all
def ask(payload: str) -> ResponseReturnValue:
    """Show the button that uses the link: only looking, as link previews do, uses nothing up."""
    if not payload.startswith(f"{LinkPurpose.SIGN_IN}_"):
        raise LinkExpired
    look_at(unit(), payload, now())
    return render_template("account/sign_in.html", form=EmptyForm())


@bp.post("/sign-in/<payload>")
@open_without_transaction
def enter(payload: str) -> ResponseReturnValue:
    """Use the link up and sign its person in."""
    with transaction(writing=True) as opened:
        link = use_link(opened, payload, LinkPurpose.SIGN_IN, now())
        if link.person is None:
            raise LinkExpired
        who = opened.people.person(link.person)
    sign_in(who)
    return redirect(home_of(who))
