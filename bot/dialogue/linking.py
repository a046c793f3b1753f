"""Deep links: a chat to a person, a caregiver to a patient; both sides say yes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogue import prompts
from bot.dialogue.caregiving import keys_of
from bot.dialogue.messages import ChatSettings, Edit, Reply
from bot.dialogue.settings import choose_language
from bot.dialogue.turn import Turn
from records.chats import Card, Chat, ChatChannel, MessageId
from records.errors import LinkExpired, LinkUsed, NotFound
from records.people import Person
from records.services.enrolling import add_person
from records.services.helping import guardians_of
from records.services.linking import (
    OF_THE_PATIENT,
    LinkPurpose,
    accept_help,
    link_chat,
    look_at,
    scopes_of,
    use_link,
)
from records.services.ports import Link, Question, Unit
from records.services.telling import tell
from records.tracking import ChatId, PersonId, RecordId, fresh
from records.vocabulary import Language, Role
from records.wording import inviting, menus
from records.wording import linking as cards

ANSWER_WITHIN = timedelta(minutes=10)  # SAFETY.md T9
WRONG_TRIES, WRONG_WITHIN = 5, timedelta(hours=1)  # the same rule
INVITED_FOR = timedelta(days=7)  # as long as the invitation itself: it names nobody in full
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Visit:
    """A turn in a chat that need not belong to anybody yet."""

    unit: Unit
    chat: Chat
    now: datetime
    settings: ChatSettings

    @property
    def language(self) -> Language:
        """The language of this chat."""
        return self.chat.language

    def wait_for(self, asked: str, ref: str, span: timedelta = ANSWER_WITHIN) -> None:
        """Open a question that may be answered for a while, by default only for minutes."""
        question = Question(asked, ref, self.now + span)
        self.unit.questions.ask(self.chat.id, question)

    def waiting(self, asked: str) -> str | None:
        """Return what an open question of this name refers to."""
        question = self.unit.questions.open(self.chat.id, self.now)
        return question.ref if question and question.asked == asked else None


def greet(visit: Visit) -> Card:
    """Return what somebody reads whom the chat does not know."""
    return cards.unlinked_card(visit.language)


def follow(visit: Visit, payload: str, name: str) -> list[Reply]:
    """Look at a deep link and ask whether it is meant; nothing is used up yet."""
    tried = visit.unit.wrong_links.since(visit.chat.id, visit.now - WRONG_WITHIN)
    if tried >= WRONG_TRIES:
        return [cards.too_many_links_card(visit.language)]
    try:
        link = look_at(visit.unit, payload, visit.now)
        if link.purpose == LinkPurpose.CAREGIVER:
            return [_ask_to_help(visit, link, payload, name)]
        return [_ask_who(visit, link, payload, name)]
    except LinkUsed:
        return [cards.link_used_card(visit.language)]
    except (LinkExpired, NotFound):
        visit.unit.wrong_links.note(visit.chat.id, visit.now)
        return [cards.link_expired_card(visit.language)]


def _ask_who(visit: Visit, link: Link, payload: str, name: str) -> Card:
    if link.person is None or link.purpose not in (LinkPurpose.CHAT, *OF_THE_PATIENT):
        raise LinkExpired
    if visit.chat.person == link.person:
        return cards.that_is_you_card(visit.language)
    if visit.chat.person is not None:
        return cards.chat_taken_card(visit.language)
    person = visit.unit.people.person(link.person)
    if link.purpose == LinkPurpose.INVITATION:
        visit.wait_for("link", f"{payload}\n{name[:LONGEST_NAME]}", INVITED_FOR)
        return inviting.first_card(visit.language)
    visit.wait_for("link", f"{payload}\n{name[:LONGEST_NAME]}")
    if link.purpose == LinkPurpose.TAKE_OVER:
        return cards.take_over_card(person.name, visit.language)
    return cards.is_this_you_card(person.name, visit.language)


def _ask_to_help(visit: Visit, link: Link, payload: str, name: str) -> Card:
    if link.record is None:
        raise LinkExpired
    patient = visit.unit.people.person(visit.unit.records.record(link.record).patient)
    if visit.chat.person == patient.id:
        return cards.that_is_you_card(visit.language)
    visit.wait_for("help", f"{payload}\n{name[:LONGEST_NAME]}")
    return cards.asks_for_help_card(patient.name, scopes_of(link), visit.language)


def say_yes(visit: Visit, message: MessageId) -> list[Reply]:
    """Take the yes of the chat: an invitation is done, a link from the site waits for the site."""
    ref = visit.waiting("link")
    if ref is None:
        return [Edit(message, cards.link_expired_card(visit.language))]
    payload, _, name = ref.partition("\n")
    try:
        if payload.startswith(tuple(OF_THE_PATIENT)):
            person = link_chat(visit.unit, visit.chat, payload, now=visit.now)
            if payload.startswith(LinkPurpose.INVITATION):
                person = _speaks(visit, person)
            visit.unit.questions.close(visit.chat.id)
            return _connected(visit, visit.unit.chats.chat(visit.chat.id), person)
        link = use_link(visit.unit, payload, LinkPurpose.CHAT, visit.now)
    except LinkUsed:
        return [Edit(message, cards.link_used_card(visit.language))]
    except LinkExpired:
        return [Edit(message, cards.link_expired_card(visit.language))]
    _ask_the_site(visit, PersonId(link.person or ""), name)
    return [Edit(message, cards.confirm_on_site_card(visit.language))]


def _speaks(visit: Visit, person: Person) -> Person:
    """Keep the language somebody chose before saying yes, and return the person."""
    choose_language(visit.unit, visit.unit.chats.chat(visit.chat.id), visit.language)
    return visit.unit.people.person(person.id)


def _ask_the_site(visit: Visit, person_id: PersonId, name: str) -> None:
    """Ask in the person's chat on the site, where only somebody signed in can say yes."""
    person = visit.unit.people.person(person_id)
    visit.wait_for("link_site", person.id)
    site = web_chat(visit.unit, person)
    card = cards.chat_asks_card(name, visit.chat.id, site.language)
    visit.unit.outbox.send(site.id, card, about=visit.chat.id)


