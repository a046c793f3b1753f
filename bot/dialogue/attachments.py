"""Pictures, voice notes and files: said honestly that they cannot be read, noted that they came."""

from bot.dialogue import caregiving, routing
from bot.dialogue.messages import File, Photo, Reply, Text, Voice
from bot.dialogue.told import draft_of, file, key_of
from bot.dialogue.turn import Turn
from records.language import Reading
from records.people import Scope
from records.vocabulary import Code
from records.wording import questions as cards
from records.wording import say
from records.wording.helping import may_not_send_card


def take(turn: Turn, message: Photo | Voice | File) -> list[Reply]:
    """Note that something came, and ask for what is on it in words; a caption is a line."""
    caption = "" if isinstance(message, Voice) else message.caption.strip()
    if caption:
        return routing.hear(turn, Text(caption, message.key, message.sent))
    whose = caregiving.current(turn)
    if whose is None:
        return [caregiving.nobody_card(turn)]
    if not whose.may(Scope.RECORD):
        return [may_not_send_card(whose.name, turn.language)]
    ref = key_of(turn.chat, message.key)
    note = draft_of(turn, Reading(Code.NOTE, text=_words(turn, message)), message.sent)
    file(turn, whose.record, [note], ref)
    doctor = turn.doctor(whose.record)
    match message:
        case Photo():
            turn.ask(Code.BLOOD_PRESSURE)
            card = cards.got_photo_card(ref=ref, language=turn.language)
        case Voice():
            card = cards.got_voice_card(ref=ref, doctor=doctor, language=turn.language)
        case File():
            card = cards.got_file_card(ref=ref, doctor=doctor, language=turn.language)
    return caregiving.begins_with_name(turn, whose, [card])


def _words(turn: Turn, message: Photo | Voice | File) -> str:
    match message:
        case Photo():
            return say(turn.language, "(sent a photo in the chat)")
        case Voice():
            return say(turn.language, "(sent a voice note in the chat)")
        case File():
            return say(turn.language, "(sent a file in the chat)")
