"""Signing in: Flask-Security, set to what this house needs, behind a throttle."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import Security, user_authenticated
from flask_wtf import CSRFProtect

from records.tracking import PersonId
from webapp.access import IDLE, note_who_came
from webapp.config import SiteConfig
from webapp.unit import house


def security_settings(config: SiteConfig) -> dict[str, Any]:
    """Return the settings of cookies, sessions and signing in."""
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": "__Host-kanglu" if config.secure_cookies else "kanglu",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=8),
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a slow writer loses nothing
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_URL": "/password",
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_POST_LOGIN_VIEW": "/home",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_CHANGE_VIEW": "/home",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_FRESHNESS": IDLE,
        "SECURITY_FLASH_MESSAGES": False,  # our pages say it in our words
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    }


def set_up_accounts(app: Flask, config: SiteConfig, accounts: Any) -> CSRFProtect:
    """Set up signing in with its throttle, and the token every form carries."""
    guard = CSRFProtect(app)
    Security(app, accounts)
    throttle = Limiter(get_remote_address, app=app, storage_uri="memory://")
    limit = throttle.limit(config.sign_in_limit, methods=["POST"])
    signing_in: Any = app.view_functions["security.login"]
    app.view_functions["security.login"] = limit(signing_in)
    user_authenticated.connect(_came, app)
    return guard


def _came(_: Flask, user: Any, **__: Any) -> None:
    """Note in the session who signed in, whichever way."""
    with house().begin(False) as unit:
        note_who_came(unit.people.person(PersonId(user.person_id)))
