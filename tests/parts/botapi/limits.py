"""The limits of the Bot API, enforced in the words of the real server.

Source: https://core.telegram.org/bots/api (limits) and answers of the live server (wording).
"""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.parts.botapi.faults import ApiError, bad_request

TEXT, CAPTION, CALLBACK_DATA, CALLBACK_ANSWER = 4096, 1024, 64, 200
PHOTO_BYTES, UPLOAD_BYTES, DOWNLOAD_BYTES = 10 << 20, 50 << 20, 20 << 20
COMMANDS, DESCRIPTION, SHORT_DESCRIPTION = 100, 512, 120
TWO_DAYS = 48 * 3600
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")

ENTITIES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ENTITIES:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        self._open.append((tag, _utf16(self.text), dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')
        _, start, attributes = self._open.pop()
        entity = {"type": ENTITIES[tag], "offset": start, "length": _utf16(self.text) - start}
        if tag == "a":
            entity["url"] = attributes.get("href") or ""
        self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        if self._open:
            tag = self._open[-1][0]
            raise bad_request(f"can't parse entities: Can't find end tag corresponding to {tag}")


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def formatted(text: str, mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """Return text and entities as the person sees them; only HTML or no mode is offered here."""
    if not mode:
        return text, []
    if mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    parser = _Html()
    parser.feed(text)
    parser.close()
    return parser.text, parser.entities


def check_text(text: str) -> None:
    """Refuse an empty or too long text (4,096 characters once formatting is taken out)."""
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text) > TEXT:
        raise bad_request("message is too long")


def check_caption(text: str) -> None:
    """Refuse a caption of more than 1,024 characters."""
    if len(text) > CAPTION:
        raise bad_request("message caption is too long")


def check_buttons(markup: dict[str, Any]) -> None:
    """Refuse inline buttons without words, with data over 64 bytes or with no real URL."""
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request(
            'can\'t parse inline keyboard button: Field "text" must be of type String'
        )
    if "callback_data" in button:
        if not 1 <= len(button["callback_data"].encode()) <= CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        _check_url(button["url"])
    else:
        raise bad_request("text buttons are unallowed in the inline keyboard")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    if not good and parts.scheme != "tg":
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_photo(content: bytes) -> None:
    """Refuse a photo over 10 MB, or one that is no picture."""
    if len(content) > PHOTO_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not content.startswith(PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")


def check_upload(content: bytes) -> None:
    """Refuse an empty file and one over 50 MB."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")


def check_commands(commands: list[dict[str, str]]) -> None:
    """Refuse commands with unusable names or descriptions, or more than a hundred."""
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
