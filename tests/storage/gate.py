"""A gate before a real server: open, shut, or losing an answer on its way back."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Gate:
    """Forward TCP connections to a server until told otherwise."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._behind = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = parts._replace(netloc=f"127.0.0.1:{self.port}").geturl()
        self._lose_answers_to = b""
        self._live: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def shut(self) -> None:
        """End every connection and take no more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for live in self._live:
            _end(live)

    def lose_next_answer(self, method: bytes) -> None:
        """Let the next request of this method through, and cut the line before its answer."""
        self._lose_answers_to = method

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._behind)
                self._live += [near, far]
                losing = threading.Event()
                for one, other, way in ((near, far, True), (far, near, False)):
                    threading.Thread(
                        target=self._carry, args=(one, other, way, losing), daemon=True
                    ).start()

    def _carry(
        self, source: socket.socket, sink: socket.socket, inward: bool, losing: threading.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                if inward and self._lose_answers_to and chunk.startswith(self._lose_answers_to):
                    self._lose_answers_to = b""
                    losing.set()
                # The answer that only says "go on" is not the one to lose.
                if not inward and losing.is_set() and not chunk.startswith(b"HTTP/1.1 100"):
                    break
                sink.sendall(chunk)
        _end(source)
        _end(sink)


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
