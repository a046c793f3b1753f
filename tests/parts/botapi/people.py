"""What people do in their chats, turned into the updates Telegram would make of it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.parts.botapi import limits
from tests.parts.botapi.chats import Chat, Sent
from tests.parts.botapi.state import Query, State, now

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS"
    b"\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND"
    b"\xaeB`\x82"
)


class People:
    """The hands of the tests: each method is one thing a person does in a private chat.

    A chat comes to be with the first thing said in it; `user` says who the person is
    (`first_name`, `language_code` …) and is remembered. Message ids are returned.
    """

    state: State

    def say(
        self,
        chat_id: int,
        text: str,
        date: datetime | None = None,
        user: dict[str, Any] | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Write a line in the chat, at this time (now)."""
        limits.check_text(text)  # a real client splits a longer one
        message: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            message["entities"] = [command]
        return self._write(chat_id, message, date, user, reply_to)

    def start(
        self,
        chat_id: int,
        payload: str = "",
        date: datetime | None = None,
        user: dict[str, Any] | None = None,
    ) -> int:
        """Press START, by a deep link where there is a payload; who had blocked the bot is back."""
        if not limits.START_PAYLOAD.fullmatch(payload):
            raise ValueError(f"no deep link carries this payload: {payload!r}")
        with self.state.changed:
            if self._chat(chat_id, user).blocked:
                self._membership(chat_id, blocked=False)
        return self.say(chat_id, f"/start {payload}".strip(), date, user)

    def edit(self, chat_id: int, message_id: int, text: str, date: datetime | None = None) -> None:
        """Change the words of an earlier line."""
        with self.state.changed:
            chat = self.state.chats[chat_id]
            message = chat.messages[message_id]
            message |= {"text": text, "edit_date": _seconds(date)}
            self.state.push("edited_message", dict(message), chat_id)

    def tap(self, chat_id: int, message: Sent | int, button_text: str) -> str:
        """Tap a button under a message of the bot and return the query's id."""
        number = message if isinstance(message, int) else message.message_id
        with self.state.changed:
            chat = self.state.chats[chat_id]
            shown = next((one for one in chat.seen() if one.message_id == number), None)
            if shown is None:
                raise AssertionError(f"the bot's message {number} is not in the chat")
            button = shown.button(button_text)
            if button.data is None:
                raise AssertionError(
                    f"{button_text!r} opens {button.url}; it tells the bot nothing"
                )
            return self._query(chat, number, button.data)

    def tap_forged(self, chat_id: int, message_id: int, data: str) -> str:
        """Send data no button offers, as a hostile client may, and return the query's id."""
        with self.state.changed:
            return self._query(self.state.chats[chat_id], message_id, data)

    def _query(self, chat: Chat, message_id: int, data: str) -> str:
        query_id = str(uuid4().int)[:18]
        self.state.queries[query_id] = Query(chat.id)
        content = {
            "id": query_id,
            "from": chat.person,
            "message": chat.messages[message_id],
            "chat_instance": str(chat.id),
            "data": data,
        }
        self.state.push("callback_query", content, chat.id)
        return query_id

    def send_photo(
        self,
        chat_id: int,
        content: bytes = PICTURE,
        caption: str = "",
        date: datetime | None = None,
        user: dict[str, Any] | None = None,
    ) -> int:
        """Send a picture; the bot is offered two sizes of it."""
        with self.state.changed:
            small, large = (self._keep(content, f"{size}.jpg") for size in ("small", "large"))
        sizes = [
            {**small, "width": 90, "height": 90},
            {**large, "width": 800, "height": 800},
        ]
        return self._write(chat_id, _captioned({"photo": sizes}, caption), date, user)

    def send_voice(
        self,
        chat_id: int,
        content: bytes = b"OggS voice",
        duration: int = 3,
        date: datetime | None = None,
        user: dict[str, Any] | None = None,
    ) -> int:
        """Send a voice note of this many seconds."""
        with self.state.changed:
            voice = self._keep(content, "voice.oga")
        voice |= {"duration": duration, "mime_type": "audio/ogg"}
        return self._write(chat_id, {"voice": voice}, date, user)

    def send_document(
        self,
        chat_id: int,
        content: bytes,
        name: str,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        date: datetime | None = None,
        user: dict[str, Any] | None = None,
    ) -> int:
        """Send a file."""
        with self.state.changed:
            document = self._keep(content, name)
        document |= {"file_name": name, "mime_type": mime_type}
        return self._write(chat_id, _captioned({"document": document}, caption), date, user)

    def block(self, chat_id: int) -> None:
        """Block the bot: it is told once, and everything it sends is refused with 403."""
        with self.state.changed:
            self._membership(chat_id, blocked=True)

    def _membership(self, chat_id: int, *, blocked: bool) -> None:
        chat = self.state.chats[chat_id]
        chat.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        change = {"chat": chat.as_api(), "from": chat.person, "date": now()}
        change["old_chat_member"] = self._member(old)
        change["new_chat_member"] = self._member(new)
        self.state.push("my_chat_member", change, chat_id)

    def _member(self, status: str) -> dict[str, Any]:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.state.bot(), "status": status, **until}

    def _write(
        self,
        chat_id: int,
        message: dict[str, Any],
        date: datetime | None,
        user: dict[str, Any] | None,
        reply_to: int | None = None,
    ) -> int:
        with self.state.changed:
            chat = self._chat(chat_id, user)
            whole = {"from": chat.person, "date": _seconds(date), **message}
            if reply_to is not None:
                whole["reply_to_message"] = chat.messages[reply_to]
            added = chat.add(whole)
            self.state.push("message", dict(added), chat_id)
            return int(added["message_id"])

    def _chat(self, chat_id: int, user: dict[str, Any] | None) -> Chat:
        known = self.state.chats.setdefault(
            chat_id,
            Chat(chat_id, {"id": chat_id, "is_bot": False, "first_name": f"Person {chat_id}"}),
        )
        known.person |= user or {}
        return known

    def _keep(self, content: bytes, name: str) -> dict[str, Any]:
        file = self.state.keep_file(content, name)
        return {"file_id": file.id, "file_unique_id": file.id[-8:], "file_size": len(content)}


def _captioned(message: dict[str, Any], caption: str) -> dict[str, Any]:
    return {**message, "caption": caption} if caption else message


def _seconds(date: datetime | None) -> int:
    if date is not None and date.tzinfo is None:
        raise ValueError("a date in a chat needs its zone")
    return now() if date is None else int(date.timestamp())
