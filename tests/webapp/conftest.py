"""The site on a real database: SQLite here, whose units the storage tests hold equal to both."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from flask import Flask
from flask_security import SQLAlchemySessionUserDatastore, hash_password
from sqlalchemy import create_engine, select
from sqlalchemy.orm import scoped_session, sessionmaker

from bot.telegram.keeping import keep_body
from records.observations import Channel, Quantity, pressure
from records.people import Person, Tie
from records.services.consenting import Wish, give_grant
from records.services.enrolling import (
    add_organisation,
    add_person,
    confirm_care,
    enrol_patient,
    offer_care,
)
from records.services.intake import Draft, file_observations
from records.services.ports import Face, Unit
from records.services.posting import Line
from records.tracking import OrganisationId, PersonId, fresh
from records.vocabulary import Code, Language, OrganisationKind, Purpose, Role, SegmentKind
from storage.cells import Cells
from storage.cloud.figures import figures
from storage.cloud.planning import Planning
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.reading import StoredDocuments
from storage.database import Database, open_engine
from storage.families.unsynced import CLOCK
from storage.keys import KeyStore
from storage.lines import web_lines, web_picture
from storage.masterkey import make_master_key, read_master_key
from storage.media import clean
from storage.migrations import upgrade
from storage.overflow import Prices
from storage.pictures import draw
from storage.rows.accounts import Role as AccountRole
from storage.rows.accounts import User, WebAuthn
from storage.rows.chats import SpoolRow
from storage.stores import open_store
from storage.worker import Worker
from tests.bot.talking import Desk
from tests.cast import ZONE, Cast, Clock, enter
from tests.parts.postgres import Postgres
from tests.webapp.pages import Browser
from webapp import House, SiteConfig, create_app

PASSWORD = "a quiet walk by the river"
SECRET = "s" * 40
WHERE = "database_url"  # the file that says where a house's database is, if not in its folder


@dataclass(frozen=True)
class Others:
    """Who else comes to the site: Nora the nurse, Otto the operator, a service, and newcomers."""

    nora: Person
    otto: Person
    sana: Person
    zoe: Person
    yuri: Person
    emil: Person


@dataclass
class Site:
    """The site, its house, and the way in for each of the cast."""

    app: Flask
    database: Database
    desk: Desk
    worker: Worker
    cast: Cast
    others: Others
    clock: Clock
    checks: list[tuple[str, bool, str]]

    def browser(self, language: str = "en") -> Browser:
        """Return a browser nobody is signed in with."""
        return Browser(self.app, language)

    def as_(self, who: Person, language: str = "en") -> Browser:
        """Return a browser somebody is signed in with."""
        browser = self.browser(language)
        browser.get("/demo")
        browser.post(f"/demo/{who.id}")
        return browser

    def settle(self) -> None:
        """Let the quiet minutes pass and the worker finish its work."""
        self.clock.pass_(minutes=11)
        while self.worker.tick():
            pass
        self.desk.work()


Furnished = tuple[Path, Cast, Others, Clock]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The house that every site of these tests is a copy of."""
    return furnish(tmp_path_factory.mktemp("house"))


def furnish(folder: Path) -> Furnished:
    """Furnish a house in a folder: the cast, a month of Amina's, what she released."""
    clock = Clock()
    make_master_key(folder / "master.key")
    keys = _keys(folder)
    database = _database(folder, keys, clock)
    upgrade(database.engine)
    with database.begin(True) as unit:
        cast = enter(unit, clock())
        others = _enter_others(unit, cast, clock)
        _a_month(unit, cast, clock)
        for organisation, purpose in (
            (cast.institute.id, Purpose.RESEARCH),
            (others.sana.organisation, Purpose.SERVICE),
        ):
            wish = Wish(
                frozenset({SegmentKind.PHYSICAL_SIGNS}), purpose, None, organisation=organisation
            )
            give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
    worker = _worker(folder, keys, database)
    clock.pass_(minutes=11)
    while worker.tick():
        pass
    database.engine.dispose()
    keys.close()
    return folder, cast, others, clock


