"""A real OpenStack Swift with its S3 interface on loopback, and its faults on demand."""

import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import boto3
from botocore.config import Config

from tests.parts.installed import installed
from tests.parts.missing import MissingPartError
from tests.parts.process import Process, clean_environment, free_ports, wait_until
from tests.parts.swift_settings import SERVERS, write_settings, write_tls_proxy

ALL = (*SERVERS, "proxy")


class Swift:
    """Account, container, object and proxy server under one folder; `with Swift(folder) as swift:`.

    Swift is eventually consistent and ignores If-Match on PUT; If-None-Match: * holds.
    """

    user, key = "test:tester", "testing"
    other_user, other_key = "other:other", "othering"
    s3_access_key, s3_secret_key = user, key
    region = "us-east-1"

    def __init__(self, folder: Path, *, say: Callable[[str], None] = print) -> None:
        self._folder = folder
        self._say = say
        self._servers: dict[str, Process] = {}
        self._ports: dict[str, int] = {}

    @property
    def port(self) -> int:
        """Where its proxy listens."""
        return self._ports["proxy"]

    @property
    def auth_url(self) -> str:
        """Where a client signs in (v1 auth)."""
        return f"{self.s3_url}/auth/v1.0"

    @property
    def s3_url(self) -> str:
        """The endpoint of the S3 interface; path-style addresses only."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """What the project is told to sign in to it."""
        return {"ST_AUTH": self.auth_url, "ST_USER": self.user, "ST_KEY": self.key}

    @property
    def s3_settings(self) -> dict[str, str]:
        """What the project is told to use its S3 interface."""
        return {
            "S3_ENDPOINT_URL": self.s3_url,
            "AWS_ACCESS_KEY_ID": self.s3_access_key,
            "AWS_SECRET_ACCESS_KEY": self.s3_secret_key,
            "AWS_REGION": self.region,
        }

    def new_bucket(self) -> str:
        """Return the name of a new, empty bucket of its S3 interface."""
        client = boto3.client(
            "s3",
            endpoint_url=self.s3_url,
            aws_access_key_id=self.s3_access_key,
            aws_secret_access_key=self.s3_secret_key,
            region_name=self.region,
            verify=False,
            config=Config(s3={"addressing_style": "path"}),
        )
        name = f"bucket-{os.urandom(8).hex()}"
        client.create_bucket(Bucket=name)
        client.close()
        return name

    @property
    def etc(self) -> Path:
        """The folder of its settings: what another proxy over the same servers reads."""
        return self._etc

    @property
    def devices(self) -> Path:
        """The folder under which every stored byte lies."""
        return self._folder / "devices"

    def object_files(self) -> list[Path]:
        """Return the files that hold the stored objects' bytes, to read, alter or remove."""
        return sorted(self.devices.glob("*/objects/**/*.data"))

    def kill(self, server: str) -> None:
        """End one of the four servers as a power cut would."""
        self._servers[server].kill()

    def pause(self) -> None:
        """Stop the proxy in its tracks: connections open, nothing answers."""
        self._servers["proxy"].send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused proxy go on."""
        self._servers["proxy"].send(signal.SIGCONT)

    def open_tls_door(self, certificate: Path, key: Path) -> int:
        """Start one more proxy, with this certificate, and return its port."""
        (port,) = free_ports(1)
        write_tls_proxy(self._etc, port, certificate=certificate, key=key, region=self.region)
        self._ports["tls-proxy"] = port
        self._launch("tls-proxy")
        return port

    def heal(self) -> None:
        """Bring back whatever was killed or paused, on the same ports, with what was stored."""
        self.resume()
        for name in ALL:
            if not self._servers[name].alive:
                self._launch(name)
        self._wait()

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
        """Install Swift where needed, start the four servers and return when they answer (3 s)."""
        self._programs = installed("swift", self._say)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._check_extended_attributes()
        self._ports = dict(zip(ALL, free_ports(len(ALL)), strict=True))
        self._etc = write_settings(self._folder, self._ports, region=self.region)
        for name in SERVERS:
            self._build_ring(name)
        for name in ALL:
            self._launch(name)
        self._wait()

    def stop(self) -> None:
        """End the servers; what they stored stays in the folder."""
        for server in self._servers.values():
            server.stop()

    def _check_extended_attributes(self) -> None:
        try:
            os.setxattr(self._folder, "user.swift", b"1")
        except OSError:
            raise MissingPartError(
                "Swift keeps metadata in extended attributes, and the temporary folder has none:"
                " pytest --basetemp=FOLDER on an ordinary disk"
            ) from None

    def _build_ring(self, name: str) -> None:
        tool, builder = self._programs / "swift-ring-builder", self._etc / f"{name}.builder"
        device = f"r1z1-127.0.0.1:{self._ports[name]}/d1"
        for step in (["create", "6", "1", "0"], ["add", device, "1"], ["rebalance"]):
            subprocess.run(
                [tool, builder, *step], check=True, capture_output=True, env=self._environment()
            )

    def _environment(self) -> dict[str, str]:
        return clean_environment(PYTHONWARNINGS="ignore", PYTHONPATH=str(self._etc))

    def _launch(self, name: str) -> None:
        program = self._programs / f"swift-{name.removeprefix('tls-')}-server"
        settings = self._etc / f"{name}-server.conf"
        self._servers[name] = Process(
            [self._programs / "python", self._etc / "launch.py", self._etc, program, settings],
            log=self._folder / f"{name}.log",
            env=self._environment(),
        )

    def _wait(self) -> None:
        for name, server in self._servers.items():
            if not wait_until(lambda n=name: self._answers(n), seconds=90):
                words = server.last_words()
                self.stop()
                raise RuntimeError(f"Swift's {name} server did not start: {words}")

    def _answers(self, name: str) -> bool:
        if not self._servers[name].alive:
            return False
        url = f"http://127.0.0.1:{self._ports[name]}/healthcheck"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False
