"""The methods of the Bot API this project calls: checked, done, and answered as the real one does.

Every function takes the state (its lock held) and the call's parameters, and returns the result.
"""

from collections.abc import Callable
from typing import Any

from tests.parts.botapi import limits
from tests.parts.botapi.chats import Chat
from tests.parts.botapi.faults import bad_request
from tests.parts.botapi.state import File, State, now

Parameters = dict[str, Any]  # JSON values decoded; an uploaded file is a File not yet kept


def get_me(state: State, given: Parameters) -> Parameters:
    """Say who the bot is."""
    return {
        **state.bot(),
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_chat(state: State, given: Parameters) -> Parameters:
    """Say who the chat is with."""
    chat = state.chat(given["chat_id"])
    return {**chat.as_api(), "accent_color_id": 0, "max_reaction_count": 11}


def send_message(state: State, given: Parameters) -> Parameters:
    """Add a text message of the bot to a chat."""
    chat = state.chat(given["chat_id"])
    text, entities = limits.formatted(str(given.get("text", "")), given.get("parse_mode"))
    limits.check_text(text)
    message: Parameters = {"text": text}
    if entities:
        message["entities"] = entities
    return _send(state, chat, given, message)


def send_photo(state: State, given: Parameters) -> Parameters:
    """Add a picture of the bot to a chat."""
    file = _file(state, given, "photo")
    limits.check_photo(file.content)
    size = {**_described(file), "width": 800, "height": 600}
    return _send_file(state, given, {"photo": [size]}, file)


def send_document(state: State, given: Parameters) -> Parameters:
    """Add a file of the bot to a chat."""
    file = _file(state, given, "document")
    limits.check_upload(file.content)
    name = file.path.partition("_")[2]
    return _send_file(state, given, {"document": {**_described(file), "file_name": name}}, file)


def _send_file(state: State, given: Parameters, message: Parameters, file: File) -> Parameters:
    caption, entities = limits.formatted(str(given.get("caption", "")), given.get("parse_mode"))
    limits.check_caption(caption)
    if caption:
        message["caption"] = caption
    if entities:
        message["caption_entities"] = entities
    return _send(state, state.chat(given["chat_id"]), given, message, file.content)


def _send(
    state: State, chat: Chat, given: Parameters, message: Parameters, content: bytes | None = None
) -> Parameters:
    chat.check_open()
    markup = given.get("reply_markup") or {}
    limits.check_buttons(markup)
    whole = {"from": state.bot(), "date": now(), **message, **_reply_to(chat, given)}
    if "inline_keyboard" in markup:
        whole["reply_markup"] = {"inline_keyboard": markup["inline_keyboard"]}
    sent = chat.add(whole, content=content)
    if "keyboard" in markup:
        chat.keyboards[sent["message_id"]] = markup["keyboard"]
    if given.get("disable_notification"):
        chat.silent.add(sent["message_id"])
    return sent


def _reply_to(chat: Chat, given: Parameters) -> Parameters:
    wanted = given.get("reply_parameters") or {}
    if "message_id" not in wanted:
        return {}
    original = chat.messages.get(int(wanted["message_id"]))
    if original is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": original} if original else {}


def _file(state: State, given: Parameters, field: str) -> File:
    value = given.get(field)
    if isinstance(value, str) and value.startswith("attach://"):
        value = given.get(value.removeprefix("attach://"))
    if isinstance(value, File):
        return state.keep_file(value.content, value.path)
    if value in state.files:
        return state.files[value]
    if not value:
        raise bad_request(f"there is no {field} in the request")
    raise bad_request("wrong file identifier/HTTP URL specified")


def _described(file: File) -> Parameters:
    return {"file_id": file.id, "file_unique_id": file.id[-8:], "file_size": len(file.content)}


def edit_message_text(state: State, given: Parameters) -> Parameters:
    """Change the text of one of the bot's messages; without a markup its buttons go."""
    chat, message = _editable(state, given)
    text, entities = limits.formatted(str(given.get("text", "")), given.get("parse_mode"))
    limits.check_text(text)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    changed = {**_without(message, "entities"), "text": text}
    if entities:
        changed["entities"] = entities
    return _edited(chat, message, changed, given)


def edit_message_reply_markup(state: State, given: Parameters) -> Parameters:
    """Change or take away the buttons under one of the bot's messages."""
    chat, message = _editable(state, given)
    return _edited(chat, message, dict(message), given)


def _editable(state: State, given: Parameters) -> tuple[Chat, Parameters]:
    chat = state.chat(given["chat_id"])
    number = int(given["message_id"])
    return chat, chat.of_the_bot(number, otherwise="message to edit not found")


def _edited(chat: Chat, old: Parameters, new: Parameters, given: Parameters) -> Parameters:
    markup = given.get("reply_markup") or {}
    limits.check_buttons(markup)
    chat.check_open()
    new.pop("reply_markup", None)
    if markup.get("inline_keyboard"):
        new["reply_markup"] = {"inline_keyboard": markup["inline_keyboard"]}
    if new == old:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message"
        )
    number = old["message_id"]
    chat.messages[number] = {**new, "edit_date": now()}
    chat.edits[number] = chat.edits.get(number, 0) + 1
    return chat.messages[number]


