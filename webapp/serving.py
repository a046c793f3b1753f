"""Serving the site from this process: waitress on a port that was looked at first."""

import socket

from flask import Flask
from waitress.server import create_server

THREADS = 8


class PortTaken(Exception):
    """The port belongs to another program; the text says what to do."""


def take_port(port: int) -> socket.socket:
    """Return a socket bound to this port on this machine alone, or raise PortTaken."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        taken.close()
        raise PortTaken(
            f"Port {port} is taken by another program. "
            f"Stop that program, or choose another port: PORT={port + 1} make run"
        ) from None
    return taken


def serve(app: Flask, bound: socket.socket) -> None:
    """Serve until somebody presses Ctrl-C, then let the requests at work finish."""
    server = create_server(app, sockets=[bound], threads=THREADS, ident=None)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
