"""What storage is told from outside: read once; an unreadable setting stops the start."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """Where things are kept. `raw` holds the credentials the stores ask for by name.

    `lease_seconds` is how long a chat waits for a process that died while answering it.
    """

    instance: Path
    database_url: str
    private_store: str
    public_store: str
    overflow_store: str  # empty: there is none
    master_key_file: Path
    quiet_seconds: float
    lease_seconds: float
    embedded: bool
    raw: Mapping[str, str]

    @property
    def keys_url(self) -> str:
        """Where the patients' keys lie: a file of their own, or a schema of their own."""
        if self.database_url.startswith("postgresql"):
            return self.database_url
        return f"sqlite:///{self.instance / 'keys.sqlite'}"


class SettingUnreadable(ValueError):
    """A setting cannot be used; the text names it and says what to do."""


def read_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the settings of `.env`, overruled by those of the environment."""
    given = os.environ if environ is None else environ
    written = {name: value for name, value in dotenv_values(".env").items() if value}
    return written | {name: value for name, value in given.items() if value}


def read_settings(environ: Mapping[str, str]) -> StorageSettings:
    """Return the storage room's settings, or raise SettingUnreadable."""
    instance = Path(environ.get("INSTANCE_DIR", "instance")).absolute()
    url = environ.get("DATABASE_URL", "")
    return StorageSettings(
        instance=instance,
        database_url=url or f"sqlite:///{instance / 'kanglu.sqlite'}",
        private_store=environ.get("PRIVATE_STORE", f"file://{instance / 'private'}"),
        public_store=environ.get("PUBLIC_STORE", f"file://{instance / 'public'}"),
        overflow_store=environ.get("OVERFLOW_STORE", ""),
        master_key_file=Path(environ.get("MASTER_KEY_FILE", str(instance / "master.key"))),
        quiet_seconds=number(environ, "SYNC_QUIET_SECONDS", 600),
        lease_seconds=number(environ, "LEASE_SECONDS", 15),
        embedded=not url,
        raw=dict(environ),
    )


def number(environ: Mapping[str, str], name: str, default: float) -> float:
    """Return a number setting, or raise SettingUnreadable."""
    written = environ.get(name)
    if written is None:
        return default
    try:
        value = float(written)
    except ValueError:
        raise SettingUnreadable(f"{name} must be a number, such as {default:g}.") from None
    if not 0 <= value < 1e9:
        raise SettingUnreadable(f"{name} must be a number, such as {default:g}.")
    return value


def webhook_secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the secrets Telegram may send: one, or the new one and the old one with a comma."""
    secrets = tuple(environ.get("TELEGRAM_WEBHOOK_SECRET", "").split(","))
    if len(secrets) > 2 or not all(WEBHOOK_SECRET.fullmatch(one) for one in secrets):
        raise SettingUnreadable(
            "TELEGRAM_WEBHOOK_SECRET must be 32 to 256 characters of A-Z a-z 0-9 _ and -; "
            "to change it, set the new one, a comma and the old one."
        )
    return secrets
