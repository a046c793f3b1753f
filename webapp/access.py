"""The doors of the site: who may enter which page. What has no door opens to nobody."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from records.errors import NotPermitted
from records.people import Person
from records.services.viewing import is_clinician
from records.vocabulary import Role
from webapp.unit import house, now, somebody, transaction

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

IDLE = timedelta(minutes=30)  # for whoever sees other people's records
OUR_OWN = frozenset({"static", "bootstrap.static"})
ASKED_BY_SCRIPTS = frozenset({"live.record", "live.mine", "live.today"})
"""What a page asks by itself: nobody is there because of it."""
SIGNING_IN = frozenset({"security.login", "security.logout", "security.change_password"})


def open_to(*roles: Role, transaction_of_its_own: bool = False) -> Callable[[View], View]:
    """Open a page to those who have one of these roles, inside the request's transaction.

    A page with a transaction of its own asks `whoever` in it. Whoever is not signed in is led to
    the sign-in page.
    """

    def door(view: View) -> View:
        @wraps(view)
        def entered(*args: Any, **values: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return _to_sign_in()
            if transaction_of_its_own:
                return view(*args, **values)
            with transaction(writing=request.method == "POST"):
                whoever(*roles)
                return view(*args, **values)

        return _with_door(entered, frozenset(roles))

    return door


def open_to_all(view: View) -> View:
    """Open a page to everybody, inside the request's transaction."""

    @wraps(view)
    def entered(*args: Any, **values: Any) -> ResponseReturnValue:
        with transaction(writing=request.method == "POST"):
            return view(*args, **values)

    return _with_door(entered, frozenset())


def open_without_transaction(view: View) -> View:
    """Open a page to everybody; it begins its own transactions, or needs none."""
    return _with_door(view, frozenset())


def whoever(*roles: Role) -> Person:
    """Return who is signed in if they have one of these roles; refuses everybody else."""
    who = somebody()
    if who is None or not who.roles & frozenset(roles):
        raise NotPermitted
    return who


def _with_door(view: Callable[..., ResponseReturnValue], roles: frozenset[Role]) -> View:  # type: ignore[type-var]  # what comes in goes out
    view.door = roles  # type: ignore[attr-defined]  # a mark on the function, read below
    return cast("View", view)


def _to_sign_in() -> ResponseReturnValue:
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=here))


def keep_doors(app: Flask) -> None:
    """Refuse every page without a door, and end the session of staff who went away."""

    @app.before_request
    def default_deny() -> ResponseReturnValue | None:
        endpoint = request.endpoint
        if endpoint in OUR_OWN:
            return None
        if endpoint is None or endpoint in SIGNING_IN:
            _know_who()
            return None
        if not hasattr(app.view_functions[endpoint], "door"):
            raise NotPermitted
        return None

    @app.before_request
    def end_idle_sessions() -> ResponseReturnValue | None:
        if request.endpoint in OUR_OWN or not current_user.is_authenticated:
            return None
        seen = session.get("seen")
        moment = now().timestamp()
        if session.get("staff") and seen and moment - seen > IDLE.total_seconds():
            logout_user()
            return _to_sign_in()
        if request.endpoint not in ASKED_BY_SCRIPTS:
            session["seen"] = moment
        return None


def _know_who() -> None:
    """Learn who is signed in for pages of Flask-Security's and for what is not there."""
    if current_user.is_authenticated:
        with transaction(writing=False):
            somebody()


def note_who_came(who: Person) -> None:
    """Remember in the session that this is staff: staff are signed out when they go away."""
    session.permanent = True
    session["staff"] = is_clinician(who) or bool(who.roles & {Role.OPERATOR, Role.THIRD_PARTY})
    session["seen"] = house().clock().timestamp()


def local_path(wanted: str | None, otherwise: str) -> str:
    """Return the wanted path if it leads to a page of ours, else the other."""
    plain = wanted is not None and wanted.isascii() and wanted.isprintable()
    if wanted is None or not plain or "\\" in wanted:
        return otherwise
    return wanted if wanted.startswith("/") and not wanted.startswith("//") else otherwise


def attachment(content: bytes, *, name: str, kind: str) -> Response:
    """Return bytes as a file to be kept, under a name that says nothing of the person."""
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