@pytest.fixture(scope="session")
def walled(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The same house on PostgreSQL, of which every walled site is a copy."""
    folder = tmp_path_factory.mktemp("walled")
    (folder / WHERE).write_text(postgres.new_database())
    return furnish(folder)


@pytest.fixture
def walled_site(tmp_path: Path, walled: Furnished, postgres: Postgres) -> Iterator[Site]:
    """The demo's site behind the second wall: its login owns nothing on PostgreSQL."""
    url = postgres.as_the_site(postgres.copy_of(_url(walled[0])))
    yield from make_site(tmp_path / "walled", walled, url=url)


if os.environ.get("SITE_DATABASE") == "postgresql":  # every test of the site behind the wall

    @pytest.fixture
    def site(walled_site: Site) -> Site:
        """The demo's site over a copy of the house on PostgreSQL."""
        return walled_site
else:

    @pytest.fixture
    def site(tmp_path: Path, furnished: Furnished) -> Iterator[Site]:
        """The demo's site over a copy of the furnished house."""
        yield from make_site(tmp_path / "house", furnished)


def _set_aside(database: Database) -> int:
    with database.session(writing=False) as session:
        return len(session.scalars(select(SpoolRow).where(SpoolRow.state == "set_aside")).all())


def _figures(database: Database) -> dict[str, float]:
    with database.session(writing=False) as session:
        return figures(session)


def make_site(
    folder: Path, furnished: Furnished, *, url: str = "", **settings: object
) -> Iterator[Site]:
    """Put a site together over a copy of the furnished house; at a URL its copy lies already."""
    original, cast, others, clock = furnished[0], *furnished[1:3], Clock(furnished[3].now)
    shutil.copytree(original, folder)
    if url:
        (folder / WHERE).write_text(url)
    keys = _keys(folder)
    database = _database(folder, keys, clock)
    desk, worker = Desk(database, clock), _worker(folder, keys, database)
    # Its own connections with the driver's own transactions, as storage/accounts.py has them.
    engine = create_engine(url or _url(folder), connect_args={} if url else {"timeout": 10})
    session = scoped_session(sessionmaker(engine, info={CLOCK: clock}))
    accounts = SQLAlchemySessionUserDatastore(session, User, AccountRole, webauthn_model=WebAuthn)
    checks = [("database", True, "SQLite"), ("queue", True, "0")]

    def account(person_id: PersonId) -> User:
        found = accounts.find_user(person_id=person_id)
        if found is None:
            found = accounts.create_user(
                email=f"{person_id}@example.org",
                person_id=person_id,
                password=_hashed(),
            )
            session.commit()
        return found

    def keep(bot: str, update_id: str, address: str, body: bytes) -> bool:
        kept = desk.spool.keep(bot, update_id, address, body)
        if bot == "web":
            desk.work()
        return kept

    def lines(person_id: PersonId, limit: int) -> list[Line]:
        return list(web_lines(database, person_id, limit))

    house = House(
        begin=partial(database.begin, face=Face.SITE),
        clock=clock,
        draw=draw,
        keep=keep,
        receive=lambda body: keep_body(desk.spool.keep, body),
        lines=lines,
        picture=lambda person, line: web_picture(database, person, line),
        stored=StoredDocuments(worker.private).document,
        checks=lambda: checks,
        gauges=lambda: {"spool_set_aside": float(_set_aside(database)), **_figures(database)},
        overflow=Planning(worker.moving, worker.move, Prices(0.5, 0.1)).figures,
        again=desk.spool.try_again,
        clean=clean,
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
    yield Site(app, database, desk, worker, cast, others, clock, checks)
    session.remove()
    engine.dispose()
    database.engine.dispose()
    keys.close()


@cache
def _hashed() -> str:
    """Hash the password once: it is meant to be slow."""
    return str(hash_password(PASSWORD))


def _url(folder: Path) -> str:
    where = folder / WHERE
    return where.read_text() if where.exists() else f"sqlite:///{folder / 'kanglu.db'}"


def _keys(folder: Path) -> KeyStore:
    return KeyStore(f"sqlite:///{folder / 'keys.sqlite'}", read_master_key(folder / "master.key"))


def _database(folder: Path, keys: KeyStore, clock: Clock) -> Database:
    engine = open_engine(_url(folder))
    return Database(engine, Cells(keys), clock, public=open_store(f"file://{folder}/public", {}))


def _worker(folder: Path, keys: KeyStore, database: Database) -> Worker:
    private = PrivateCloud(database, keys, open_store(f"file://{folder}/private", {}))
    return Worker(database, private, PublicCloud(database, keys, database.public))


def _enter_others(unit: Unit, cast: Cast, clock: Clock) -> Others:
    def add(name: str, role: Role, organisation: OrganisationId | None = None) -> Person:
        return add_person(
            unit,
            name,
            language=Language.ENGLISH,
            zone=ZONE,
            roles=[role],
            organisation=organisation,
        )

    service = add_organisation(unit, "Doorstep Diet", OrganisationKind.SERVICE_PROVIDER)
    nora = add("Nora", Role.NURSE, cast.clinic.id)
    offered = offer_care(
        unit,
        record_id=cast.record.id,
        person=nora,
        tie=Tie.NURSE,
        now=clock(),
        by_patient=False,
    )
    confirm_care(unit, offered, by=cast.amina, now=clock())
    zoe, _ = enrol_patient(unit, "Zoe", language=Language.ENGLISH, zone=ZONE, now=clock())
    return Others(
        nora=nora,
        otto=add("Otto", Role.OPERATOR),
        sana=add("Sana", Role.THIRD_PARTY, service.id),
        zoe=zoe,
        yuri=add("Yuri", Role.CAREGIVER),
        emil=add(
            "Emil",
            Role.THIRD_PARTY,
            add_organisation(unit, "Empty Institute", OrganisationKind.RESEARCH_INSTITUTION).id,
        ),
    )


def _a_month(unit: Unit, cast: Cast, clock: Clock) -> None:
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


__all__ = ["PASSWORD", "Others", "Site", "fresh", "furnished", "make_site", "site"]
