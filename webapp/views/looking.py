"""Who looked: by day and person, why they could, a way to stop them, and being told of looks."""

from itertools import groupby

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from records.services.looking import Visit, What, who_visited
from records.services.noticing import choose_notice
from records.services.ports import Face
from records.vocabulary import Role
from records.wording.looking import FACES, WHATS, WHYS
from records.wording.sharing import kinds_words
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.looking import NoticeForm
from webapp.language import language, plain, words, zone
from webapp.named import DONE
from webapp.unit import now, person, unit
from webapp.views.whose import my_own

bp = Blueprint("looking", __name__)

door = open_to(Role.PATIENT)


@bp.route("/me/access-log", methods=["GET", "POST"])
@door
def log() -> ResponseReturnValue:
    """Show who looked, in plain words, newest first; keep how often to tell of it."""
    record = my_own().record.id
    form = NoticeForm(often=str(unit().look_notices.of(record).often))
    form.begin()
    if form.validate_on_submit():
        choose_notice(unit(), form.chosen, record_id=record, by=person(), now=now())
        flash(plain("Saved."), "good")
        return redirect(url_for(".log"))
    others = request.args.get("who") != "all"
    found = who_visited(unit(), record, by=person(), now=now(), zone=zone(), others=others)
    days = [(day, tuple(seen)) for day, seen in groupby(found, lambda one: one.day)]
    return draw_form(
        "patient/access_log.html",
        form,
        days=days,
        others=others,
        said=visit_words,
        why=lambda visit: words(WHYS[visit.why]),
        where=lambda visit: [words(FACES[one]) for one in Face if one in visit.faces & set(FACES)],
    )


def visit_words(visit: Visit) -> Markup:
    """Return what was done in one line."""
    if visit.what is What.ELSE:
        return words(DONE[visit.action])
    return words(WHATS[visit.what], kinds=kinds_words(visit.kinds, language()))
