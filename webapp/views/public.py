"""Pages for everybody: the front door, help, privacy, the language, the demo's people."""

from dataclasses import replace

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.errors import NotFound
from records.people import Person
from records.tracking import PersonId
from records.vocabulary import Language, Role
from webapp.access import local_path, open_to_all, open_without_transaction
from webapp.language import COOKIE
from webapp.unit import somebody, transaction, unit
from webapp.views.signing import sign_in

bp = Blueprint("public", __name__)

HOMES = (
    (Role.DOCTOR, "today.page"),
    (Role.NURSE, "today.page"),
    (Role.PATIENT, "patient.home"),
    (Role.CAREGIVER, "patient.home"),
    (Role.THIRD_PARTY, "thirdparty.released"),
    (Role.OPERATOR, "operator.tiles"),
)
SHOWN_FIRST = (
    Role.DOCTOR,
    Role.NURSE,
    Role.PATIENT,
    Role.CAREGIVER,
    Role.THIRD_PARTY,
    Role.OPERATOR,
)


def home_of(person: Person) -> str:
    """Return the page a person begins at."""
    return next(
        (url_for(page) for role, page in HOMES if role in person.roles), url_for("public.front")
    )


@bp.get("/")
@open_to_all
def front() -> ResponseReturnValue:
    """Say what this is, and lead those who are signed in to their own page."""
    return render_template("public/front.html")


@bp.get("/home")
@open_to_all
def home() -> ResponseReturnValue:
    """Lead whoever is signed in to the page they begin at."""
    who = somebody()
    return redirect(home_of(who) if who else url_for("security.login"))


@bp.get("/help")
@open_to_all
def help_page() -> ResponseReturnValue:
    """Say how to write a number, whom to call, and what to do when stuck."""
    return render_template("public/help.html")


@bp.get("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    """Say where the record lies and who sees it."""
    return render_template("public/privacy.html")


@bp.route("/lang/<code>", methods=["GET", "POST"])
@open_to_all
def language(code: str) -> ResponseReturnValue:
    """Switch the language: of this browser, and on a POST that of the person."""
    if code not in set(Language):
        raise NotFound
    who = somebody()
    if request.method == "POST" and who is not None:
        _speak_to(who, Language(code))
    answer = redirect(local_path(request.values.get("next"), url_for(".front")))
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(
        COOKIE, code, max_age=31_536_000, secure=secure, httponly=True, samesite="Lax"
    )
    return answer


def _speak_to(who: Person, code: Language) -> None:
    unit().people.put(replace(who, language=code))


@bp.get("/demo")
@open_to_all
def demo() -> ResponseReturnValue:
    """Show the demo's people, one button each; only where this is a demo."""
    _only_in_a_demo()
    groups = [(role, unit().people.all_of(role)) for role in SHOWN_FIRST]
    return render_template("public/demo.html", groups=[one for one in groups if one[1]])


@bp.post("/demo/<person_id>")
@open_without_transaction
def be(person_id: str) -> ResponseReturnValue:
    """Sign in as one of the demo's people."""
    _only_in_a_demo()
    with transaction(writing=False) as opened:
        who = opened.people.person(PersonId(person_id))
    sign_in(who)
    return redirect(home_of(who))


def _only_in_a_demo() -> None:
    if not current_app.config["KANGLU"].demo:
        abort(404)
