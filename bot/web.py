"""What the site's chat page wrote into the spool, as what the dialogue takes in."""

from datetime import datetime

import msgspec

from bot.dialogue import Bytes, File, Incoming, Photo, Started, Strange, Tapped, Text, Voice
from records.attachments import Media

BOT = "web"
SHAPES: dict[Media, type[Photo] | type[Voice] | type[File]] = {
    Media.PICTURE: Photo,
    Media.VOICE: Voice,
    Media.FILE: File,
}


class _Body(msgspec.Struct):
    kind: str
    text: str = ""
    token: str = ""
    sent: datetime | None = None
    key: str = ""
    attachment: str = ""
    media: Media = Media.FILE


def read(body: bytes) -> Incoming:
    """Read `{"kind":"text","text","sent"}`, `{"kind":"tap","token"}` or `{"kind":"start"}`.

    A file is `{"kind":"file","attachment","media","text","sent"}`. Whatever else it is comes back
    as Strange. The key of a text is the conversation's to give where the site gave none.
    """
    try:
        found = msgspec.json.decode(body, type=_Body)
    except msgspec.MsgspecError:
        return Strange()
    match found:
        case _Body(kind="text", text=text, sent=datetime() as sent) if text and sent.tzinfo:
            return Text(text, found.key, sent)
        case _Body(kind="file", attachment=one, sent=datetime() as sent) if one and sent.tzinfo:
            return SHAPES[found.media](found.key, sent, found.text, Bytes(attachment=one))
        case _Body(kind="tap", token=token) if token:
            return Tapped(token)
        case _Body(kind="start"):
            return Started("")
    return Strange()
