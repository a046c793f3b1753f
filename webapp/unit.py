"""One request, one transaction: a GET reads, a POST writes, and the page is drawn inside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from flask import current_app, g
from flask_security import current_user

from records.people import Person
from records.services.permitting import speaking
from records.services.ports import Unit
from records.tracking import PersonId
from webapp.house import House


def house() -> House:
    """Return the rest of the house."""
    return cast("House", current_app.extensions["kanglu"])


def unit() -> Unit:
    """Return the transaction of this request."""
    return cast("Unit", g.unit)


def now() -> datetime:
    """Return the moment of this request: the same for everything in it."""
    if "now" not in g:
        g.now = house().clock()
    return cast("datetime", g.now)


def person() -> Person:
    """Return who is signed in; only behind a door for somebody."""
    return cast("Person", g.person)


def somebody() -> Person | None:
    """Return who is signed in, or None."""
    return cast("Person | None", g.get("person"))


@contextmanager
def transaction(*, writing: bool) -> Iterator[Unit]:
    """Hold one transaction open and know who asks; leaving it commits or rolls back."""
    account = current_user.person_id if current_user.is_authenticated else None
    with house().begin(writing) as opened:
        g.unit = opened
        try:
            g.person = speaking(opened, PersonId(account)) if account else None
            yield opened
        finally:
            g.pop("unit")
