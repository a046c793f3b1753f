"""One run of the consent machine: the house and the plain ledger, side by side."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy.orm import Session

from records.errors import NotPermitted, NotValid
from records.people import Person, Record
from records.policy import Action, Ask, Leave, decide
from records.services.permitting import leave_of, reach_of
from records.services.ports import Unit
from records.services.viewing import open_record
from records.vocabulary import Purpose
from storage.cloud.erasing import erase_by_wish
from storage.database import Database
from tests import law
from tests.cast import NOON
from tests.records.services.consent_house import PEOPLE, TIES, Entry, Furnished
from tests.records.services.ledger import DONE, INVALID, REFUSED, Ledger

FAMILIES = {name: name for name in ("grants", "hidings", "emergencies", "requests")}
FAMILIES["relationships"] = "ties"  # each family of the house, and what the ledger calls it
OPENING = 2  # people who open the record after each run
EXPECTED = {NotPermitted: REFUSED, NotValid: INVALID}


class Known:
    """The ports of a unit that say who may read, each read once."""

    def __init__(self, unit: Unit, record: Record) -> None:
        leave = leave_of(unit, record.id)
        self.relationships = SimpleNamespace(of_record=lambda _: leave.relationships)
        self.grants = SimpleNamespace(of_record=lambda _: leave.grants)
        self.hidings = SimpleNamespace(of_record=lambda _: leave.hidings)
        self.emergencies = SimpleNamespace(of_record=lambda _: leave.emergencies)
        self.requests = unit.requests
        self.leave = leave


class Undone(Exception):
    """Ends a run: nothing of it is kept."""


@contextmanager
def never_kept(database: Database) -> Iterator[Session]:
    """Give a session whose transaction is rolled back."""
    with suppress(Undone), database.session(writing=True) as session:
        yield session
        raise Undone


class Sides(RuleBasedStateMachine):
    """The house and the ledger side by side, and the ways to compare them."""

    house: Furnished
    ledger_class = Ledger

    def __init__(self) -> None:
        super().__init__()
        database, self.clock = self.house.database, self.house.clock
        self.record = self.house.record
        self.clock.now = NOON
        self.opened = ExitStack()
        self.session = self.opened.enter_context(never_kept(database))
        self.unit = database.unit_in(self.session)
        people = {
            name: {"roles": {str(role)}, "organisation": place}
            for name, (role, place) in PEOPLE.items()
        }
        self.ledger = self.ledger_class("amina", people)
        for name, tie, allowed, basis in TIES:
            self.ledger.tie(name, str(tie), {str(one) for one in allowed}, basis and str(basis))
        self.ids: dict[str, list[Any]] = {one: [] for one in FAMILIES}
        self.ids["relationships"] += self.house.ties
        self._known: Known | None = None

    @property
    def known(self) -> Known:
        """All by which the record is open or closed, read again after each deed."""
        if self._known is None:
            self._known = Known(self.unit, self.record)
            for name, ids in self.ids.items():
                found = getattr(self._known, name).of_record(self.record.id)
                ids += [one.id for one in found if one.id not in ids]
        return self._known

    def both(self, told: str, deed: Callable[[datetime], object]) -> None:
        """Do in the house what the ledger was told; both say the same of whether it is done."""
        came = DONE
        try:
            with self.session.begin_nested():
                deed(self.clock())
        except (NotPermitted, NotValid) as error:
            came = EXPECTED[type(error)]
        assert came == told
        if came == DONE:
            self._known = None

    def later(self, span: int = 1) -> None:
        """Let time pass; no two deeds are of the same hour."""
        self.clock.pass_(hours=span)
        self.ledger.pass_time(span)
        if self.ledger.erased:
            erase_by_wish(self.unit, self.record.id)

    def person(self, name: str) -> Person:
        return self.house.people[name]

    def entry(self, number: int) -> Entry:
        return self.house.entries[number % len(self.house.entries)]

    def chosen(self, family: str, number: int) -> tuple[Any, Any] | None:
        """Return one thing there is, as the ledger and as the house know it."""
        _, told = self.known, getattr(self.ledger, FAMILIES[family])
        if not told:
            return None
        place = number % len(told)
        return told[place], self.ids[family][place]

    def on(
        self,
        family: str,
        number: int,
        told: Callable[[Any], str],
        deed: Callable[[Any, datetime], object],
    ) -> None:
        """Do something with one thing there is, if there is any."""
        self.later()
        found = self.chosen(family, number)
        if found is not None:
            self.both(told(found[0]), lambda now: deed(found[1], now))

    def about(self, by: str, now: datetime) -> dict[str, Any]:
        return {"record_id": self.record.id, "by": self.person(by), "now": now}

    def moment(self, hour: int | None) -> datetime | None:
        return None if hour is None else NOON + timedelta(hours=hour)

    def reads(self, name: str) -> list[bool]:
        entries = [(one.told, int(one.label), one.hour) for one in self.house.entries]
        return cast("list[bool]", self.ledger.reads(name, entries))

    def compare_reading(self) -> None:
        """Compare what everybody may read."""
        now, known = self.clock(), cast("Unit", self.known)
        for name, person in self.house.people.items():
            seen = reach_of(known, self.record, by=person, now=now)
            for one, told in zip(self.house.entries, self.reads(name), strict=True):
                open_ = seen.admits(one.part, one.label, self.moment(one.hour))
                assert open_ is told, (name, one)

    def compare_every_action(self) -> None:
        """Compare every use of the record that is not reading, and what is released."""
        leave, now = self.known.leave, self.clock()
        for name, person in self.house.people.items():
            for purpose in ("treatment", "research", "emergency"):
                told = self.ledger.allowed(name, purpose)
                for action in law.ACTS:
                    ask = Ask(Action(action), person, self.record, now, Purpose(purpose), leave)
                    assert decide(ask).allowed is (action in told), (name, action, purpose)
        for purpose in ("research", "service", "treatment"):
            for one in self.house.entries:
                self._compare_released(one, purpose, leave, now)

    def _compare_released(self, one: Entry, purpose: str, leave: Leave, now: datetime) -> None:
        ask = Ask(
            Action.READ_RELEASED,
            self.person("rosa"),
            self.record,
            now,
            Purpose(purpose),
            leave,
            one.part,
            one.label,
            self.moment(one.hour),
        )
        label, hour = int(one.label), one.hour
        told = self.ledger.may("rosa", "read_released", purpose, one.told, label, hour)
        assert decide(ask).allowed is told, (one, purpose)

    def compare_pages(self) -> None:
        """Compare what a few find who open the record: whose turn it is."""
        turn = self.ledger.hour % len(PEOPLE)
        for name in [*PEOPLE, *PEOPLE][turn : turn + OPENING]:
            assert self._page(name) == self._page_told(name), name

    def _page(self, name: str) -> frozenset[str] | None:
        try:
            view = open_record(self.unit, self.record.id, by=self.person(name), now=self.clock())
        except NotPermitted:
            return None
        return frozenset(one.id for part in view.segments for one in part.standing)

    def _page_told(self, name: str) -> frozenset[str] | None:
        if not self.ledger.may(name, "see_record"):
            return None
        told = zip(self.house.entries, self.reads(name), strict=True)
        return frozenset(str(one.part.entry) for one, open_ in told if open_)
