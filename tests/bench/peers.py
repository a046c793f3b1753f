"""Others' programs, brought into a folder of parts from Debian and npm and run there."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


class PeerMissing(Exception):
    """Raised when a peer cannot be installed or run; the row says so."""


@dataclass(frozen=True, slots=True)
class Work:
    """The files somebody read, and the seconds of work they took together."""

    files: tuple[str, ...]
    seconds: float


def dom4j(parts: Path, files: Sequence[Path]) -> Work:
    """Return how long dom4j works on the files, parsed and walked, once it is warm."""
    folder = parts / "dom4j"
    jar = folder / "usr/share/java/dom4j.jar"
    if not jar.exists():
        _debian(folder, "libdom4j-java")
    java = shutil.which("java") or str(next(iter(_jdk(parts)), "java"))
    return _run([java, "-cp", str(jar), str(HERE / "Dom4jWalk.java")], files, parts)


def blue_button(parts: Path, files: Sequence[Path]) -> Work:
    """Return how long the npm package works on the files it can read."""
    folder = parts / "blue-button"
    if not (folder / "node_modules/@amida-tech/blue-button").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _call(["npm", "init", "--yes"], folder)
        _call(["npm", "install", "--no-audit", "--no-fund", "@amida-tech/blue-button"], folder)
    return _run(["node", str(HERE / "blue_button.js"), str(folder)], files, parts)


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


def _run(command: Sequence[str], files: Sequence[Path], parts: Path) -> Work:
    """Run a peer over files whose paths it reads from a list."""
    listed = parts / "files.txt"
    listed.write_text("\n".join(str(one.resolve()) for one in files))
    lines = _call([*command, str(listed)], parts).splitlines()
    told = json.loads(lines[-1]) if lines else {}
    if not told.get("read"):
        raise PeerMissing("it read none of the files")
    return Work(tuple(str(files[number].resolve()) for number in told["read"]), told["seconds"])


def _call(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=1500
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerMissing(f"{command[0]}: {error}") from error
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise PeerMissing(f"{command[0]}: {' '.join(last)}")
    return done.stdout
