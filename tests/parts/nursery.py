"""Real processes of the house, started in milliseconds: forked from one that has imported all.

What runs is `python -m bot` and gunicorn themselves, by their own `main`; only their imports (over
a second each) are done once. Each has a group of its own and is killed with everything in it.
"""

import contextlib
import importlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

PRELOADED = (
    *("bot.__main__", "webapp", "storage.accounts", "storage.pictures", "storage.ticking"),
    *("gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "storage.demo", "pytest"),
)
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.parts.nursery_preload"])


class Member:
    """One process of the house with its group."""

    def __init__(self, what: str, environ: Mapping[str, str], log: Path) -> None:
        self._child = CONTEXT.Process(target=_be, args=(what, dict(environ), str(log)))
        self._child.start()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.is_alive()

    def kill(self) -> None:
        """End it and all its children at once, as a power cut would."""
        pid = self._child.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)  # it may not have its group yet
        self._child.join(10)


@contextlib.contextmanager
def running(what: str, environ: Mapping[str, str], log: Path) -> Iterator[Member]:
    """Run "bot", "worker" or "site" and kill it at the end."""
    member = Member(what, environ, log)
    try:
        yield member
    finally:
        member.kill()


def _be(what: str, environ: dict[str, str], log: str) -> None:
    os.setpgid(0, 0)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(Path(log).parent)
    module = {"bot": "bot.__main__", "worker": "storage.__main__"}.get(what)
    sys.exit(_main_of(module) if module else _site(environ["PORT"]))


def _main_of(module: str) -> int:
    return int(importlib.import_module(module).main())


def _site(port: str) -> int:
    sys.argv = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4", "wsgi:app"]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    importlib.import_module("gunicorn.app.wsgiapp").run()
    return 0
