"""The whole house put together: `app` for gunicorn and `flask`; as a program, all at once.

`gunicorn wsgi:app`, `python -m bot` and `python -m storage` are the three processes of a real
house; `python wsgi.py` (make run) is all of them in one, for one machine and for a first look.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from records.segments import Segment
from records.services.ports import Unit
from storage.accounts import Accounts
from storage.house import StorageHouse, prepare
from storage.logs import quiet_logs
from storage.masterkey import MasterKeyRefused
from storage.pictures import draw
from storage.settings import SettingUnreadable, StorageSettings, read_environment, read_settings
from storage.stores.address import UnreadableSetting
from webapp import House, SiteConfig, create_app
from webapp.commands import Works, add_commands

CANNOT_START = (SettingUnreadable, UnreadableSetting, MasterKeyRefused)


def port(environ: Mapping[str, str]) -> int:
    """Return the port to listen on."""
    try:
        number = int(environ.get("PORT", "8000"))
    except ValueError:
        number = 0
    if not 0 < number < 65536:
        raise SettingUnreadable("PORT must be a number between 1 and 65535, such as 8000.")
    return number


def base_url(environ: Mapping[str, str]) -> str:
    """Return where people find the site."""
    return environ.get("BASE_URL", f"http://127.0.0.1:{port(environ)}").rstrip("/")


def is_demo(environ: Mapping[str, str]) -> bool:
    """Say whether this is the demo: nothing real is set."""
    return not environ.get("DATABASE_URL") and not environ.get("TELEGRAM_BOT_TOKEN")


def secret_key(environ: Mapping[str, str], instance: Path) -> str:
    """Return the secret that signs sessions, made on first start and kept for its owner alone."""
    if environ.get("SECRET_KEY"):
        return environ["SECRET_KEY"]
    path = instance / "secret.key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def site_config(environ: Mapping[str, str], settings: StorageSettings) -> SiteConfig:
    """Return the site's own settings; it sees neither the bot's token nor cloud credentials."""
    url = base_url(environ)
    webhook = environ.get("TELEGRAM_MODE", "polling") == "webhook"
    if webhook and len(environ.get("TELEGRAM_WEBHOOK_SECRET", "")) < 32:
        raise SettingUnreadable(
            "TELEGRAM_WEBHOOK_SECRET must be at least 32 characters of A-Z a-z 0-9 _ and -."
        )
    return SiteConfig(
        secret_key=secret_key(environ, settings.instance),
        base_url=url,
        telegram_webhook_secret=environ.get("TELEGRAM_WEBHOOK_SECRET", "") if webhook else "",
        telegram_path="updates" if webhook else "",
        bot_username=environ.get("TELEGRAM_BOT_USERNAME", ""),
        clinic_phone=environ.get("CLINIC_PHONE", ""),
        emergency_number=environ.get("EMERGENCY_NUMBER", "999"),
        demo=is_demo(environ),
        secure_cookies=url.startswith("https://"),
    )


def build(environ: Mapping[str, str]) -> tuple[Flask, StorageHouse, Accounts]:
    """Open the storage room and build the site over it."""
    settings = read_settings(environ)
    prepare(settings)
    storage = StorageHouse(settings)
    accounts = Accounts()

    def document(unit: Unit, segment: Segment) -> bytes:
        return storage.document(unit, segment)  # type: ignore[arg-type]  # our own unit

    house = House(
        begin=storage.begin,
        clock=storage.clock,
        draw=draw,
        keep=storage.spool.keep,
        lines=storage.lines,
        document=document,
        checks=lambda: [(one.name, one.works, one.advice) for one in storage.checks()],
        gauges=storage.gauges,
        account=accounts.of_person,
    )
    app = create_app(site_config(environ, settings), house, accounts.datastore)
    accounts.join(app, settings.database_url)
    add_commands(app, Works(checks=house.checks, sync=storage.worker.tick, migrate=storage.migrate))
    return app, storage, accounts


if __name__ == "__main__":
    from wsgi_run import main

    sys.exit(main(read_environment()))

quiet_logs()
try:
    app, _storage, _accounts = build(read_environment())
except CANNOT_START as error:
    sys.exit(str(error))
