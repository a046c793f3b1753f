"""The tables. Rows never leave storage."""

from storage.rows import accounts, chats, cloud, consent, orders, people, segments, walks
from storage.rows.base import Base

__all__ = ["Base", "accounts", "chats", "cloud", "consent", "orders", "people", "segments", "walks"]
