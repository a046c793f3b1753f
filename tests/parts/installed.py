"""Servers that come as Python packages: each in an environment of its own, made at first use."""

import fcntl
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from tests.parts.missing import MissingPartError

REPOSITORY = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


def installed(name: str, say: Callable[[str], None]) -> Path:
    """Return the folder of a server's programs, installing them first where they are not yet.

    Its pins stand in NAME-requirements.txt beside this file.
    """
    place = REPOSITORY / ".parts" / name
    ready, requirements = place / "ready", HERE / f"{name}-requirements.txt"
    place.mkdir(parents=True, exist_ok=True)
    with (place.parent / f"{name}.lock").open("w") as lock:  # two test runs may start at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = requirements.read_text()
        if not ready.exists() or ready.read_text() != wanted:
            say(f"Installing {name.capitalize()} in .parts/{name} (once, 10 to 20 s) …")
            _install(name, place, requirements)
            ready.write_text(wanted)
    return place / "bin"


def _install(name: str, place: Path, requirements: Path) -> None:
    pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet"]
    quietly = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        venv.create(place, clear=True, with_pip=True)
        subprocess.run(
            [*pip, "-r", requirements], check=True, env=quietly, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        last = str(error.stderr or error).strip().splitlines()[-1]
        print(f"pip said: {last}", file=sys.stderr)
        raise MissingPartError(
            f"no OpenStack {name.capitalize()} here, and pip could not install it: it needs the"
            f" package registry once (python3-venv too), after which .parts/{name} serves offline"
        ) from error


if __name__ == "__main__":  # CI installs them beside the rest: python3 -m tests.parts.installed
    for part in sys.argv[1:]:
        installed(part, print)
