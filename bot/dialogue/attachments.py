"""What came with a message, tied to what its words told; by itself where there are no words."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import caregiving, imports
from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Reply
from bot.dialogue.told import file, key_of
from bot.dialogue.turn import Turn
from records.attachments import Media, Stage
from records.chats import Card
from records.people import Scope
from records.services.attaching import attach
from records.services.intake import Draft, observation_at
from records.tracking import AttachmentId
from records.vocabulary import Code
from records.wording import files as cards
from records.wording.helping import may_not_send_card


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What came with a message: the attachment, and what it is filed as by itself.

    `words` are those that speak of it alone, and `private` is that they ask to keep it private.
    """

    attachment: AttachmentId
    code: Code
    private: bool = False
    words: str = ""


def enclose(
    turn: Turn, whose: Whose, enclosed: Enclosure, ref: str, sent: datetime, *, keeps: bool
) -> None:
    """Let a file belong to the first thing its words told; forget it where nothing is kept."""
    if not keeps or not whose.may(Scope.RECORD):
        turn.unit.attachments.drop(enclosed.attachment)
        return
    told = turn.unit.intake.filed(ref)
    if not told:
        _file(turn, whose, enclosed, ref, sent)
        return
    if observation_at(turn.unit, told[0])[1].attachments:  # the same message came twice
        turn.unit.attachments.drop(enclosed.attachment)
        return
    attach(turn.unit, enclosed.attachment, told[0], by=turn.by, now=turn.now)


def by_itself(
    turn: Turn, whose: Whose, enclosed: Enclosure, *, key: str, sent: datetime
) -> list[Reply]:
    """File what came alone or with words about it; say honestly what cannot be read of it."""
    if not whose.may(Scope.RECORD):
        turn.unit.attachments.drop(enclosed.attachment)
        return [may_not_send_card(whose.name, turn.language)]
    ref = key_of(turn.chat, key)
    if turn.unit.intake.filed(ref):  # the same message came twice
        turn.unit.attachments.drop(enclosed.attachment)
    else:
        _file(turn, whose, enclosed, ref, sent)
    if enclosed.code is Code.FILE:
        return _look_into(turn, whose, enclosed.attachment, ref)
    if enclosed.code is Code.PHOTO:
        turn.ask(Code.BLOOD_PRESSURE)
        card = cards.got_photo_card(ref=ref, language=turn.language)
    else:
        doctor = turn.doctor(whose.record)
        card = cards.got_voice_card(ref=ref, doctor=doctor, language=turn.language)
    return caregiving.begins_with_name(turn, whose, [card])


def what_it_is(turn: Turn, whose: Whose, attachment: AttachmentId, ref: str) -> Card:
    """Return what the chat says of a file that is here: what is in it, or that it reads nothing."""
    found = turn.unit.attachments.find(attachment)
    table = imports.preview(turn, found) if found.media is Media.FILE else None
    if table is not None:
        return table
    if found.media is Media.PICTURE:
        turn.ask(Code.BLOOD_PRESSURE)
        return cards.got_photo_card(ref=ref, language=turn.language)
    doctor = turn.doctor(whose.record)
    return cards.got_file_card(ref=ref, doctor=doctor, language=turn.language)


def _look_into(turn: Turn, whose: Whose, attachment: AttachmentId, ref: str) -> list[Reply]:
    """Say what a file is, or that it is looked into once it is here."""
    here = turn.unit.attachments.find(attachment).stage is Stage.HERE
    if here:
        return caregiving.begins_with_name(turn, whose, [what_it_is(turn, whose, attachment, ref)])
    card = cards.one_moment_card(ref=ref, language=turn.language)
    (named,) = caregiving.begins_with_name(turn, whose, [card])
    if isinstance(named, Card):
        turn.unit.outbox.send(turn.chat.id, named, about=attachment)
    return []


def _file(turn: Turn, whose: Whose, enclosed: Enclosure, ref: str, sent: datetime) -> None:
    draft = Draft(
        enclosed.code,
        sent,
        value=enclosed.words,
        attachments=(enclosed.attachment,),
        private=enclosed.private,
    )
    file(turn, whose.record, [draft], ref)