def web_chat(unit: Unit, person: Person) -> Chat:
    """Return the person's chat on the site, making it where there is none."""
    found = unit.chats.at(ChatChannel.WEB, person.id)
    if found is None:
        found = Chat(ChatId(fresh()), ChatChannel.WEB, person.id, person.language, person.id)
        unit.chats.put(found)
    return found


def site_says(visit: Visit, chat_id: str, message: MessageId, *, yes: bool) -> list[Reply]:
    """Take the site's answer to a phone chat that wants to be connected."""
    try:
        phone = Visit(visit.unit, visit.unit.chats.chat(ChatId(chat_id)), visit.now, visit.settings)
    except NotFound:
        return [Edit(message, cards.link_expired_card(visit.language))]
    if visit.chat.channel is not ChatChannel.WEB or phone.waiting("link_site") != visit.chat.person:
        return [Edit(message, cards.link_expired_card(visit.language))]
    visit.unit.questions.close(phone.chat.id)
    if not yes:
        visit.unit.outbox.send(phone.chat.id, cards.not_connected_card(phone.language))
        return [Edit(message, cards.not_connected_card(visit.language))]
    person = visit.unit.people.person(PersonId(visit.chat.person or ""))
    linked = replace(phone.chat, person=person.id, language=person.language)
    visit.unit.chats.put(linked)
    for card in _connected(visit, linked, person, said_yes=visit.chat.id):
        if isinstance(card, Card):
            visit.unit.outbox.send(linked.id, card)
    return [Edit(message, cards.connected_card(visit.language))]


def _connected(
    visit: Visit, chat: Chat, person: Person, *, said_yes: ChatId | None = None
) -> list[Reply]:
    """Tell the person's other chats, and ask a patient the questions of the first minute."""
    unit = visit.unit
    for other in unit.chats.of_person(person.id):
        if other.id not in (chat.id, said_yes):
            unit.outbox.send(other.id, cards.new_chat_card(other.language))
    turn = Turn(visit.unit, chat, person, visit.now, visit.settings)
    return prompts.begin(turn) if turn.own_record() else prompts.welcome(turn)


def say_no(visit: Visit, message: MessageId) -> list[Reply]:
    """Connect nothing."""
    visit.unit.questions.close(visit.chat.id)
    return [Edit(message, cards.not_connected_card(visit.language))]


def accept(visit: Visit, message: MessageId) -> list[Reply]:
    """Become the caregiver a patient asked for, and tell the patient."""
    ref = visit.waiting("help")
    if ref is None:
        return [Edit(message, cards.link_expired_card(visit.language))]
    payload, _, name = ref.partition("\n")
    try:
        link = look_at(visit.unit, payload, visit.now)
        helper = _helper(visit, link, name)
        relationship, record = accept_help(visit.unit, payload, by=helper, now=visit.now)
    except LinkUsed:
        return [Edit(message, cards.link_used_card(visit.language))]
    except LinkExpired:
        return [Edit(message, cards.link_expired_card(visit.language))]
    visit.unit.questions.close(visit.chat.id)
    chat = replace(visit.chat, person=helper.id, subject=record.id, spoken=visit.now)
    visit.unit.chats.put(chat)
    guardians = (one.person for one in guardians_of(visit.unit, record.id, visit.now))
    for person in (record.patient, *guardians):
        if person != helper.id:
            tell(
                visit.unit,
                person,
                lambda one: cards.now_helps_card(helper.name, relationship.id, one.language),
            )
    turn = Turn(visit.unit, chat, helper, visit.now, visit.settings)
    return [replace(menus.welcome_card(chat.language), keys=keys_of(turn))]


def _helper(visit: Visit, link: Link, name: str) -> Person:
    if visit.chat.person is not None:
        return visit.unit.people.person(visit.chat.person)
    patient = visit.unit.people.person(
        visit.unit.records.record(RecordId(link.record or "")).patient
    )
    return add_person(
        visit.unit,
        name or "👪",
        language=visit.language,
        zone=patient.zone,
        roles=[Role.CAREGIVER],
    )
