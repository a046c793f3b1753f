"""How the Bot API server may misbehave once: which answer, and whether the call counted."""

from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour; build it with the classmethods."""

    status: int = 0
    body: bytes | None = None  # None: a proper error from status, description and parameters
    description: str = ""
    parameters: dict[str, Any] | None = None
    accepts: bool = False  # whether the call took effect all the same
    answers: bool = True  # whether the caller hears anything at all

    @classmethod
    def too_many_requests(cls, retry_after: int = 1) -> Self:
        """429: not accepted, with the seconds to wait."""
        words = f"Too Many Requests: retry after {retry_after}"
        return cls(429, description=words, parameters={"retry_after": retry_after})

    @classmethod
    def forbidden(cls) -> Self:
        """403: the person has blocked the bot."""
        return cls(403, description="Forbidden: bot was blocked by the user")

    @classmethod
    def conflict(cls) -> Self:
        """409: somebody else polls with the same token."""
        return cls(409, description=CONFLICT)

    @classmethod
    def migrated(cls, chat_id: int) -> Self:
        """400: the group became a supergroup with this id."""
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        return cls(400, description=words, parameters={"migrate_to_chat_id": chat_id})

    @classmethod
    def server_error(cls, status: int = 502) -> Self:
        """5xx: an error page of a gateway, not JSON, and nothing accepted."""
        return cls(status, body=b"<html><h1>Bad Gateway</h1></html>")

    @classmethod
    def silent_before(cls) -> Self:
        """Never answer, and do nothing: the caller times out."""
        return cls(answers=False)

    @classmethod
    def silent_after(cls) -> Self:
        """Do it, then never answer: the caller times out, yet the message was sent."""
        return cls(answers=False, accepts=True)

    @classmethod
    def garbled(cls, *, accepts: bool = True) -> Self:
        """Do it (or not), then answer 200 with JSON cut off in the middle."""
        return cls(200, body=b'{"ok":true,"result":{"mess', accepts=accepts)


CONFLICT = (
    "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)


class ApiError(Exception):
    """A refusal as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> ApiError:
    """Return the 400 that says this."""
    return ApiError(400, f"Bad Request: {words}")
