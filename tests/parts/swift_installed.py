"""The Swift server's own environment, installed at its first use."""

import fcntl
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from tests.parts.missing import MissingPartError

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("swift-requirements.txt")
HOW_TO_GET_IT = (
    "no OpenStack Swift here, and pip could not install it: it needs the package registry once"
    " (python3-venv too), after which .parts/swift serves offline"
)


def installed(say: Callable[[str], None]) -> Path:
    """Return the folder of Swift's programs, installing them first where they are not there yet."""
    place = REPOSITORY / ".parts" / "swift"
    ready = place / "ready"
    place.mkdir(parents=True, exist_ok=True)
    with (place.parent / "swift.lock").open("w") as lock:  # two test runs may start at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = REQUIREMENTS.read_text()
        if not ready.exists() or ready.read_text() != wanted:
            say("Installing OpenStack Swift in .parts/swift (once, about 10 s) …")
            _install(place)
            ready.write_text(wanted)
    return place / "bin"


def _install(place: Path) -> None:
    pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet"]
    quietly = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        venv.create(place, clear=True, with_pip=True)
        subprocess.run(
            [*pip, "-r", REQUIREMENTS], check=True, env=quietly, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        last = str(error.stderr or error).strip().splitlines()[-1]
        print(f"pip said: {last}", file=sys.stderr)
        raise MissingPartError(HOW_TO_GET_IT) from error
