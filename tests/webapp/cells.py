"""One cell of the matrix: one request of one person in one state, and what is right for it.

Every request is made in a transaction that is rolled back: cells do not know of each other, and
any of them may be asked alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from records.services.ports import Note
from records.tracking import fresh
from tests import law
from tests.webapp.addresses import SENT, address, addresses
from tests.webapp.peopling import Scene
from tests.webapp.rules import ABOUT_SOMEBODY, CANARIES, PERSONS, ZOES, enters, sees, world

OPENED = (*range(200, 400), 400, 409, 422)
"""It was entered, also where what was sent could not be used."""
ONCE = ("inviting.picture", "inviting.sheet")
"""Addresses that show what was just made: later they say, to whom they open, that it has ended."""
WHOLE = ("downloads.granted", "downloads.mine")
"""Addresses that hand out all that may be read."""
FEW_WORDS = ("code", "kind", "path", "form", "cause", "part")
"""Places of an address that take one of a few words, never an id."""
COOKIE = "kanglu"
CHANGING = re.compile(
    rb'name="csrf_token" value="[^"]*"|[A-Za-z0-9_-]{30,}|[0-9a-f]{8}|\d{2}:\d{2}'
)
SEVERAL = re.compile(r"IN \((?:[^()]|\([^()]*\))*\)(?: AND \(1 != 1\))?")
"""What a statement looks for by how many names: the same statement, however many there are."""

Begin = Callable[[bool], AbstractContextManager[Any]]


class Undone(Exception):
    """Ends a request: nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Somebody's request of one address in one state."""

    state: str
    who: str
    rule: Rule
    method: str

    def __str__(self) -> str:
        return f"{self.state}: {self.who} {self.method} {self.rule.endpoint}"


class Asked:
    """The site in one state, ready to be asked by anybody."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        app = scene.site.app
        app.config["WTF_CSRF_ENABLED"] = False
        self.cookies: dict[str, str] = {}
        self.notes: list[Note] = []
        house = app.extensions["kanglu"]
        app.extensions["kanglu"] = replace(house, begin=self._undone(house.begin))
        self.statements: list[str] = []
        event.listen(scene.site.database.engine, "before_cursor_execute", self._count)

    def _cookie(self, name: str) -> str:
        """Return the session of somebody, who signs in the first time."""
        if name not in self.cookies:
            browser = self.scene.site.as_(self.scene.people[name])
            found = browser.client.get_cookie(COOKIE)
            assert found is not None
            self.cookies[name] = found.value
        return self.cookies[name]

    def _undone(self, begin: Begin) -> Begin:
        """Return a house's way to begin that rolls back what was written."""

        @contextmanager
        def begun(writing: bool) -> Iterator[Any]:
            with suppress(Undone), begin(writing) as unit:
                try:
                    yield unit
                finally:
                    self.notes += unit.audit.held
                raise Undone

        return begun

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.statements.append(SEVERAL.sub("IN (...)", statement))

    def cells(self) -> Iterator[Cell]:
        """Return every cell of this state."""
        for rule, method in addresses(self.scene.site.app):
            for who in PERSONS:
                yield Cell(self.scene.state, who, rule, method)

    def send(self, cell: Cell, filled: dict[str, str]) -> TestResponse:
        """Ask, with what fills the places of the address."""
        client, place = self.client(cell.who), self.place(cell, filled)
        if cell.method == "GET":
            return client.get(place)
        return client.post(place, data=SENT.get(cell.rule.endpoint, {}))

    def client(self, who: str) -> FlaskClient:
        """Return a browser somebody is signed in with, that has opened nothing yet."""
        client = self.scene.site.app.test_client()
        if PERSONS[who]["role"]:
            client.set_cookie(COOKIE, self._cookie(who))
        return client

    def place(self, cell: Cell, filled: dict[str, str]) -> str:
        """Return the address with its places filled, and of whom it speaks."""
        place = address(cell.rule, filled)
        if cell.rule.endpoint not in ABOUT_SOMEBODY:
            return place
        return f"{place}{'&' if '?' in place else '?'}for={filled['record_id']}"

    def taken_notes(self) -> list[Note]:
        """Return what was noted since it was asked last."""
        notes, self.notes = self.notes, []
        return notes

    def wrong(self, cell: Cell) -> str:
        """Ask, and say what is wrong with the answer; nothing where it is as the rules say."""
        answer = self.send(cell, self.scene.filled)
        may = enters(cell.who, cell.state, cell.rule.endpoint, cell.method)
        if is_entered(answer, cell) is not may:
            return f"{cell}: {answer.status}, {'refused' if may else 'entered'}"
        shown, open_ = shown_in(answer), sees(cell.who, cell.state)
        if not shown <= open_:
            return f"{cell}: shows {shown - open_}"
        if may and cell.rule.endpoint in WHOLE and shown != open_ - {"veilache"}:
            return f"{cell}: leaves out {open_ - shown}"
        with_ids = cell.rule.arguments - {"payload"}
        if not may and with_ids and PERSONS[cell.who]["role"]:
            return self.unlike_absence(cell)
        return ""

    def unlike_absence(self, cell: Cell) -> str:
        """Say in what a refusal differs from asking for what is not there."""
        (refused, these), (absent, those) = (
            self._measured(cell, one) for one in (self.scene.filled, _nowhere(self.scene.filled))
        )
        if refused.status_code != absent.status_code:
            return f"{cell}: {refused.status} but {absent.status} where nothing is"
        if _masked(refused) != _masked(absent):
            return f"{cell}: another page than where nothing is"
        known = law.may(world(cell.who, cell.state), "see_record", "treatment")
        known = known or cell.who == "dara"  # whose own emergency it is
        if these != those and not known:
            more, fewer = (Counter(one) for one in (these, those))
            return f"{cell}: {more - fewer} more, {fewer - more} fewer than where nothing is"
        return ""

    def _measured(self, cell: Cell, filled: dict[str, str]) -> tuple[TestResponse, list[str]]:
        self.statements.clear()
        answer = self.send(cell, filled)
        return answer, self.statements.copy()


def is_entered(answer: TestResponse, cell: Cell) -> bool:
    """Say whether the answer let somebody in."""
    where = answer.headers.get("Location", "")
    if cell.rule.endpoint == "public.home":
        return answer.status_code in OPENED  # it leads to the sign-in page on purpose
    if cell.rule.endpoint in ONCE and answer.status_code == 410:
        return True
    return answer.status_code in OPENED and not where.startswith("/login")


def shown_in(answer: TestResponse, *, of: str = "amina") -> set[str]:
    """Return the canaries in an answer: Amina's, or those of Zoe."""
    if answer.mimetype.startswith("image/"):
        return set()
    body = answer.get_data().decode("utf-8", "replace").casefold()
    body = body.replace('"187","63"', "187/63")
    words = ZOES.values() if of == "zoe" else CANARIES
    return {one for one in words if one in body}


def _nowhere(filled: dict[str, str]) -> dict[str, str]:
    """Return values of the same shape that stand for nothing."""
    kept = {one: filled[one] for one in FEW_WORDS}
    return {name: fresh() for name in filled} | kept


def _masked(answer: TestResponse) -> bytes:
    return CHANGING.sub(b"#", answer.get_data())
