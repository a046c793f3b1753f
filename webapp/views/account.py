"""Signing in by a one-time link: from the chat, or on a clinic's invitation."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from records.errors import LinkExpired
from records.services.inviting import say_yes
from records.services.linking import LinkPurpose, look_at, use_link
from records.wording.linking import masked
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
    purpose = _purpose(payload)
    link = look_at(unit(), payload, now())
    who = unit().people.person(link.person) if link.person else None
    if purpose is LinkPurpose.INVITATION and who is not None:
        return render_template("account/invited.html", name=masked(who.name), form=EmptyForm())
    return render_template("account/sign_in.html", form=EmptyForm())


@bp.post("/sign-in/<payload>")
@open_without_transaction
def enter(payload: str) -> ResponseReturnValue:
    """Use the link up and sign its person in."""
    with transaction(writing=True) as opened:
        link = use_link(opened, payload, _purpose(payload), now())
        if link.person is None:
            raise LinkExpired
        who = opened.people.person(link.person)
        say_yes(opened, link, patient=who, now=now())
    sign_in(who)
    return redirect(home_of(who))


def _purpose(payload: str) -> LinkPurpose:
    for one in (LinkPurpose.SIGN_IN, LinkPurpose.INVITATION):
        if payload.startswith(f"{one}_"):
            return one
    raise LinkExpired
