"""The master keys a process accepts: the one in use, and while it is changed the one before.

They come from MASTER_KEY, or from the file that MASTER_KEY_FILE names; `python -m
storage.masterkeys` makes the first one of a new house.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from storage.guards import chosen_guard, guard_for
from storage.masterkey import (
    MasterKeyRefused,
    fresh_key,
    make_master_key,
    read_lines,
    write_lines,
)
from storage.settings import read_environment, read_settings
from storage.stores.address import UnreadableSetting

HOW = (
    "MASTER_KEY holds one key: make a new one with python -m storage.masterkeys; set old,new and "
    "restart every process, then new,old and restart them again, and run this once more."
)


class AcceptedKeys(Protocol):
    """The master keys: the one in use, and while it is changed the one before."""

    @property
    def in_use(self) -> bytes:
        """The key with which new keys are wrapped."""

    @property
    def accepted(self) -> Sequence[bytes]:
        """Every key that may still open something, the newest first."""

    def look_again(self) -> bool:
        """Read them once more and say whether they have changed."""


class KeyPlace(Protocol):
    """Where master keys are written, the one in use first."""

    where: str

    def lines(self) -> tuple[str, ...]:
        """Return the keys as they are written there now, or raise MasterKeyRefused."""

    def begin(self, written: str) -> None:
        """Put a new key before those that are there, or raise MasterKeyRefused."""

    def finish(self) -> str:
        """Leave the first key alone; return what is left for the operator to do."""


class KeyFile:
    """A file of one key a line; every process sees a change of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)

    def lines(self) -> tuple[str, ...]:
        """Return the keys as they are written there now, or raise MasterKeyRefused."""
        return read_lines(self.path)

    def begin(self, written: str) -> None:
        """Put a new key before those that are there."""
        write_lines(self.path, [written, *self.lines()])

    def finish(self) -> str:
        """Leave the first key alone."""
        write_lines(self.path, self.lines()[:1])
        return f"Copy {self.path} to its safe place now, and keep the old copy for old dumps."


class KeySetting:
    """The setting MASTER_KEY, with commas; a process sees a change of it when it starts anew."""

    where = "MASTER_KEY"

    def __init__(self, value: str) -> None:
        self.value = value

    def lines(self) -> tuple[str, ...]:
        """Return the keys of the setting."""
        return tuple(one.strip() for one in self.value.split(","))

    def begin(self, written: str) -> None:
        """Say that the operator begins."""
        raise MasterKeyRefused(HOW)

    def finish(self) -> str:
        """Say how the operator ends it."""
        return "Now set MASTER_KEY to its first key alone and restart every process."


class MasterKeys:
    """The accepted keys, opened once each; `in_use` wraps, all of them unwrap."""

    def __init__(self, place: KeyPlace, settings: Mapping[str, str]) -> None:
        self.place = place
        self._settings = settings
        self._opened: dict[str, bytes] = {}
        self._lines: tuple[str, ...] = ()
        self.look_again()

    @property
    def in_use(self) -> bytes:
        """The key with which new things are wrapped."""
        return self._opened[self._lines[0]]

    @property
    def accepted(self) -> Sequence[bytes]:
        """Every key that may still open something, the newest first."""
        return [self._opened[line] for line in self._lines]

    def look_again(self) -> bool:
        """Read them once more and say whether they have changed; raise MasterKeyRefused."""
        lines = self.place.lines()
        if lines == self._lines:
            return False
        for line in lines:
            if line not in self._opened:
                guard = guard_for(line, self._settings, self.place.where)
                self._opened[line] = guard.open(line)
        self._lines = lines
        return True

    def begin_change(self) -> None:
        """Put a new key into use, unless a change is under way already."""
        if len(self.accepted) == 1:
            guard = chosen_guard(self._settings, self.place.where)
            self.place.begin(guard.shut(fresh_key()))
        self.look_again()

    def finish_change(self) -> str:
        """Accept the key in use alone; return what is left for the operator to do."""
        left = self.place.finish()
        self.look_again()
        return left


class OneKey:
    """A single key that is known already."""

    where = "memory"

    def __init__(self, key: bytes) -> None:
        self.in_use = key
        self.accepted: Sequence[bytes] = (key,)

    def look_again(self) -> bool:
        """Say that nothing has changed."""
        return False


def open_master_keys(settings: Mapping[str, str], path: Path) -> MasterKeys:
    """Return the house's master keys, or raise MasterKeyRefused or UnreadableSetting."""
    place: KeyPlace = KeyFile(path)
    if settings.get("MASTER_KEY"):
        place = KeySetting(settings["MASTER_KEY"])
    return MasterKeys(place, settings)


def make_first_key(settings: Mapping[str, str], path: Path) -> None:
    """Make the master key's file where there is none, unless MASTER_KEY is set."""
    if not settings.get("MASTER_KEY"):
        make_master_key(path, chosen_guard(settings, str(path)).shut)


def main() -> int:
    """Make the first master key: in its file, or for MASTER_KEY on the screen."""
    settings = read_environment()
    path = read_settings(settings).master_key_file
    try:
        if "MASTER_KEY" in settings:
            sys.stdout.write(f"{chosen_guard(settings, str(path)).shut(fresh_key())}\n")
            return 0
        make_first_key(settings, path)
    except (MasterKeyRefused, UnreadableSetting) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"The master key is at {path}. Keep a copy in a safe place.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
