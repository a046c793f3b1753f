"""The tables. Rows never leave storage."""

from storage.rows import accounts, chats, cloud, consent, orders, people, prompting, segments, walks
from storage.rows.base import Base

__all__ = [
    "Base",
    "accounts",
    "chats",
    "cloud",
    "consent",
    "orders",
    "people",
    "prompting",
    "segments",
    "walks",
]
