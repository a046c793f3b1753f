"""A door between a client and a real HTTP server, which spoils what passes as it is told."""

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from types import TracebackType
from typing import Self


class Fault(StrEnum):
    """What befalls one request, as it befalls requests on real networks."""

    REFUSED = "cut off before the request"
    TORN = "cut off in the middle of the request"
    UNANSWERED = "done, and cut off before the answer"
    HALVED = "done, and cut off in the middle of the answer"
    BUSY = "503 instead of doing it"
    DONE_BUSY = "done, and answered with 503"
    EXISTS = "412 instead of doing it"
    DRIP = "the answer in drips"


DRIPS = 12
PACE = 0.01  # seconds between drips
TOLD = {Fault.BUSY: 503, Fault.DONE_BUSY: 503, Fault.EXISTS: 412}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    headers: Sequence[tuple[str, str]] = ()
    content: bytes = b""


Choose = Callable[[int], Fault | None]
"""Given the number of a request (from 0), what befalls it."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    door: "Between"

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer every method, GET and PUT and what else there is, alike."""
        if name.startswith("do_"):
            return self._pass_on
        raise AttributeError(name)

    def handle_one_request(self) -> None:
        self.close_connection = True
        with suppress(ConnectionError, TimeoutError):
            super().handle_one_request()

    def log_message(self, *_told: object) -> None:
        """Say nothing: what passes is nobody's to read."""

    def _pass_on(self) -> None:
        fault = self.door.next_fault()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        match fault:
            case Fault.REFUSED:
                self._hang_up()
            case Fault.TORN:
                self._tear(body)
                self._hang_up()
            case Fault.BUSY | Fault.EXISTS:
                self._say(Answer(TOLD[fault]))
            case Fault.UNANSWERED:
                self._ask(body)
                self._hang_up()
            case Fault.DONE_BUSY:
                self._ask(body)
                self._say(Answer(TOLD[fault]))
            case _:
                self._say(self._ask(body), fault)

    def _ask(self, body: bytes) -> Answer:
        """Let the server behind do it, and return its answer."""
        there = HTTPConnection("127.0.0.1", self.door.behind, timeout=60)
        there.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in ("connection", "expect"):
                there.putheader(name, value)
        there.endheaders(body)
        answer = there.getresponse()
        told = Answer(answer.status, answer.getheaders(), answer.read())
        there.close()
        return told

    def _tear(self, body: bytes) -> None:
        """Let the server behind see half of the request and no more."""
        lines = [f"{self.command} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        with socket.create_connection(("127.0.0.1", self.door.behind), timeout=60) as there:
            there.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body[: len(body) // 2])

    def _say(self, answer: Answer, fault: Fault | None = None) -> None:
        self.send_response_only(answer.status)
        told = {name.lower(): value for name, value in answer.headers}
        told.setdefault("content-length", str(len(answer.content)))
        for name, value in told.items():
            if name not in ("connection", "transfer-encoding"):
                self.send_header(name, value)
        self.end_headers()
        if fault is Fault.HALVED:
            self.wfile.write(answer.content[: len(answer.content) // 2])
            self._hang_up()
        elif fault is Fault.DRIP:
            self._drip(answer.content)
        else:
            self.wfile.write(answer.content)

    def _drip(self, content: bytes) -> None:
        step = max(1, len(content) // DRIPS)
        for start in range(0, len(content), step):
            self.wfile.write(content[start : start + step])
            time.sleep(PACE)

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class Between:
    """Listens on a port of its own; `with Between(port) as door: door.choose = …`."""

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self._choose: Choose = lambda _number: None
        self._numbers = count()
        handler = type("Handler", (_Handler,), {"door": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.spoilt = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def spoil(self, choose: Choose) -> None:
        """Choose anew what befalls each request, counting from the next one."""
        self._numbers, self._choose, self.spoilt = count(), choose, 0

    def next_fault(self) -> Fault | None:
        """Return what befalls the request that has just come."""
        fault = self._choose(next(self._numbers))
        self.spoilt += fault is not None
        return fault

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
