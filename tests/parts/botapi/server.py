"""The Bot API server as tests hold it: start, people's hands, what they see, and misbehaviour."""

import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.parts.botapi.chats import Sent
from tests.parts.botapi.faults import Fault
from tests.parts.botapi.people import People
from tests.parts.botapi.receiving import Pusher
from tests.parts.botapi.state import Call, State
from tests.parts.botapi.web import Server


class BotApi(People):
    """A Bot API on a free loopback port; `with BotApi() as api: Bot(api.token, api.base_url)`."""

    def __init__(self) -> None:
        self.state = State()

    @property
    def token(self) -> str:
        """The token of the one bot this server knows."""
        return self.state.token

    @property
    def url(self) -> str:
        """The root of the server."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as base_file_url."""
        return f"{self.url}/file/bot"

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def begin(self) -> None:
        """Listen on a free port (`start` is what a person presses)."""
        self._server = Server(self.state)
        self._pusher = Pusher(self.state)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        self._pusher.start()

    def stop(self) -> None:
        """Answer who still waits and close."""
        with self.state.changed:
            self.state.stopping = True
            self.state.changed.notify_all()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join(5)
        self._pusher.stop()

    # What people see

    def sent(self, chat_id: int) -> list[Sent]:
        """Return the bot's messages in this chat as they look now, oldest first."""
        with self.state.changed:
            chat = self.state.chats.get(chat_id)
            return chat.seen() if chat else []

    def wait_for(
        self, chat_id: int, predicate: Callable[[Sent], bool], timeout: float = 10
    ) -> Sent:
        """Return the newest message of the bot that fits, once there is one; else show them all."""
        found: list[Sent] = []

        def there() -> bool:
            found[:] = [message for message in self.sent(chat_id) if predicate(message)]
            return bool(found)

        with self.state.changed:
            if not self.state.changed.wait_for(there, timeout):
                shown = "\n  ".join(f"{m.text!r} {m.labels}" for m in self.sent(chat_id))
                raise AssertionError(f"no such message within {timeout} s; there is\n  {shown}")
        return found[-1]

    def wait_until(self, condition: Callable[[], bool], timeout: float = 10) -> None:
        """Return once the condition holds; it is asked again after everything that happens here."""
        with self.state.changed:
            if not self.state.changed.wait_for(condition, timeout):
                raise AssertionError(f"not within {timeout} s")

    def wait_until_confirmed(self, timeout: float = 10) -> None:
        """Return once the bot has confirmed every update."""
        queue = self.state.queue
        self.wait_until(lambda: not queue.pending and not queue.echoes, timeout)

    def reactions(self, chat_id: int, message_id: int) -> list[str]:
        """Return the bot's reactions on a message."""
        with self.state.changed:
            return self.state.chats[chat_id].reactions.get(message_id, [])

    def answer(self, query_id: str) -> str | None:
        """Return the words a tap was answered with; None while the button still spins."""
        with self.state.changed:
            return self.state.queries[query_id].answer

    def calls(self, method: str) -> list[Call]:
        """Return every call of this method as it arrived, refused ones included."""
        with self.state.changed:
            return [call for call in self.state.calls if call.method.lower() == method.lower()]

    @property
    def pending(self) -> list[int]:
        """The ids of the updates not confirmed yet."""
        with self.state.changed:
            return [waiting.id for waiting in self.state.queue.pending]

    @property
    def handed_out(self) -> list[int]:
        """The ids of the updates in the order they were delivered, repetitions included."""
        with self.state.changed:
            return list(self.state.queue.handed_out)

    # Misbehaviour

    def next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Answer the next call (or `times` calls) of a method with a fault; "*" is any method."""
        with self.state.changed:
            waiting = self.state.faults.setdefault(method.lower(), deque())
            waiting.extend([fault] * times)

    def redeliver(self, every: int = 2) -> None:
        """Deliver each update this many times, also after it was confirmed."""
        with self.state.changed:
            self.state.queue.deliveries_wanted = every

    def idle_week(self) -> None:
        """Let a week pass without updates: the next update id is random."""
        with self.state.changed:
            self.state.queue.jump()

    def expire_queries(self) -> None:
        """Let every tap so far become too old to be answered."""
        with self.state.changed:
            for query in self.state.queries.values():
                query.too_old = True

    def push(self, update: dict[str, Any], chat_id: int | None = None) -> int | None:
        """Queue an update of any shape, such as one nobody can read, and return its id."""
        ((kind, content),) = update.items()
        with self.state.changed:
            return self.state.push(kind, content, chat_id)
