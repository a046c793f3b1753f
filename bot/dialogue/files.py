"""Pictures, voice notes and files: taken in, waited for, and never said to be read when not."""

from bot.dialogue import attachments, caregiving, routing
from bot.dialogue.attachments import Enclosure
from bot.dialogue.messages import Edit, Fetched, File, Photo, Reply, Text, Voice
from bot.dialogue.told import draft_of, file, key_of
from bot.dialogue.turn import Turn
from records.attachments import LIMITS, Awaited, Media, Stage
from records.language import Reading
from records.observations import Status
from records.services.intake import observation_at
from records.tracking import AttachmentId, fresh
from records.vocabulary import Code
from records.wording import files as cards
from records.wording import say

WHAT: dict[type[Photo] | type[Voice] | type[File], tuple[Media, Code]] = {
    Photo: (Media.PICTURE, Code.PHOTO),
    Voice: (Media.VOICE, Code.VOICE_NOTE),
    File: (Media.FILE, Code.FILE),
}
LARGEST = LIMITS[Media.PICTURE]  # a file may turn out to be a picture


def take(turn: Turn, message: Photo | Voice | File) -> list[Reply]:
    """Keep what came, tied to its words; say at once where it is too large to be kept."""
    if not caregiving.people_of(turn):
        turn.unit.attachments.drop(AttachmentId(message.bytes_.attachment))
        return [caregiving.nobody_card(turn)]
    media, code = WHAT[type(message)]
    words = Text(message.caption, message.key, message.sent)
    if not (message.bytes_.source or message.bytes_.attachment):
        return (
            routing.hear(turn, words) if message.caption.strip() else _nothing_in_it(turn, message)
        )
    if message.bytes_.size > (LARGEST if media is Media.FILE else LIMITS[media]):
        card = cards.too_large_card(media, turn.language)
        return [*(routing.hear(turn, words) if message.caption.strip() else []), card]
    return routing.hear(turn, words, Enclosure(_kept(turn, message, media), code))


def _kept(turn: Turn, message: Photo | Voice | File, media: Media) -> AttachmentId:
    """Return the attachment, waited for where its bytes are still with the channel."""
    if message.bytes_.attachment:
        return AttachmentId(message.bytes_.attachment)
    attachment = AttachmentId(fresh())
    awaited = Awaited(media, message.bytes_.source, turn.chat.address)
    turn.unit.attachments.put(attachment, awaited, turn.by.id)
    return attachment


def _nothing_in_it(turn: Turn, message: Photo | Voice | File) -> list[Reply]:
    """Note that something came that has no bytes, such as a place or a contact."""
    whose = caregiving.current(turn)
    if whose is None:
        return [caregiving.nobody_card(turn)]
    ref = key_of(turn.chat, message.key)
    note = Reading(Code.NOTE, text=say(turn.language, "(sent a file in the chat)"))
    file(turn, whose.record, [draft_of(turn, note, message.sent)], ref)
    doctor = turn.doctor(whose.record)
    card = cards.nothing_in_it_card(ref=ref, doctor=doctor, language=turn.language)
    return caregiving.begins_with_name(turn, whose, [card])


def fetched(turn: Turn, message: Fetched) -> list[Reply]:
    """Say what a file is now that it is here, or that it never came; a photo needs no word."""
    attachment = turn.unit.attachments.find(AttachmentId(message.attachment))
    people = caregiving.people_of(turn)
    whose = next((one for one in people if one.record == attachment.record), None)
    if whose is None or attachment.observation is None:  # it is still asked for whom it is
        return []
    _, observation = observation_at(turn.unit, attachment.observation)
    if observation.status is Status.ENTERED_IN_ERROR:
        return []
    ref = key_of(turn.chat, f"f{attachment.id[:16]}")
    turn.unit.intake.remember(ref, [observation.id])
    if attachment.stage is Stage.LOST:
        card = cards.lost_card(message.reason, attachment.media, turn.language)
    elif observation.code is Code.FILE:
        card = attachments.what_it_is(turn, whose, attachment.id, ref)
    else:
        return []
    return _in_place(turn, attachment.id, caregiving.begins_with_name(turn, whose, [card]))


def _in_place(turn: Turn, attachment: AttachmentId, replies: list[Reply]) -> list[Reply]:
    """Say it in the place of "one moment", where that was said in this chat."""
    said = [message for chat, message in turn.unit.outbox.about(attachment) if chat == turn.chat.id]
    first, *rest = replies
    if not said or isinstance(first, Edit):
        return replies
    return [Edit(said[0], first), *rest]
