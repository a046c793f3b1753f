"""The second factor: setting it up, and showing it after signing in."""

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from records.vocabulary import Role
from webapp.access import open_to, whoever
from webapp.errors import CODE_DOES_NOT_FIT
from webapp.forms.base import draw_form
from webapp.forms.emergencies import CodeForm, ProofForm
from webapp.language import plain
from webapp.second import OWED, second
from webapp.unit import now, transaction
from webapp.views.pictures import qr_code

bp = Blueprint("second", __name__, url_prefix="/second")

EVERYBODY = tuple(Role)
door = open_to(*EVERYBODY, transaction_of_its_own=True)
PENDING = "second_factor"


@bp.route("", methods=["GET", "POST"])
@door
def page() -> ResponseReturnValue:
    """Show what to scan, and take the code that proves it was; then show the codes for paper."""
    secret = session.setdefault(PENDING, second().begin())
    form = CodeForm()
    with transaction(writing=False):
        whoever(*EVERYBODY)
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


@bp.route("/ask", methods=["GET", "POST"])
@door
def ask() -> ResponseReturnValue:
    """Ask for the second proof; only then the rest of the site opens."""
    form = ProofForm()
    with transaction(writing=False):
        who = whoever(*EVERYBODY)
        good = form.validate_on_submit()
    fits = good and second().check(str(form.code.data), now())
    if fits or not session.get(OWED):
        session.pop(OWED, None)
        return redirect(url_for("public.home"))
    with transaction(writing=False):
        if good:
            form.code.errors = [plain(CODE_DOES_NOT_FIT)]
        form.code.data = ""
        return draw_form("account/second_asked.html", form, who=who)


@bp.get("/picture.svg")
@door
def picture() -> Response | ResponseReturnValue:
    """Draw what an authenticator scans."""
    with transaction(writing=False):
        whoever(*EVERYBODY)
    secret = session.get(PENDING)
    return qr_code(second().link(secret)) if secret else redirect(url_for(".page"))
