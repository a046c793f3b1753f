"""What the chats look like now: messages of both sides, buttons, files, and who blocked the bot."""

from dataclasses import dataclass, field
from typing import Any

from tests.parts.botapi.faults import ApiError, bad_request


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: its words, and what it sends or opens."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the bot as the person sees it now."""

    chat_id: int
    message_id: int
    text: str  # of a photo or document its caption
    buttons: tuple[tuple[Button, ...], ...] = ()  # under the message
    keyboard: tuple[tuple[str, ...], ...] = ()  # in place of the person's keyboard
    edits: int = 0
    content: bytes | None = None  # of a photo or document
    reply_to: int | None = None
    silent: bool = False

    @property
    def labels(self) -> list[str]:
        """The words on its buttons, row after row."""
        return [button.text for row in self.buttons for button in row]

    def button(self, text: str) -> Button:
        """Return the button with these words, or fail with those that are there."""
        for row in self.buttons:
            for button in row:
                if button.text == text:
                    return button
        raise AssertionError(f"no button {text!r} under {self.text!r}; there are {self.labels}")


@dataclass(slots=True)
class Chat:
    """One private chat; `messages` maps message ids to Bot API Message objects of both sides."""

    id: int
    person: dict[str, Any]
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    edits: dict[int, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    keyboards: dict[int, list[list[Any]]] = field(default_factory=dict)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    blocked: bool = False
    next_message_id: int = 1

    def as_api(self) -> dict[str, Any]:
        """Return the Bot API Chat object."""
        return {"type": "private", **self.person, "id": self.id}

    def add(self, message: dict[str, Any], *, content: bytes | None = None) -> dict[str, Any]:
        """Give the message its id in this chat, keep it and return it."""
        number = self.next_message_id
        self.next_message_id += 1
        kept = {"message_id": number, "chat": self.as_api(), **message}
        self.messages[number] = kept
        if content is not None:
            self.contents[number] = content
        return kept

    def of_the_bot(self, message_id: int, *, otherwise: str) -> dict[str, Any]:
        """Return a message the bot itself sent, or refuse as the real server does."""
        message = self.messages.get(message_id)
        if message is None:
            raise bad_request(otherwise)
        if not message["from"]["is_bot"]:
            raise bad_request("message can't be edited")
        return message

    def check_open(self) -> None:
        """Refuse what is sent to a person who blocked the bot."""
        if self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")

    def seen(self) -> list[Sent]:
        """Return the bot's messages as they look now, oldest first."""
        return [self._seen(m) for m in self.messages.values() if m["from"]["is_bot"]]

    def _seen(self, message: dict[str, Any]) -> Sent:
        number = message["message_id"]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return Sent(
            chat_id=self.id,
            message_id=number,
            text=message.get("text", message.get("caption", "")),
            buttons=tuple(tuple(_button(one) for one in row) for row in rows),
            keyboard=tuple(
                tuple(one if isinstance(one, str) else one["text"] for one in row)
                for row in self.keyboards.get(number, [])
            ),
            edits=self.edits.get(number, 0),
            content=self.contents.get(number),
            reply_to=message.get("reply_to_message", {}).get("message_id"),
            silent=number in self.silent,
        )


def _button(one: dict[str, Any]) -> Button:
    return Button(one["text"], one.get("callback_data"), one.get("url"))
