"""Sharing in the chat: to whom, what, until when, exactly what is seen, then the leave itself."""

from datetime import datetime

from bot.dialogue import caregiving
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.errors import NotPermitted
from records.people import Person, Scope
from records.services.addressing import whom_of
from records.services.consenting import (
    Wish,
    give_grant,
    grants_of,
    preview_grant,
    withdraw_grant,
)
from records.services.looking import who_visited
from records.services.looks import Often
from records.services.noticing import choose_notice
from records.tracking import GrantId, PersonId, RecordId
from records.vocabulary import Purpose
from records.wording import looking
from records.wording import sharing as cards
from records.wording.settings import only_on_the_site_card


def overview(turn: Turn) -> list[Reply]:
    """Show who may see what now."""
    if not turn.full:
        return [only_on_the_site_card(turn.language)]
    views = grants_of(turn.unit, decided(turn), by=turn.by, now=turn.now)
    standing = [one for one in views if one.grant.open(turn.now)]
    return [
        cards.sharing_card(
            standing, can_share=bool(_doctors(turn)), zone=turn.zone, language=turn.language
        )
    ]


def wished_in_words(turn: Turn, words: str) -> list[Reply]:
    """Begin with the doctor somebody names, or with who sees what now."""
    if not turn.full:
        return [only_on_the_site_card(turn.language)]
    named = [one for one in _doctors(turn) if _is_named(one, words)]
    return [step(turn, (named[0].id,))] if len(named) == 1 else overview(turn)


def _is_named(person: Person, words: str) -> bool:
    parts = [one for one in person.name.lower().split() if one not in ("dr", "dr.", "doctor")]
    return any(part in words.lower() for part in parts)


def choose(turn: Turn, chosen: str, message: MessageId) -> list[Reply]:
    """Take the next step of sharing, in the place of the step before."""
    return [Edit(message, step(turn, tuple(filter(None, chosen.split(".")))))]


def step(turn: Turn, chosen: tuple[str, ...]) -> Card:
    """Return the next question of sharing, after what was chosen so far, or the preview."""
    doctors = {str(one.id): one for one in _doctors(turn)}
    if not doctors:
        return cards.nobody_card(phone=turn.settings.clinic_phone, language=turn.language)
    if not chosen and len(doctors) == 1:
        chosen = tuple(doctors)
    if not chosen or chosen[0] not in doctors:
        people = [(who, one.name) for who, one in doctors.items()]
        return cards.choose_doctor_card(people, turn.language)
    doctor = doctors[chosen[0]]
    if len(chosen) == 1:
        return cards.choose_kinds_card(doctor.id, doctor.name, turn.language)
    if len(chosen) == 2:
        return cards.choose_until_card(doctor.id, chosen[1], turn.language)
    return _preview(turn, doctor, chosen)


def _preview(turn: Turn, doctor: Person, chosen: tuple[str, ...]) -> Card:
    wish = _wish(chosen, turn.now)
    view = preview_grant(turn.unit, wish, record_id=decided(turn), by=turn.by, now=turn.now)
    return cards.preview_card(
        view.segments,
        name=doctor.name,
        kinds=wish.kinds,
        until=wish.until,
        zone=turn.zone,
        ref=".".join(chosen),
        language=turn.language,
    )


def give(turn: Turn, chosen: str, message: MessageId) -> list[Reply]:
    """Give the leave that was previewed."""
    wish = _wish(tuple(chosen.split(".")), turn.now)
    grant = give_grant(turn.unit, wish, record_id=decided(turn), by=turn.by, now=turn.now)
    name = turn.unit.people.person(PersonId(wish.person or "")).name
    card = cards.given_card(grant, name=name, zone=turn.zone, language=turn.language)
    return [Edit(message, card)]


def withdraw(turn: Turn, grant_id: str, message: MessageId) -> list[Reply]:
    """Take a leave back at once."""
    return [Edit(message, withdrawn(turn, GrantId(grant_id)))]


def withdrawn(turn: Turn, grant_id: GrantId) -> Card:
    """Take a leave back and return the card that says so."""
    grant = withdraw_grant(turn.unit, grant_id, by=turn.by, now=turn.now)
    people = turn.unit.people
    name = (
        people.person(grant.person).name
        if grant.person
        else people.organisation(grant.organisation).name
        if grant.organisation
        else ""
    )
    return cards.withdrawn_card(name=name, language=turn.language)


def looked(turn: Turn) -> list[Reply]:
    """Show who looked."""
    if not turn.full:
        return [only_on_the_site_card(turn.language)]
    found = who_visited(turn.unit, decided(turn), by=turn.by, now=turn.now, zone=turn.zone)
    return [looking.looked_card(found, turn.language)]


def wish_to_stop(turn: Turn, grant_id: str, message: MessageId) -> list[Reply]:
    """Ask whether a leave is really to be taken back."""
    for one in grants_of(turn.unit, decided(turn), by=turn.by, now=turn.now):
        if one.grant.id == grant_id and one.grant.open(turn.now):
            name, language = one.grantee.name, turn.language
            return [Edit(message, looking.stop_card(one.grant.id, name=name, language=language))]
    return looked(turn)


def notice(turn: Turn, often: str, message: MessageId) -> list[Reply]:
    """Ask how often to tell of looks, or keep what was chosen."""
    if often not in tuple(Often):
        return [Edit(message, looking.choose_notice_card(turn.language))]
    chosen = Often(often)
    choose_notice(turn.unit, chosen, record_id=decided(turn), by=turn.by, now=turn.now)
    return [Edit(message, looking.notice_chosen_card(chosen, turn.language))]


def _wish(chosen: tuple[str, ...], now: datetime) -> Wish:
    who, template, days = chosen
    kinds, ceiling, _ = cards.TEMPLATES[template]
    span, _ = cards.UNTIL[days]
    until = None if span is None else now + span
    return Wish(kinds, Purpose.TREATMENT, until, person=PersonId(who), ceiling=ceiling)


def _doctors(turn: Turn) -> tuple[Person, ...]:
    return whom_of(turn.unit, decided(turn), by=turn.by, now=turn.now).clinicians


def decided(turn: Turn) -> RecordId:
    """Return the record the speaker decides for: the own one, or that of whom they guard."""
    whose = caregiving.current(turn)
    if whose is not None and not whose.own and Scope.GUARDIAN in whose.scopes:
        return whose.record
    own = turn.own_record()
    if own is None:
        raise NotPermitted
    return own
