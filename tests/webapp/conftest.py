"""The site on a real database: SQLite here, whose units the storage tests hold equal to both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_security import SQLAlchemySessionUserDatastore, hash_password
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from bot.telegram.keeping import keep_body
from records.observations import Channel, Quantity, pressure
from records.people import Person
from records.services.intake import Draft, file_observations
from records.services.posting import Line
from records.tracking import PersonId, fresh
from records.vocabulary import Code, Role
from records.wording import catalogue
from storage.cells import Cells
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.lines import web_lines
from storage.migrations import upgrade
from storage.pictures import draw
from storage.rows.accounts import Role as AccountRole
from storage.rows.accounts import User, WebAuthn
from storage.spool import DatabaseSpool
from tests.cast import Cast, Clock, enter
from tests.webapp.pages import Browser
from webapp import House, SiteConfig, create_app

PASSWORD = "a quiet walk by the river"
SECRET = "s" * 40


@dataclass
class Site:
    """The site, its house, and the way in for each of the cast."""

    app: Flask
    database: Database
    spool: DatabaseSpool
    cast: Cast
    clock: Clock

    def browser(self, language: str = "en") -> Browser:
        """Return a browser nobody is signed in with."""
        return Browser(self.app, language)

    def as_(self, who: Person, language: str = "en") -> Browser:
        """Return a browser somebody is signed in with."""
        browser = self.browser(language)
        browser.get("/demo")
        browser.post(f"/demo/{who.id}")
        return browser


@pytest.fixture
def database(tmp_path: Path, keys: KeyStore, clock: Clock) -> Iterator[Database]:
    """An empty house with the newest schema."""
    engine = open_engine(f"sqlite:///{tmp_path / 'kanglu.db'}")
    upgrade(engine)
    yield Database(engine, Cells(keys), clock)
    engine.dispose()


@pytest.fixture
def site(database: Database, clock: Clock) -> Iterator[Site]:
    """The demo's site with the cast, and a month of Amina's readings."""
    with database.begin(True) as unit:
        cast = enter(unit, clock())
        _a_month(unit, cast, clock)
    yield from make_site(database, clock, cast)


def make_site(database: Database, clock: Clock, cast: Cast, **settings: object) -> Iterator[Site]:
    """Put a site together over a database."""
    session = scoped_session(sessionmaker(database.engine))
    accounts = SQLAlchemySessionUserDatastore(session, User, AccountRole, webauthn_model=WebAuthn)
    spool = DatabaseSpool(database)

    def account(person_id: PersonId) -> User:
        found = accounts.find_user(person_id=person_id)
        if found is None:
            found = accounts.create_user(
                email=f"{person_id}@example.org",
                person_id=person_id,
                password=hash_password(PASSWORD),
            )
            session.commit()
        return found

    def lines(person_id: PersonId, limit: int) -> list[Line]:
        return list(web_lines(database, person_id, limit))

    house = House(
        begin=database.begin,
        clock=clock,
        draw=draw,
        keep=spool.keep,
        receive=lambda body: keep_body(spool.keep, body),
        lines=lines,
        document=lambda unit, segment: b"<ClinicalDocument/>",
        checks=lambda: [("database", True, "SQLite"), ("queue", True, "0")],
        gauges=lambda: {"spool_waiting": 0.0},
        account=account,
    )
    given = {
        "secret_key": SECRET,
        "base_url": "http://localhost",
        "telegram_webhook_secrets": ("w" * 32,),
        "telegram_path": "hook",
        "bot_username": "KangluBot",
        "clinic_phone": "2345 6789",
        "emergency_number": "999",
        "demo": True,
        "secure_cookies": False,
        "sign_in_limit": "1000 per minute",
    }
    app = create_app(SiteConfig(**{**given, **settings}), house, accounts)
    app.teardown_appcontext(lambda _: session.remove())
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
    yield Site(app, database, spool, cast, clock)
    session.remove()


def _a_month(unit: object, cast: Cast, clock: Clock) -> None:
    drafts = []
    for back in range(30):
        at = clock() - timedelta(days=back, hours=1)
        parts = pressure(126 + back % 17, 78 + back % 11)
        drafts.append(Draft(Code.BLOOD_PRESSURE, at, components=parts))
        drafts.append(Draft(Code.HEART_RATE, at, value=Quantity(66 + back % 9, "/min")))
    drafts.append(Draft(Code.MOOD, clock(), value="calm"))
    file_observations(
        unit, drafts, record_id=cast.record.id, by=cast.amina, channel=Channel.CHAT, now=clock()
    )


__all__ = ["PASSWORD", "Role", "Session", "Site", "catalogue", "fresh"]
