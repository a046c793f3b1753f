"""The door between: what befalls a request is what it says, and the server behind sees as much."""

import http.client
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.parts.between import Between, Fault

SAID = b"what the server says " * 9


@pytest.fixture
def seen() -> list[int]:
    """Return the lengths of the bodies that came whole."""
    return []


@pytest.fixture
def door(seen: list[int]) -> Iterator[Between]:
    class Behind(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            length = int(self.headers["Content-Length"])
            if len(self.rfile.read(length)) == length:
                seen.append(length)
                self.send_response(201)
                self.end_headers()
                self.wfile.write(SAID)

        def log_message(self, *_told: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Behind)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    with Between(server.server_address[1]) as opened:
        yield opened
    server.shutdown()
    server.server_close()


def put(door: Between) -> tuple[int, bytes]:
    there = http.client.HTTPConnection("127.0.0.1", door.port, timeout=10)
    try:
        there.request("PUT", "/thing", body=b"x" * 1000)
        answer = there.getresponse()
        return answer.status, answer.read()
    finally:
        there.close()


def test_what_is_not_spoilt_passes(door: Between, seen: list[int]) -> None:
    assert put(door) == (201, SAID)
    assert (seen, door.spoilt) == ([1000], 0)


@pytest.mark.parametrize(
    ("fault", "done"),
    [(Fault.REFUSED, False), (Fault.TORN, False), (Fault.UNANSWERED, True), (Fault.HALVED, True)],
)
def test_what_is_cut_off_is_done_or_not(
    door: Between, seen: list[int], fault: Fault, done: bool
) -> None:
    door.spoil(lambda number: fault if number == 0 else None)
    with pytest.raises((http.client.HTTPException, OSError)):
        put(door)
    assert put(door) == (201, SAID)
    assert (len(seen), door.spoilt) == (1 + done, 1)


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [(Fault.BUSY, 503, False), (Fault.DONE_BUSY, 503, True), (Fault.EXISTS, 412, False)],
)
def test_what_is_answered_with_a_fault_is_done_or_not(
    door: Between, seen: list[int], fault: Fault, status: int, done: bool
) -> None:
    door.spoil(lambda _number: fault)
    assert put(door)[0] == status
    assert len(seen) == done


def test_drips_are_the_whole_answer(door: Between) -> None:
    door.spoil(lambda _number: Fault.DRIP)
    assert put(door) == (201, SAID)
