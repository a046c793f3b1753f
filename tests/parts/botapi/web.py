"""The HTTP side: requests in any of the Bot API's encodings, answers, and faults on the way."""

import json
import select
import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.formparser import parse_form_data

from tests.parts.botapi.faults import ApiError, Fault
from tests.parts.botapi.methods import METHODS, Parameters
from tests.parts.botapi.receiving import RECEIVING
from tests.parts.botapi.state import Call, File, State

HELD = 60.0  # seconds an unanswered caller is held at most; callers give up long before

# The parameters that are JSON inside a form; every other one stays text.
JSON_PARAMETERS = {
    *("allowed_updates", "commands", "entities", "caption_entities", "reaction", "reply_markup"),
    *("reply_parameters", "scope", "link_preview_options"),
}


class Server(ThreadingHTTPServer):
    """The listening server; one thread a connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, state: State) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.state = state
        self._open: set[socket.socket] = set()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take a connection and remember it."""
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, also the idle ones kept alive."""
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet about callers who hung up; they are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """One connection of a bot."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Write nothing: the path holds the token."""

    def do_GET(self) -> None:
        """Answer a call, or hand out a file."""
        self._answer()

    def do_POST(self) -> None:
        """Answer a call."""
        self._answer()

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        try:
            given = self._parameters()
            if path.startswith("/file/bot"):
                self._reply(
                    200, self._file(path.removeprefix("/file/bot")), "application/octet-stream"
                )
                return
            token, _, method = path.removeprefix("/bot").partition("/")
            self.server.state.check_token(token)
            self._call(method, given)
        except ApiError as error:
            self._refuse(error.code, error.description, error.parameters)

    def _call(self, method: str, given: Parameters) -> None:
        state = self.server.state
        function = (METHODS | RECEIVING).get(method.lower())
        with state.changed:
            state.calls.append(Call(method, given, time.monotonic()))
            fault = state.take_fault(method)
            state.changed.notify_all()
            if function is None:
                raise ApiError(404, "Not Found: method not found")
            result = None
            if fault is None or fault.accepts:
                result = self._done(method, given)
        if fault is None:
            self._reply(200, json.dumps({"ok": True, "result": result}).encode())
        else:
            self._misbehave(fault)

    def _done(self, method: str, given: Parameters) -> Any:
        state = self.server.state
        try:
            return (METHODS | RECEIVING)[method.lower()](state, given)
        except (KeyError, ValueError) as error:
            raise ApiError(400, f"Bad Request: wrong or missing parameter {error}") from None
        finally:
            state.changed.notify_all()

    def _misbehave(self, fault: Fault) -> None:
        if not fault.answers:
            self._hold()
        elif fault.body is not None:
            self._reply(fault.status, fault.body)
        else:
            self._refuse(fault.status, fault.description, fault.parameters or {})

    def _hold(self) -> None:
        """Keep the caller waiting until it gives up or the server stops, then hang up."""
        self.close_connection = True
        until = time.monotonic() + HELD
        while time.monotonic() < until and not self.server.state.stopping:
            if select.select([self.connection], [], [], 0.05)[0]:
                return

    def _file(self, rest: str) -> bytes:
        token, _, path = rest.partition("/")
        state = self.server.state
        state.check_token(token)
        with state.changed:
            for file in state.files.values():
                if file.path == path:
                    return file.content
        raise ApiError(404, "Not Found")

    def _parameters(self) -> Parameters:
        length = int(self.headers.get("Content-Length") or 0)
        kind = self.headers.get("Content-Type") or ""
        given: Parameters = dict(parse_qsl(urlsplit(self.path).query))
        if kind.startswith("application/json"):
            return given | json.loads(self.rfile.read(length))
        environ = {
            "wsgi.input": self.rfile,
            "CONTENT_LENGTH": str(length),
            "CONTENT_TYPE": kind,
            "REQUEST_METHOD": "POST",
        }
        _, fields, files = parse_form_data(environ)
        given |= fields.to_dict()
        for name, file in files.items():
            given[name] = File("", file.filename or "file", file.read())
            file.close()
        return {name: _decoded(name, value) for name, value in given.items()}

    def _refuse(self, code: int, words: str, parameters: dict[str, Any]) -> None:
        body: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
        if parameters:
            body["parameters"] = parameters
        self._reply(code, json.dumps(body).encode())

    def _reply(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _decoded(name: str, value: Any) -> Any:
    if name not in JSON_PARAMETERS or not isinstance(value, str):
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
    try:
        return json.loads(value)
    except ValueError:
        raise ApiError(400, f"Bad Request: can't parse {name} JSON object") from None
