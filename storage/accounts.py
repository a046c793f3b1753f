"""Accounts of the site: Flask-Security's datastore over our own tables and database."""

from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_security import SQLAlchemyUserDatastore, hash_password
from flask_sqlalchemy import SQLAlchemy

from records.tracking import PersonId, fresh
from storage.database import BUSY_SECONDS
from storage.migrations import HERE
from storage.rows import Base
from storage.rows.accounts import Role, User, WebAuthn


class Accounts:
    """Finds and makes accounts; commits by itself, as Flask-Security does."""

    def __init__(self) -> None:
        self.database = SQLAlchemy(metadata=Base.metadata)
        self.datastore = SQLAlchemyUserDatastore(self.database, User, Role, WebAuthn)

    def join(self, app: Flask, url: str) -> None:
        """Give the site its accounts, and `flask db` its migrations."""
        app.config["SQLALCHEMY_DATABASE_URI"] = _with_our_driver(url)
        if url.startswith("sqlite"):
            wait = {"connect_args": {"timeout": BUSY_SECONDS}}
            app.config["SQLALCHEMY_ENGINE_OPTIONS"] = wait
        self.database.init_app(app)
        Migrate(app, self.database, directory=str(HERE))

    def of_person(self, person: PersonId) -> Any:
        """Return a person's account, made without a password if there is none yet."""
        found = self.datastore.find_user(person_id=person)
        if found is None:
            found = self.datastore.create_user(
                person_id=person, email=f"{fresh()}@people.invalid", active=True
            )
            self.database.session.commit()
        return found

    def set_password(self, person: PersonId, email: str, password: str) -> None:
        """Let a person sign in with an e-mail address and a password."""
        account = self.of_person(person)
        account.email = email
        account.password = hash_password(password)
        self.database.session.commit()


def _with_our_driver(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme.startswith("postgresql") else url
