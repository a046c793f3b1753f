"""The second factor: an authenticator's codes, and codes on paper for when it is lost.

Codes and secrets are Flask-Security's. Whoever has set one up is asked for it after signing in, and
anew whenever something needs it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, user_authenticated
from flask_security.totp import Totp
from passlib.totp import TokenError  # type: ignore[import-untyped]  # it has no types

from records.tracking import PersonId
from webapp.access import OUR_OWN
from webapp.config import SiteConfig
from webapp.unit import house

SKEW = 30  # seconds a phone's clock may be off, either way
WRONG = 5
PAUSE = timedelta(minutes=15)
OWED = "second_owed"
WITHOUT = frozenset({"second.ask", "security.logout", "public.language"})
"""Pages for whoever has shown only the first proof."""


class _Once(Totp):
    """Takes no code twice, whichever process was shown it first."""

    def get_last_counter(self, user: Any) -> int | None:
        """Return the counter of the code last taken."""
        with house().begin(False) as unit:
            return unit.second_factors.last(PersonId(user.person_id))

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember the counter of a code; raises where another process was quicker."""
        with house().begin(True) as unit:
            if not unit.second_factors.take(PersonId(user.person_id), tmatch.counter):
                raise TokenError


class SecondFactor:
    """Sets up and checks the second factor of whoever is signed in."""

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(b"second factor:" + secret_key.encode()).hexdigest()
        self.codes = _Once({1: key}, "Kanglu")

    @property
    def is_set_up(self) -> bool:
        """Whether whoever is signed in has one."""
        return bool(current_user.tf_totp_secret)

    def begin(self) -> str:
        """Return a new secret, sealed, to be kept in the session until it is confirmed."""
        return str(self.codes.generate_totp_secret())

    def link(self, secret: str) -> str:
        """Return what an authenticator scans."""
        return str(self.codes.get_totp_uri(current_user.calc_username(), secret))

    def key(self, secret: str) -> str:
        """Return the same to be typed by hand."""
        return str(self.codes.get_totp_pretty_key(secret))

    def confirm(self, secret: str, code: str) -> list[str]:
        """Keep a secret whose code fits, and return new codes for paper; nothing if it does not."""
        user = current_user._get_current_object()
        if not self.codes.verify_totp(_figures(code), secret, user, window=SKEW):
            return []
        papers: list[str] = self.codes.generate_recovery_codes(6)
        store = current_app.extensions["security"].datastore
        store.tf_set(user, "authenticator", totp_secret=secret)
        store.mf_set_recovery_codes(user, [_digest(one) for one in papers])
        store.commit()
        return papers

    def check(self, code: str, now: datetime) -> bool:
        """Say whether a code is the authenticator's of now, or one from paper, which is used up."""
        user = current_user._get_current_object()
        person, since = PersonId(user.person_id), now - PAUSE
        with house().begin(False) as unit:
            paused = unit.second_factors.misses(person, since) >= WRONG
        if not user.tf_totp_secret or paused:
            return False
        if self.codes.verify_totp(_figures(code), user.tf_totp_secret, user, window=SKEW):
            return True
        if _on_paper(user, code):
            return True
        with house().begin(True) as unit:
            unit.second_factors.miss(person, now, since)
        return False


def _on_paper(user: Any, code: str) -> bool:
    store = current_app.extensions["security"].datastore
    digest, known = _digest(code.strip().lower()), store.mf_get_recovery_codes(user)
    if digest not in known:
        return False
    store.mf_delete_recovery_code(user, known.index(digest))
    store.commit()
    return True


def _figures(code: str) -> str:
    return "".join(filter(str.isdigit, code))[:8]


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def set_up_second(app: Flask, config: SiteConfig) -> None:
    """Give the site its second factor, and let nobody past who still owes it."""
    app.extensions["kanglu_second"] = SecondFactor(config.secret_key)
    user_authenticated.connect(_owes, app)

    @app.before_request
    def ask_for_second() -> ResponseReturnValue | None:
        owes = current_user.is_authenticated and session.get(OWED, False)
        if not owes or request.endpoint in OUR_OWN | WITHOUT:
            return None
        return redirect(url_for("second.ask"))


def _owes(_: Flask, user: Any, **__: Any) -> None:
    """Note in the session that whoever has just signed in still owes the second proof."""
    session[OWED] = bool(user.tf_totp_secret)


def second() -> SecondFactor:
    """Return the second factor of this site."""
    found: SecondFactor = current_app.extensions["kanglu_second"]
    return found
