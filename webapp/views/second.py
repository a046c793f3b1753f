"""Setting up the second factor of staff: scan, type the code, keep the codes for paper."""

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from records.vocabulary import Role
from webapp.access import open_to, whoever
from webapp.errors import CODE_DOES_NOT_FIT
from webapp.forms.base import draw_form
from webapp.forms.emergencies import CodeForm
from webapp.language import plain
from webapp.second import second
from webapp.unit import transaction
from webapp.views.pictures import qr_code

bp = Blueprint("second", __name__, url_prefix="/second")

STAFF = (Role.DOCTOR, Role.NURSE, Role.OPERATOR)
door = open_to(*STAFF, transaction_of_its_own=True)
PENDING = "second_factor"


@bp.route("", methods=["GET", "POST"])
@door
def page() -> ResponseReturnValue:
    """Show what to scan, and take the code that proves it was; then show the codes for paper."""
    secret = session.setdefault(PENDING, second().begin())
    form = CodeForm()
    with transaction(writing=False):
        whoever(*STAFF)
        good = form.validate_on_submit()
    papers = second().confirm(secret, str(form.code.data)) if good else []
    with transaction(writing=False):
        if papers:
            session.pop(PENDING)
            flash(plain("Your phone is set up."), "good")
            return render_template("account/second_papers.html", papers=papers)
        if good:
            form.code.errors = [plain(CODE_DOES_NOT_FIT)]
        form.code.data = ""
        key = second().key(secret)
        return draw_form("account/second.html", form, key=key, before=second().is_set_up)


@bp.get("/picture.svg")
@door
def picture() -> Response | ResponseReturnValue:
    """Draw what an authenticator scans."""
    with transaction(writing=False):
        whoever(*STAFF)
    secret = session.get(PENDING)
    return qr_code(second().link(secret)) if secret else redirect(url_for(".page"))
