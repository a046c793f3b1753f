"""A real Keystone v3 on loopback, and a second door to the tests' Swift that asks it."""

import base64
import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.parts.installed import installed
from tests.parts.process import Process, clean_environment, free_ports, wait_until
from tests.parts.swift import Swift
from tests.parts.swift_settings import write_keystone_proxy

SETTINGS = """\
[DEFAULT]
log_file = {folder}/keystone.log
[database]
connection = sqlite:///{folder}/keystone.db
[identity]
password_hash_rounds = 4
[token]
provider = fernet
[fernet_tokens]
key_repository = {folder}/fernet
[fernet_receipts]
key_repository = {folder}/fernet
[credential]
key_repository = {folder}/credential
"""
PROGRAM = """\
import sys
sys.argv = ["keystone"]
from keystone.wsgi.api import application
"""
# Run once by Keystone's own Python: its tables, then its first administrator. Its commands work
# once a process, and importing them takes seconds: so each in a fork.
PREPARE = """\
import os, sys
from keystone.cmd.cli import main
settings, url, password, region = sys.argv[1:]
bootstrap = ["bootstrap", "--bootstrap-password", password, "--bootstrap-region-id", region]
for door in ("public", "internal", "admin"):
    bootstrap += [f"--bootstrap-{door}-url", url]
for words in (["db_sync"], bootstrap):
    child = os.fork()
    if not child:
        main(argv=["keystone-manage", *words], developer_config_file=settings)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{words[0]} failed")
"""


class Keystone:
    """Keystone and a Swift proxy behind it; passwords and application credentials open it."""

    admin_password, swift_password = "admin-tests", "swift-tests"
    user, password, project = "clinic", "clinic-tests", "patients"
    region = "RegionOne"

    def __init__(self, folder: Path, swift: Swift, *, say: Callable[[str], None] = print) -> None:
        self._folder = folder
        self._swift = swift
        self._say = say
        self._servers: list[Process] = []
        self._token = ""

    @property
    def auth_url(self) -> str:
        """Where a client signs in."""
        return f"http://127.0.0.1:{self._port}/v3"

    def start(self) -> None:
        """Install where needed, start both and return when they answer."""
        self._programs = installed("keystone", self._say)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._port, proxy = free_ports(2)
        self._prepare()
        self._launch("keystone", [self._programs / "gunicorn", *self._gunicorn()])
        door = write_keystone_proxy(
            self._swift.etc, proxy, keystone=self.auth_url, password=self.swift_password
        )
        python, launch = self._programs / "python", self._swift.etc / "launch.py"
        program = self._programs / "swift-proxy-server"
        self._launch("proxy", [python, launch, self._swift.etc, program, door])
        self._wait(self.auth_url)
        self._enter_people(proxy)
        self._wait(f"http://127.0.0.1:{proxy}/healthcheck")

    def stop(self) -> None:
        """End both."""
        for server in self._servers:
            server.stop()

    def application_credential(self, name: str) -> tuple[str, str]:
        """Return the id and secret of a new application credential of the clinic's user."""
        self._sign_in(self.user, self.password, self.project)
        me = self._ask("GET", "/auth/tokens", subject=self._token)["token"]["user"]["id"]
        wish = {"application_credential": {"name": name}}
        made = self._ask("POST", f"/users/{me}/application_credentials", wish)
        credential = made["application_credential"]
        return credential["id"], credential["secret"]

    def _prepare(self) -> None:
        settings = self._folder / "keystone.conf"
        settings.write_text(SETTINGS.format(folder=self._folder))
        for name in ("fernet", "credential"):
            (self._folder / name).mkdir(mode=0o700)
            for number in ("0", "1"):
                key = base64.urlsafe_b64encode(os.urandom(32))
                (self._folder / name / number).write_bytes(key)
        (self._folder / "program.py").write_text(PROGRAM)
        subprocess.run(
            [
                *(self._programs / "python", "-c", PREPARE, settings),
                *(self.auth_url, self.admin_password, self.region),
            ],
            check=True,
            capture_output=True,
            env=self._environment(),
        )

    def _gunicorn(self) -> list[str]:
        address = f"127.0.0.1:{self._port}"
        place = ["--no-control-socket", "--pythonpath", str(self._folder), "--bind", address]
        return [*place, "--workers", "1", "--threads", "4", "program:application"]

    def _environment(self) -> dict[str, str]:
        return clean_environment(
            OS_KEYSTONE_CONFIG_DIR=str(self._folder),
            PYTHONWARNINGS="ignore",
            PYTHONPATH=str(self._swift.etc),
        )

    def _launch(self, name: str, command: list[str | Path]) -> None:
        log = self._folder / f"{name}.out"
        self._servers.append(Process(command, log=log, env=self._environment()))

    def _wait(self, url: str) -> None:
        if not wait_until(lambda: self._answers(url), seconds=60):
            words = "\n".join(server.last_words() for server in self._servers)
            self.stop()
            raise RuntimeError(f"Keystone or its Swift proxy did not start: {words}")

    def _answers(self, url: str) -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def _enter_people(self, proxy: int) -> None:
        self._sign_in("admin", self.admin_password, "admin")
        roles = {one["name"]: one["id"] for one in self._ask("GET", "/roles")["roles"]}
        self._enter("swift", self.swift_password, "service", roles["admin"])
        self._enter(self.user, self.password, self.project, roles["member"])
        service = {"service": {"name": "swift", "type": "object-store"}}
        store = self._ask("POST", "/services", service)["service"]["id"]
        url = f"http://127.0.0.1:{proxy}/v1/AUTH_$(project_id)s"
        door = {"interface": "public", "region_id": self.region, "service_id": store, "url": url}
        self._ask("POST", "/endpoints", {"endpoint": door})

    def _enter(self, name: str, password: str, project: str, role: str) -> None:
        wish = {"project": {"name": project, "domain_id": "default"}}
        its = self._ask("POST", "/projects", wish)["project"]["id"]
        user = {"user": {"name": name, "password": password, "domain_id": "default"}}
        who = self._ask("POST", "/users", user)["user"]["id"]
        self._ask("PUT", f"/projects/{its}/users/{who}/roles/{role}")

    def _sign_in(self, name: str, password: str, project: str) -> None:
        who = {"name": name, "password": password, "domain": {"id": "default"}}
        identity = {"methods": ["password"], "password": {"user": who}}
        scope = {"project": {"name": project, "domain": {"id": "default"}}}
        self._ask("POST", "/auth/tokens", {"auth": {"identity": identity, "scope": scope}})

    def _ask(
        self, method: str, path: str, body: Mapping[str, object] | None = None, subject: str = ""
    ) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "X-Auth-Token": self._token}
        headers |= {"X-Subject-Token": subject} if subject else {}
        content = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.auth_url}{path}", content, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            self._token = answer.headers.get("X-Subject-Token") or self._token
            return json.loads(answer.read() or b"{}")
