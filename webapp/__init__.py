"""Face two: the site."""

from webapp.app import create_app
from webapp.config import SiteConfig
from webapp.house import House

__all__ = ["House", "SiteConfig", "create_app"]
