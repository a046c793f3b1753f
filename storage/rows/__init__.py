"""The tables. Rows never leave storage."""

from storage.rows import (
    accounts,
    attachments,
    audit,
    chats,
    cloud,
    consent,
    devices,
    finding,
    measures,
    orders,
    people,
    prompting,
    removals,
    reviews,
    rounds,
    segments,
    walks,
)
from storage.rows.base import Base

__all__ = [
    "Base",
    "accounts",
    "attachments",
    "audit",
    "chats",
    "cloud",
    "consent",
    "devices",
    "finding",
    "measures",
    "orders",
    "people",
    "prompting",
    "removals",
    "reviews",
    "rounds",
    "segments",
    "walks",
]
