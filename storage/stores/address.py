"""The settings that say where a store is, read once and refused in one sentence."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit


class UnreadableSetting(ValueError):
    """A setting is missing or makes no sense; the text names it and says what to do."""


def required(settings: Mapping[str, str], name: str) -> str:
    """Return the setting's value, or raise UnreadableSetting if it is absent or empty."""
    if value := settings.get(name, "").strip():
        return value
    raise UnreadableSetting(f"{name} is not set; set it, or choose another store.")


def split_address(setting: str, value: str) -> SplitResult:
    """Return the parts of an address, or raise UnreadableSetting with no word of the value."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise UnreadableSetting(f"{setting} is not an address that can be read.") from None
    return parts


def web_address(setting: str, value: str) -> str:
    """Return an http or https address, refusing plain http to another machine."""
    parts = split_address(setting, value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnreadableSetting(f"{setting} must be an address beginning with https://.")
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise UnreadableSetting(
            f"{setting} is plain http to another machine, which anybody between can read; "
            "use https."
        )
    return value


def place(address: str) -> str:
    """Return scheme, host and port of an address: what may be shown of it."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}"


def is_this_machine(host: str) -> bool:
    """Say whether what is sent to this host never leaves the machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
