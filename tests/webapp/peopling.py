"""Everybody of the rules comes to Amina's house, and she consents to what a state says."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from records.consent import Label, Part
from records.observations import Channel, Quantity, pressure
from records.people import Basis, Person, Scope, Tie
from records.services.concealing import Concealment, hide
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.describing import describe_by_pseudonym, write_note
from records.services.devices import make_device
from records.services.emergencies import open_in_emergency
from records.services.enrolling import add_organisation, add_person, offer_care
from records.services.helping import end_care
from records.services.intake import Draft, file_observations
from records.services.linking import LinkPurpose, invite_caregiver, make_link
from records.services.looks import LookNotice, Often
from records.services.ports import Unit
from records.tracking import OrganisationId, RecordId
from records.vocabulary import Code, Language, OrganisationKind, Purpose, Role, SegmentKind
from tests.cast import ZONE, Clock
from tests.webapp.addresses import values
from tests.webapp.conftest import Furnished, Site, make_site
from tests.webapp.rules import CONSENTS, KEPT, PERSONS, ROLES, ZOES

WHY = "Found unconscious in the street."
TOLD = (
    (Code.ADDRESS, "quince lane", False),
    (Code.CONDITION, "quincewort", False),
    (Code.BLOOD_PRESSURE, "187/63", False),
    (Code.WEIGHT, "83.7", False),
    (Code.RELATIVE_CONDITION, "fernpalsy", False),
    (Code.SYMPTOM, "gloamache", False),
    (Code.MOOD, "umbermood", False),
    (Code.SYMPTOM, "veilache", True),
    (Code.DIET, "sorrelstew", False),
    (Code.NOTE, "thimblenote", False),
)
"""What Amina told: the canaries, and which she keeps private; Zoe told the same in her words."""


@dataclass(frozen=True, slots=True)
class Peopled:
    """A furnished house with everybody in it, and what fills the places of addresses."""

    furnished: Furnished
    people: dict[str, Person]
    organisations: dict[str, OrganisationId]
    filled: dict[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """The site in one state of consent."""

    state: str
    site: Site
    people: dict[str, Person]
    filled: dict[str, str]


def people_house(folder: Path, furnished: Furnished) -> Peopled:
    """Let everybody come into a copy of a furnished house; nothing is given to anybody yet."""
    cast, others = furnished[1], furnished[2]
    for site in make_site(folder, furnished):
        filled = values(site)
        with site.database.begin(True) as unit:
            people = {"amina": cast.amina, "bela": cast.bela, "chen": cast.chen}
            people |= {"dara": cast.dara, "rosa": cast.researcher, "nora": others.nora}
            people |= {"sana": others.sana, "otto": others.otto, "zoe": others.zoe}
            people |= {"yuri": others.yuri, "emil": others.emil}
            hospital = add_organisation(unit, "Hill Hospital", OrganisationKind.HOSPITAL)
            organisations = {"clinic": cast.clinic.id, "institute": cast.institute.id}
            organisations["hospital"] = hospital.id
            people |= _newcomers(unit, set(people), organisations)
            _tie(unit, people, site)
            _tell(unit, people, site, filled["pseudonym"])
            _take_everything_back(unit, site)
            unit.look_notices.put(LookNotice(cast.record.id, Often.EACH, site.clock()))
            kept = Wish(
                frozenset(SegmentKind(one) for one in KEPT["kinds"]),
                Purpose.TREATMENT,
                None,
                person=people[KEPT["to"]].id,
            )
            given = give_grant(
                unit, kept, record_id=cast.record.id, by=cast.amina, now=site.clock()
            )
            filled["grant_id"] = given.id
            zoes = unit.records.of_patient(others.zoe.id)
            filled["zoe_record"] = zoes.id if zoes else ""
        site.settle()
        now = site.clock()
    return Peopled((folder, cast, others, Clock(now)), people, organisations, filled)


def _newcomers(
    unit: Unit, known: set[str], organisations: dict[str, OrganisationId]
) -> dict[str, Person]:
    return {
        name: add_person(
            unit,
            name.title(),
            language=Language.ENGLISH,
            zone=ZONE,
            roles=[Role(ROLES[one["role"]])],
            organisation=organisations.get(one["organisation"] or ""),
        )
        for name, one in PERSONS.items()
        if one["role"] and name not in known
    }


def _tie(unit: Unit, people: dict[str, Person], site: Site) -> None:
    """Tie to Amina who is tied to her and was not before."""
    record, now = site.cast.record.id, site.clock()
    tied = {one.person for one in unit.relationships.of_record(record)}
    for name, told in PERSONS.items():
        if not told["tie"] or people[name].id in tied:
            continue
        how = told["how"]
        one = offer_care(
            unit,
            record_id=record,
            person=people[name],
            tie=Tie(told["tie"]),
            now=now,
            scopes=[Scope(scope) for scope in (told["scopes"] or "").split(",") if scope],
            by_patient=how != "unconfirmed",
            basis=Basis(how) if how in set(Basis) else None,
        )
        both = replace(one, confirmed_by_other=now, version=2)
        unit.relationships.put(both)
        if how == "ended":
            end_care(unit, one.id, record_id=record, by=people[name], now=now)


def _tell(unit: Unit, people: dict[str, Person], site: Site, pseudonym: str) -> None:
    """Tell the canaries: Amina hers and Zoe hers, Dr Chen and Rosa theirs."""
    now, record = site.clock(), site.cast.record.id
    zoes = unit.records.of_patient(people["zoe"].id)
    assert zoes is not None
    _file(unit, people["amina"], record, {canary: canary for _, canary, _ in TOLD}, now)
    _file(unit, people["zoe"], zoes.id, ZOES, now)
    write_note(unit, "larkspur", record_id=record, by=people["chen"], now=now)
    describe_by_pseudonym(
        unit,
        "moonwort",
        pseudonym=pseudonym,
        by=people["rosa"],
        purpose=Purpose.RESEARCH,
        now=now,
    )


def _file(
    unit: Unit, by: Person, record: RecordId, words: Mapping[str, str], now: datetime
) -> None:
    drafts = [_draft(code, words[canary], private, now) for code, canary, private in TOLD]
    file_observations(unit, drafts, record_id=record, by=by, channel=Channel.CHAT, now=now)
    hidden = Concealment(Part(SegmentKind.OTHER), person=by.id)
    hide(unit, hidden, record_id=record, by=by, now=now)
    make_device(unit, "Cuff", record_id=record, by=by, now=now)


def _draft(code: Code, words: str, private: bool, now: datetime) -> Draft:
    at = now - timedelta(minutes=5)
    if code is Code.BLOOD_PRESSURE:
        high, low = map(int, words.split("/"))
        return Draft(code, at, components=pressure(high, low), private=private)
    value = Quantity(float(words), "kg") if code is Code.WEIGHT else words
    return Draft(code, at, value=value, private=private)


def _take_everything_back(unit: Unit, site: Site) -> None:
    for one in unit.grants.of_record(site.cast.record.id):
        withdraw_grant(unit, one.id, by=site.cast.amina, now=site.clock())


@contextmanager
def in_state(folder: Path, house: Peopled, state: str) -> Iterator[Scene]:
    """Give the site after Amina consented to what a state says, and it became what it says."""
    for site in make_site(folder, house.furnished):
        told = CONSENTS[state]
        with site.database.begin(True) as unit:
            _consent(unit, site, house, state)
        if told["becomes"] == "expired":
            site.clock.pass_(minutes=30)
        if told["to"] == "institute":
            site.settle()
        with site.database.begin(True) as unit:
            for name in (told["emergencies"] or "").split(","):
                if name:
                    record, who = site.cast.record.id, house.people[name]
                    open_in_emergency(unit, record, WHY, by=who, now=site.clock())
        with site.database.begin(True) as unit:
            links = _links(unit, site)
        yield Scene(state, site, house.people, house.filled | links)


def _links(unit: Unit, site: Site) -> dict[str, str]:
    """Return links that are still good: to sign in as Amina, and to help her."""
    now, amina = site.clock(), site.cast.amina
    return {
        "sign_in": make_link(unit, LinkPurpose.SIGN_IN, now=now, person=amina.id),
        "invitation": invite_caregiver(unit, site.cast.record.id, by=amina, now=now),
    }


def _consent(unit: Unit, site: Site, house: Peopled, state: str) -> None:
    told, now, amina = CONSENTS[state], site.clock(), site.cast.amina
    record = site.cast.record.id
    named = set(SegmentKind) if told["kinds"] == "all" else {told["kinds"]}
    for to in (told["to"] or "").split(","):
        if not to:
            continue
        person = house.people.get(to)
        wish = Wish(
            frozenset(SegmentKind(one) for one in named if one),
            Purpose.RESEARCH if to == "institute" else Purpose.TREATMENT,
            now + timedelta(minutes=20) if told["becomes"] == "expired" else None,
            person=person.id if person else None,
            organisation=None if person else house.organisations[to],
            ceiling=Label(int(told["ceiling"] or 2)),
        )
        given = give_grant(unit, wish, record_id=record, by=amina, now=now)
        if told["becomes"] == "withdrawn":
            withdraw_grant(unit, given.id, by=amina, now=now)
    if told["hidden"]:
        part = Part(SegmentKind(told["hidden"]))
        hide(unit, Concealment(part), record_id=record, by=amina, now=now)
