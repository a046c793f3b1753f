"""The site put together: its settings, guards, words and rooms."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_bootstrap import Bootstrap5

from webapp.access import keep_doors
from webapp.accounts import security_settings, set_up_accounts
from webapp.config import SiteConfig
from webapp.errors import answer_errors
from webapp.headers import guard
from webapp.house import House
from webapp.language import speak
from webapp.second import set_up_second
from webapp.shown import name_things
from webapp.unit import somebody
from webapp.uploads import let_files_in
from webapp.views import BLUEPRINTS, api, machine

ROOT = Path(__file__).resolve().parents[1]


class Site(Flask):
    """The application, on which JSON nested too deep to read is not JSON, wherever it is read."""

    class json_provider_class(DefaultJSONProvider):  # noqa: N801 - Flask's name for it
        """Reads as Flask does, without the one surprise."""

        def loads(self, s: str | bytes, **kwargs: Any) -> Any:
            """Return what a JSON text says, or raise ValueError."""
            try:
                return super().loads(s, **kwargs)
            except RecursionError:
                raise ValueError("nested too deep") from None


def create_app(config: SiteConfig, house: House, accounts: Any) -> Flask:
    """Return the site; `accounts` is a Flask-Security datastore whose users have a `person_id`."""
    app = Site(
        "kanglu",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_mapping(
        security_settings(config),
        KANGLU=config,
        TRUSTED_HOSTS=list(config.hosts),
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=128 * 1024,
        MAX_FORM_PARTS=200,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.extensions["kanglu"] = house
    Bootstrap5(app)
    guard(app)
    let_files_in(app)
    speak(app)
    tokens = set_up_accounts(app, config, accounts)
    set_up_second(app, config)
    keep_doors(app)
    answer_errors(app)
    name_things(app)
    for room in BLUEPRINTS:
        app.register_blueprint(room)
    tokens.exempt(machine.webhook)
    tokens.exempt(api.observations)
    app.jinja_env.globals.update(config_=config, somebody=somebody)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    return app
