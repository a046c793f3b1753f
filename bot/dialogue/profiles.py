"""Beginning a record for somebody without a phone: the name, then a tap or a word a question."""

from dataclasses import dataclass, replace

from bot.dialogue.helping import take_over_link_of
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.documents import read, write
from records.errors import NotValid
from records.language import Context, understand
from records.people import Basis
from records.services.managing import Profile, is_birthday, open_profile
from records.tracking import RecordId
from records.wording import profiles as cards
from records.wording.menus import menu_card

ASKED = "profile"


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a profile is told: the step that is asked now, and what is known."""

    step: str
    name: str = ""
    sex: str = ""
    born: str = ""


def tapped(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Take a tap on a question about a new profile."""
    if ref == "start":
        return [Edit(message, _ask(turn, Begun("name")))]
    if ref == "stop":
        turn.close_question()
        return [Edit(message, menu_card(turn.language))]
    step, _, choice = ref.partition(".")
    if step == "phone":
        return take_over_link_of(turn, RecordId(choice))
    begun = _open(turn)
    if begun is None or begun.step != step:
        return [Edit(message, cards.start_again_card(turn.language))]
    match step:
        case "sex":
            known = replace(begun, step="born", sex="" if choice == "skip" else choice)
            return [Edit(message, _ask(turn, known))]
        case "born":
            return [Edit(message, _ask(turn, replace(begun, step="basis")))]
        case _:
            return _begin(turn, begun, Basis(choice), message)


def heard(turn: Turn, text: str) -> list[Reply] | None:
    """Take words as the answer to what is asked of a new profile; None where they are none."""
    begun = _open(turn)
    if begun is None:
        return None
    words = " ".join(text.split())
    if begun.step == "name" and _is_a_name(turn, words):
        return [_ask(turn, Begun("sex", name=words))]
    if begun.step == "born" and is_birthday(words.rstrip("年"), turn.now.date()):
        return [_ask(turn, replace(begun, step="basis", born=words.rstrip("年")))]
    return None


def _is_a_name(turn: Turn, words: str) -> bool:
    """Say whether these words may be a name: no number, nothing asked of the chat."""
    if not words or len(words) > cards.LONGEST_NAME or any(map(str.isdigit, words)):
        return False
    read_as = understand(words, turn.language, Context(now=turn.now.replace(tzinfo=None)))
    return read_as.command is None and not words.startswith("/")


def _open(turn: Turn) -> Begun | None:
    question = turn.question
    if question is None or question.asked != ASKED:
        return None
    return read(question.ref.encode(), Begun)


def _ask(turn: Turn, begun: Begun) -> Card:
    turn.ask(ASKED, write(begun).decode())
    match begun.step:
        case "name":
            return cards.ask_name_card(turn.language)
        case "sex":
            return cards.ask_sex_card(begun.name, turn.language)
        case "born":
            return cards.ask_born_card(begun.name, turn.language)
        case _:
            return cards.ask_basis_card(begun.name, turn.language)


def _begin(turn: Turn, begun: Begun, basis: Basis, message: MessageId) -> list[Reply]:
    turn.close_question()
    profile = Profile(begun.name, begun.sex, begun.born, turn.language)
    try:
        patient, record, _ = open_profile(turn.unit, profile, basis=basis, by=turn.by, now=turn.now)
    except NotValid:
        return [Edit(message, cards.too_many_card(turn.language))]
    turn.of(record.id)
    return [Edit(message, cards.begun_card(patient.name, record.id, turn.language))]
