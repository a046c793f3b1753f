"""One record through give, hide, ask, emergency, death …: the house beside the plain ledger.

Each step does one thing by the use cases and by the ledger; both must agree whether it is done,
refused or invalid, and then for everybody on everything that may be read. Each run is one
transaction that is rolled back, so that the next begins with the same record.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from records.consent import Label, Part
from records.people import Scope
from records.services.answering import agree, refuse
from records.services.concealing import Concealment, hide, show_again
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.emergencies import end_emergency, open_in_emergency
from records.services.erasing import ask_to_erase, keep_everything
from records.services.helping import choose_help, end_care
from records.services.linking import accept_help, invite_caregiver
from records.services.mourning import note_death, take_death_back
from records.services.requesting import Plea, ask_for_leave
from records.vocabulary import Purpose, SegmentKind
from tests.records.services.consent_house import Furnished, told_part
from tests.records.services.consent_sides import Sides
from tests.records.services.consent_wishes import (
    Grantee,
    anybody,
    clinicians,
    deciders,
    doctors,
    given_kinds,
    grantees,
    kinds,
    mostly,
    numbers,
    periods,
    scopes,
    spans,
    times,
    whom,
)
from tests.records.services.ledger import Ledger

STEPS = 20  # deeds in a sequence
REASON = "Found unconscious in the street."


class ConsentMachine(Sides):
    """What may be done with one record, in any order."""

    @rule(span=times)
    def time_passes(self, span: int) -> None:
        self.later(span)

    @rule(
        by=deciders,
        whom=grantees,
        kinds=given_kinds,
        entry=st.none() | st.none() | numbers,
        ceiling=st.integers(1, 3),
        until=spans,
        period=periods,
        beside=st.booleans(),
    )
    def give(
        self, by: str, whom: Grantee, kinds: frozenset[str], entry: int | None, **told: Any
    ) -> None:
        self.later()
        (who, place, purpose), (begins, ends), until = whom, told["period"], told["until"]
        single = None if entry is None else self.entry(entry)
        wish = {
            "who": who,
            "organisation": place,
            "purpose": purpose,
            "kinds": set(kinds),
            "ceiling": told["ceiling"],
            "until": None if until is None else self.ledger.hour + until,
            "from": begins,
            "to": ends,
            "parts": [] if single is None else [single.told],
            "beside": told["beside"],
        }
        wished = Wish(
            frozenset(SegmentKind(one) for one in kinds),
            Purpose(purpose),
            self.moment(wish["until"]),
            person=self.person(who).id if who else None,
            organisation=self.house.organisations[place] if place else None,
            ceiling=Label(told["ceiling"]),
            data_from=self.moment(begins),
            data_until=self.moment(ends),
            parts=frozenset() if single is None else frozenset({single.part}),
            beside=told["beside"],
        )
        self.both(
            self.ledger.give(by, wish),
            lambda now: give_grant(self.unit, wished, **self.about(by, now)),
        )

    @rule(by=deciders, number=numbers)
    def withdraw(self, by: str, number: int) -> None:
        self.on(
            "grants",
            number,
            lambda grant: self.ledger.withdraw(by, grant),
            lambda known, now: withdraw_grant(self.unit, known, by=self.person(by), now=now),
        )

    @rule(by=deciders, entry=numbers, wide=st.integers(1, 4), whom=whom, until=spans)
    def hide(
        self,
        by: str,
        entry: int,
        wide: int,
        whom: tuple[str | None, str | None],
        until: int | None,
    ) -> None:
        self.later()
        (who, place), part = whom, _widened(self.entry(entry).part, wide)
        wish = Concealment(
            part,
            None if until is None else self.clock() + timedelta(hours=until),
            self.person(who).id if who else None,
            self.house.organisations[place] if place else None,
        )
        self.both(
            self.ledger.hide(by, told_part(part), who, place, until),
            lambda now: hide(self.unit, wish, **self.about(by, now)),
        )

    @rule(by=deciders, number=numbers)
    def show(self, by: str, number: int) -> None:
        self.on(
            "hidings",
            number,
            lambda hiding: self.ledger.show(by, hiding),
            lambda known, now: show_again(self.unit, known, by=self.person(by), now=now),
        )

    @rule(by=doctors, whom=clinicians, kinds=kinds, days=st.sampled_from([1, 30]))
    def ask(self, by: str, whom: str, kinds: frozenset[str], days: int) -> None:
        self.later()
        wanted = frozenset(SegmentKind(one) for one in kinds)
        plea = Plea(wanted, days, "To choose the dose.", self.person(whom).id)
        self.both(
            self.ledger.ask(by, kinds, days, whom),
            lambda now: ask_for_leave(self.unit, plea, **self.about(by, now)),
        )

    @rule(by=deciders, number=numbers, kinds=kinds)
    def agree(self, by: str, number: int, kinds: frozenset[str]) -> None:
        given = [SegmentKind(one) for one in kinds]
        self.on(
            "requests",
            number,
            lambda request: self.ledger.agree(by, request, kinds),
            lambda known, now: agree(self.unit, known, given, by=self.person(by), now=now),
        )

    @rule(by=deciders, number=numbers)
    def refuse(self, by: str, number: int) -> None:
        self.on(
            "requests",
            number,
            lambda request: self.ledger.refuse(by, request),
            lambda known, now: refuse(self.unit, known, by=self.person(by), now=now),
        )

    @rule(by=deciders, who=anybody, allowed=scopes)
    def bring_help(self, by: str, who: str, allowed: frozenset[str]) -> None:
        self.later()
        chosen = [Scope(one) for one in allowed or {"record", "see", "answer_orders"}]

        def brought(now: datetime) -> None:
            link = invite_caregiver(self.unit, scopes=chosen, **self.about(by, now))
            accept_help(self.unit, link, by=self.person(who), now=now)

        self.both(self.ledger.bring_help(by, who, {str(one) for one in chosen}), brought)

    @rule(by=deciders, number=numbers, allowed=scopes, days=st.sampled_from([None, 0, 1, 365, 366]))
    def choose_help(self, by: str, number: int, allowed: frozenset[str], days: int | None) -> None:
        chosen = allowed - {"guardian"}
        until = None if days is None else self.clock() + timedelta(days=days, hours=1)
        self.on(
            "relationships",
            number,
            lambda tie: self.ledger.choose_help(by, tie, chosen, days),
            lambda known, now: choose_help(
                self.unit, known, [Scope(one) for one in chosen], until=until, **self.about(by, now)
            ),
        )

    @rule(by=anybody | deciders, number=numbers)
    def end_care(self, by: str, number: int) -> None:
        self.on(
            "relationships",
            number,
            lambda tie: self.ledger.end_care(by, tie),
            lambda known, now: end_care(self.unit, known, **self.about(by, now)),
        )

    @rule(by=anybody | doctors)
    def begin_emergency(self, by: str) -> None:
        self.later()
        self.both(
            self.ledger.begin_emergency(by),
            lambda now: open_in_emergency(
                self.unit, self.record.id, REASON, by=self.person(by), now=now
            ),
        )

    @rule(by=doctors, number=numbers)
    def end_emergency(self, by: str, number: int) -> None:
        self.on(
            "emergencies",
            number,
            lambda emergency: self.ledger.end_emergency(by, emergency),
            lambda known, now: end_emergency(self.unit, known, by=self.person(by), now=now),
        )

    @rule(by=anybody | doctors, mistaken=st.booleans())
    def note_death(self, by: str, mistaken: bool) -> None:
        self.later()
        told = self.ledger.take_death_back(by) if mistaken else self.ledger.note_death(by)
        deed = take_death_back if mistaken else note_death
        self.both(told, lambda now: deed(self.unit, self.record.id, by=self.person(by), now=now))

    @rule(by=deciders, kept=mostly([True], [False], 3))
    def wish_erased(self, by: str, kept: bool) -> None:
        self.later()
        told = self.ledger.keep_everything(by) if kept else self.ledger.wish_erased(by)
        deed: Callable[..., object] = keep_everything if kept else ask_to_erase
        self.both(told, lambda now: deed(self.unit, **self.about(by, now)))

    @invariant()
    def everybody_reads_what_the_ledger_says(self) -> None:
        if not self.ledger.erased:
            self.compare_reading()

    def teardown(self) -> None:
        """Compare every use of the record once, and the pages some open; keep nothing."""
        with self.opened:
            if not self.ledger.erased:
                self.compare_every_action()
            self.compare_pages()


def _widened(part: Part, wide: int) -> Part:
    """Return an entry, its segment, its code, or its kind."""
    return {
        1: Part(part.kind, part.segment, part.entry),
        2: Part(part.kind, part.segment),
        3: Part(part.kind, code=part.code),
        4: Part(part.kind),
    }[wide]


def run(house: Furnished, sequences: int, *, seed: int, ledger: type[Ledger] = Ledger) -> None:
    """Run this many sequences of deeds; an AssertionError names the first difference."""
    machine = type("Run", (ConsentMachine,), {"house": house, "ledger_class": ledger})
    told = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(with_seed(seed)(machine), settings=told)
