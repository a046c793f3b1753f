"""The whole house put together: `app` for gunicorn and `flask`; as a program, all at once.

`gunicorn wsgi:app`, `python -m bot` and `python -m storage` are the three processes of a real
house; `python wsgi.py` (make run) is all of them in one, for one machine and for a first look.
"""

import logging
import os
import secrets
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from socket import socket

from flask import Flask

from bot.running import Handed, start_chat, telegram_check
from bot.telegram.keeping import keep_body
from records.chats import ChatChannel
from records.services.storing import StoreUnavailable
from storage.accounts import Accounts
from storage.cloud.erasing import CannotErase
from storage.cloud.reading import StoredDocuments
from storage.demo.starting import is_demo, prepare_demo, sign_in_lines, start_demo
from storage.house import CANNOT_OPEN, StorageHouse, prepare
from storage.logs import quiet_logs
from storage.media import clean
from storage.pictures import draw
from storage.settings import (
    SettingUnreadable,
    StorageSettings,
    read_environment,
    read_settings,
    webhook_secrets,
)
from storage.ticking import start_clock
from webapp import House, SiteConfig, create_app
from webapp.commands import Works, add_commands
from webapp.overflow import OverflowWorks
from webapp.serving import PortTaken, serve, take_port


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
    return SiteConfig(
        secret_key=secret_key(environ, settings.instance),
        base_url=url,
        telegram_webhook_secrets=webhook_secrets(environ) if webhook else (),
        telegram_path="updates" if webhook else "",
        bot_username=environ.get("TELEGRAM_BOT_USERNAME", ""),
        clinic_phone=environ.get("CLINIC_PHONE", ""),
        emergency_number=environ.get("EMERGENCY_NUMBER", "999"),
        demo=is_demo(environ, settings),
        secure_cookies=url.startswith("https://"),
    )


def build(environ: Mapping[str, str]) -> tuple[Flask, StorageHouse, Accounts]:
    """Open the storage room and build the site over it."""
    settings = read_settings(environ)
    prepare(settings)
    storage = StorageHouse(settings)
    accounts = Accounts()

    house = House(
        begin=storage.at_site,
        clock=storage.clock,
        draw=draw,
        keep=storage.spool.keep,
        receive=lambda body: keep_body(storage.spool.keep, body),
        lines=storage.lines,
        picture=storage.picture,
        stored=StoredDocuments(storage.private).document,
        checks=lambda: [(one.name, one.works, one.advice) for one in storage.checks()],
        gauges=storage.gauges,
        overflow=storage.planning.figures,
        again=storage.spool.try_again,
        clean=clean,
        account=accounts.of_person,
    )
    app = create_app(site_config(environ, settings), house, accounts.datastore)
    accounts.join(app, settings.database_url)
    works = Works(
        checks=lambda: [
            *((one.name, one.works, one.advice) for one in (*storage.checks(), *storage.wishes())),
            *telegram_check(environ),
        ],
        sync=storage.worker.tick,
        verify=lambda: [
            (one.name, one.what, one.repaired) for one in storage.worker.rounds.all_at_once()
        ],
        log_lines=storage.log.lines,
        verify_log=storage.log.findings,
        restore=storage.restore,
        clock=storage.clock,
        change_master_key=storage.change_master_key,
        renew_key=storage.renew_key,
        erase=storage.erase,
        pack=storage.worker.packs.everything,
        overflow=OverflowWorks(
            storage.planning.figures, storage.planning.plan, storage.planning.run
        ),
        cannot=(*CANNOT_OPEN, CannotErase, StoreUnavailable),
    )
    add_commands(app, works)
    return app, storage, accounts


def show(line: str) -> None:
    """Print one line of progress at once."""
    print(line, flush=True)


def show_what_is_embedded(settings: StorageSettings, environ: Mapping[str, str]) -> None:
    """Say in one line each what is embedded and what setting makes it real."""
    show("\nEmbedded for now:")
    if settings.embedded:
        show("  database       SQLite in the instance folder   → DATABASE_URL=postgresql://…")
    if settings.private_store.startswith("file:"):
        show("  private cloud  sealed files                    → PRIVATE_STORE=swift://prefix")
    if settings.public_store.startswith("file:"):
        show("  public cloud   de-identified files             → PUBLIC_STORE=s3://bucket")
    if not environ.get("TELEGRAM_BOT_TOKEN"):
        show("  chat           on the site at /chat            → TELEGRAM_BOT_TOKEN=…")


def main(environ: dict[str, str]) -> int:
    """Run the site, the worker and the chat in this one process until Ctrl-C."""
    try:
        bound = take_port(port(environ))
        demo = is_demo(environ, read_settings(environ))
        if demo:
            environ.setdefault("SYNC_QUIET_SECONDS", "5")
            prepare_demo(read_settings(environ))
        app, storage, _ = build(environ)
        show("✔ keys")
        storage.migrate()
        show("✔ database")
    except (*CANNOT_OPEN, PortTaken) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    with bound, suppress(KeyboardInterrupt):
        if demo:
            start_demo(storage, lambda line: show(f"  {line}"))
            show("✔ demo people")
        run_house(app, storage, environ, bound, demo=demo)
    storage.close()
    show("\nStopped.")
    return 0


def run_house(
    app: Flask, storage: StorageHouse, environ: Mapping[str, str], bound: socket, *, demo: bool
) -> None:
    """Start the chat and the worker beside the site, and end them with it."""
    stop = threading.Event()
    clock = start_clock(storage.worker.tick, seconds=1.0)
    post = storage.post(ChatChannel.TELEGRAM)
    watch, fetches = storage.watch(ChatChannel.TELEGRAM), storage.fetches(ChatChannel.TELEGRAM)
    handed = Handed(storage.at_chat, storage.spool, post, storage.clock, watch, fetches, clean)
    chat = start_chat(handed, environ, base_url(environ), stop)
    try:
        if demo:
            show("\n".join(sign_in_lines(storage, base_url(environ))))
        show_what_is_embedded(storage.settings, environ)
        show(f"\nOpen {base_url(environ)} – Ctrl-C stops.")
        serve(app, bound)
    finally:
        stop.set()
        storage.worker.stop()
        clock.shutdown(wait=True)
        for thread in chat:
            thread.join(timeout=5)


if __name__ == "__main__":
    quiet_logs(logging.WARNING)
    sys.exit(main(read_environment()))

quiet_logs()
try:
    app, _storage, _accounts = build(read_environment())
except CANNOT_OPEN as error:
    sys.exit(str(error))
