"""A private PostgreSQL cluster, empty at the start and gone at the end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from tests.parts.missing import MissingPartError
from tests.parts.process import Process, clean_environment, free_ports, wait_until

HOW_TO_GET_IT = "no PostgreSQL server here. On Debian: apt-get install postgresql"

# Durability is not what these tests measure; whoever claims it starts a cluster without these.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries() -> Path:
    """Return the folder that holds initdb and postgres, newest first, or say how to get it."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True
    )
    if asked := shutil.which("pg_config"):
        answer = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise MissingPartError(HOW_TO_GET_IT)


class Postgres:
    """A cluster of its own on a free loopback port; `with Postgres() as postgres:`."""

    OWNER = "kanglu"
    SITE = "kanglu_site"

    def __init__(self) -> None:
        self._numbers = count(1)
        self.port = 0

    @property
    def url(self) -> str:
        """The URL of the maintenance database, as the superuser."""
        return self._url("postgres", "postgres")

    def _url(self, user: str, database: str) -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Create an empty database and return its URL, as its owner, who is no superuser.

        A superuser passes every row-level policy, so tests never sign in as one by accident.
        """
        name = f"test_{next(self._numbers)}"
        self._as_superuser(f"CREATE DATABASE {name} OWNER {self.OWNER}")
        return self._url(self.OWNER, name)

    def copy_of(self, url: str) -> str:
        """Create a copy of a database nobody is connected to, and return its URL."""
        name = f"test_{next(self._numbers)}"
        original = url.rpartition("/")[2]
        self._as_superuser(f"CREATE DATABASE {name} TEMPLATE {original} OWNER {self.OWNER}")
        return self._url(self.OWNER, name)

    def as_the_site(self, url: str) -> str:
        """Return the URL of a house for a login of the site's own, which owns nothing in it."""
        self._as_superuser(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{self.SITE}') THEN"
            f" CREATE ROLE {self.SITE} LOGIN NOSUPERUSER IN ROLE kanglu_app; END IF; END $$"
        )
        return self._url(self.SITE, url.rpartition("/")[2])

    def _as_superuser(self, statement: str) -> None:
        place = self.url.replace("+psycopg", "")
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(statement.encode())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Make the cluster, start its server and return when it answers (about a second)."""
        binaries = find_binaries()
        # The server refuses to run as root, and whoever it runs as cannot enter pytest's folder,
        # which is closed to others; socket paths must be short as well. Hence a folder of its own.
        self._user = self._step_down()
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        if self._user:
            shutil.chown(self._folder, self._user)
        self._initialise(binaries)
        (self.port,) = free_ports(1)
        self._server = Process(
            self._command(binaries),
            log=self._folder / "log",
            env=clean_environment(),
            user=self._user,
        )
        if not wait_until(self._answers, seconds=30):
            words = self._server.last_words()
            self.stop()
            raise RuntimeError(f"PostgreSQL did not start: {words}")
        self._as_superuser(f"CREATE ROLE {self.OWNER} LOGIN NOSUPERUSER CREATEROLE CREATEDB")

    def stop(self) -> None:
        """End the server and remove the cluster."""
        self._server.stop(signal.SIGINT)  # a "fast" shutdown: it does not wait for sessions
        shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def _step_down() -> str | None:
        if os.getuid() != 0:
            return None
        try:
            return pwd.getpwnam("postgres").pw_name
        except KeyError:
            raise MissingPartError(f"{HOW_TO_GET_IT} (it makes the user postgres)") from None

    def _initialise(self, binaries: Path) -> None:
        command = [
            binaries / "initdb",
            "-D",
            self._folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
        ]
        subprocess.run(
            [*command, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True,
            capture_output=True,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
            cwd=self._folder,
            env=clean_environment(),
        )

    def _command(self, binaries: Path) -> list[str | Path]:
        settings = ("listen_addresses=127.0.0.1", "max_connections=200", *FAST)
        options = [part for setting in settings for part in ("-c", setting)]
        place = ["-D", self._folder / "data", "-k", self._folder, "-p", str(self.port)]
        return [binaries / "postgres", *place, *options]

    def _answers(self) -> bool:
        if not self._server.alive:
            raise RuntimeError(f"PostgreSQL ended at once: {self._server.last_words()}")
        try:
            self._as_superuser("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True