def _without(message: Parameters, key: str) -> Parameters:
    return {name: value for name, value in message.items() if name != key}


def delete_message(state: State, given: Parameters) -> bool:
    """Take a message of either side out of the chat, in its first two days."""
    chat = state.chat(given["chat_id"])
    message = chat.messages.get(int(given["message_id"]))
    if message is None:
        raise bad_request("message to delete not found")
    if now() - message["date"] > limits.TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    return True


def answer_callback_query(state: State, given: Parameters) -> bool:
    """Stop the spinning of a tapped button, with words or without."""
    query = state.queries.get(str(given["callback_query_id"]))
    if query is None or query.too_old:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = str(given.get("text", ""))
    if len(text) > limits.CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = text
    return True


def send_chat_action(state: State, given: Parameters) -> bool:
    """Show that the bot is at work."""
    state.chat(given["chat_id"]).check_open()
    if not given.get("action"):
        raise bad_request("wrong parameter action in request")
    return True


def set_message_reaction(state: State, given: Parameters) -> bool:
    """Put the bot's reaction on a message, or take it away."""
    chat = state.chat(given["chat_id"])
    number = int(given["message_id"])
    if number not in chat.messages:
        raise bad_request("message to react not found")
    chat.check_open()
    chat.reactions[number] = [one["emoji"] for one in given.get("reaction") or []]
    return True


def set_my_commands(state: State, given: Parameters) -> bool:
    """Set the command list of one scope and language."""
    commands = given.get("commands") or []
    limits.check_commands(commands)
    state.commands[_scope(given)] = commands
    return True


def get_my_commands(state: State, given: Parameters) -> list[dict[str, str]]:
    """Return the command list of one scope and language."""
    return state.commands.get(_scope(given), [])


def _scope(given: Parameters) -> tuple[str, str]:
    return (given.get("scope") or {}).get("type", "default"), given.get("language_code") or ""


def set_my_description(state: State, given: Parameters) -> bool:
    """Set what an empty chat shows, in one language."""
    return _describe(state, given, "description", limits.DESCRIPTION)


def set_my_short_description(state: State, given: Parameters) -> bool:
    """Set what the bot's profile shows, in one language."""
    return _describe(state, given, "short_description", limits.SHORT_DESCRIPTION)


def _describe(state: State, given: Parameters, field: str, longest: int) -> bool:
    text = given.get(field) or ""
    if len(text) > longest:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    state.descriptions[field, given.get("language_code") or ""] = text
    return True


def get_my_description(state: State, given: Parameters) -> dict[str, str]:
    """Return what an empty chat shows, in one language."""
    key = ("description", given.get("language_code") or "")
    return {"description": state.descriptions.get(key, "")}


def get_file(state: State, given: Parameters) -> Parameters:
    """Say where a file of at most 20 MB can be fetched."""
    file = state.files.get(str(given.get("file_id")))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**_described(file), "file_path": file.path}


METHODS: dict[str, Callable[[State, Parameters], Any]] = {
    function.__name__.replace("_", ""): function
    for function in (
        *(get_me, get_chat, send_message, send_photo, send_document, edit_message_text),
        *(edit_message_reply_markup, delete_message, answer_callback_query, send_chat_action),
        *(set_message_reaction, set_my_commands, get_my_commands, set_my_description),
        *(set_my_short_description, get_my_description, get_file),
    )
}
