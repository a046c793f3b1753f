"""What the site must be told before it starts."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings of the site, read once; an empty text means the thing is not there.

    `base_url` is where people find the site; `telegram_path` is the last part of the webhook's
    address, `telegram_webhook_secrets` are those valid now (two while one follows the other);
    `secure_cookies` goes with HTTPS; `sign_in_limit` is per address.
    """

    secret_key: str
    base_url: str
    telegram_webhook_secrets: tuple[str, ...] = ()
    telegram_path: str = ""
    bot_username: str = ""
    clinic_phone: str = ""
    emergency_number: str = ""
    demo: bool = False
    secure_cookies: bool = True
    sign_in_limit: str = "10 per minute"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names the site answers to; the demo also answers to its own machine."""
        own = urlsplit(self.base_url).hostname or "localhost"
        return (own, "localhost", "127.0.0.1") if self.demo else (own,)
