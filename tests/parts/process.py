"""One server process: its own log, stopped by its own id, never outliving the tests."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path


def free_ports(count: int) -> list[int]:
    """Return this many different loopback ports that nobody listens on just now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_until(ready: Callable[[], bool], *, seconds: float) -> bool:
    """Ask until the answer is yes; return False when the time is over."""
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


class Process:
    """A server in a process of its own; `user` is whom a root shell steps down to."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self.log = log
        # Asked of the kernel, so that nothing is left behind even by a killed test run; and a run
        # in the background, where Ctrl-C is ignored, must not hand that on.
        dies_with_us = ["setpriv", "--pdeathsig", "TERM", "env", "--default-signal=INT"]
        if not shutil.which("setpriv"):
            dies_with_us = []
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                [*dies_with_us, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                cwd=log.parent,
                process_group=0,
            )

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Send one signal to this process, if it still runs."""
        self._child.send_signal(number)

    def stop(self, polite: signal.Signals = signal.SIGTERM, *, seconds: float = 10) -> None:
        """End the process politely, then by force; return when it is gone."""
        self.send(signal.SIGCONT)
        self.send(polite)
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process as a power cut would; return when it is gone."""
        self._child.kill()
        self._child.wait()

    def last_words(self, lines: int = 8) -> str:
        """Return the end of its log, for the message of a failed start."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def clean_environment(**more: str) -> dict[str, str]:
    """Return our environment without the settings that would lead a server or client astray."""
    unwanted = ("PG", "AWS_", "OS_", "ST_", "PYTHON")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    return kept | more
