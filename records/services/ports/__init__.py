"""What the use cases need of the outside: small ports, and the unit of work that holds them.

A port is bound to one transaction. Nothing here commits: the face, or the worker, does.
"""

from records.services.ports.chats import Chats, Outbox, Question, Questions, Taps, WaitingLines
from records.services.ports.consent import (
    Audit,
    Copies,
    CopyState,
    Emergencies,
    Face,
    Grants,
    Held,
    Hidings,
    Note,
    Publications,
    Released,
)
from records.services.ports.links import Link, Links, WrongLinks
from records.services.ports.many import Many, Recent
from records.services.ports.orders import Clock, Orders, Prompting, Timetable
from records.services.ports.people import People, Records, Relationships
from records.services.ports.segments import Intake, Segments, Series
from records.services.ports.unit import Unit
from records.services.ports.wall import Wall

__all__ = [
    "Audit",
    "Chats",
    "Clock",
    "Copies",
    "CopyState",
    "Emergencies",
    "Face",
    "Grants",
    "Held",
    "Hidings",
    "Intake",
    "Link",
    "Links",
    "Many",
    "Note",
    "Orders",
    "Outbox",
    "People",
    "Prompting",
    "Publications",
    "Question",
    "Questions",
    "Recent",
    "Records",
    "Relationships",
    "Released",
    "Segments",
    "Series",
    "Taps",
    "Timetable",
    "Unit",
    "WaitingLines",
    "Wall",
    "WrongLinks",
]
