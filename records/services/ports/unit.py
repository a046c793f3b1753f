"""One transaction with every port bound to it."""

from typing import Protocol

from records.alerts import Alerts, Rechecks
from records.attachments import Attachments
from records.calendars import Calendars
from records.clinic import ClinicTexts
from records.devices import Devices
from records.findings.limits import AllLimits
from records.measures import OwnUnits
from records.practice import Practices
from records.requests import Requests
from records.reviews import Reviews
from records.second import SecondFactors
from records.services.looks import LookNotices
from records.services.ports.chats import Chats, Outbox, Questions, Taps, WaitingLines
from records.services.ports.consent import (
    Audit,
    Copies,
    Emergencies,
    Grants,
    Hidings,
    Publications,
)
from records.services.ports.erasures import ErasureWishes
from records.services.ports.links import Links, WrongLinks
from records.services.ports.many import Many
from records.services.ports.orders import DroppedPrompts, Orders, Prompting, Timetable
from records.services.ports.people import Finding, People, Records, Relationships
from records.services.ports.placing import Placing
from records.services.ports.segments import Intake, Segments, Series
from records.services.ports.wall import Wall
from records.services.walks import Walks
from records.standing import Standings


class Unit(Protocol):
    """One transaction with every port bound to it."""

    @property
    def wall(self) -> Wall:
        """What holds this transaction to what was admitted."""
        ...

    @property
    def people(self) -> People:
        """Persons and organisations."""
        ...

    @property
    def finding(self) -> Finding:
        """Who is found by what."""
        ...

    @property
    def records(self) -> Records:
        """Records."""
        ...

    @property
    def relationships(self) -> Relationships:
        """Care relationships."""
        ...

    @property
    def grants(self) -> Grants:
        """Grants."""
        ...

    @property
    def hidings(self) -> Hidings:
        """What stays hidden."""
        ...

    @property
    def emergencies(self) -> Emergencies:
        """Looks in an emergency."""
        ...

    @property
    def requests(self) -> Requests:
        """Requests for leave."""
        ...

    @property
    def segments(self) -> Segments:
        """Segments."""
        ...

    @property
    def series(self) -> Series:
        """Derived numbers."""
        ...

    @property
    def reviews(self) -> Reviews:
        """Reviews of patients on lists."""
        ...

    @property
    def standings(self) -> Standings:
        """Where patients stand on lists."""
        ...

    @property
    def practices(self) -> Practices:
        """How clinicians like to see things."""
        ...

    @property
    def limits(self) -> AllLimits:
        """Limits set for patients."""
        ...

    @property
    def alerts(self) -> Alerts:
        """Alerts of the rules."""
        ...

    @property
    def rechecks(self) -> Rechecks:
        """Records to be looked at again by the rules."""
        ...

    @property
    def clinic_texts(self) -> ClinicTexts:
        """Advice and templates of clinics."""
        ...

    @property
    def calendars(self) -> Calendars:
        """Addresses of patients' calendars."""
        ...

    @property
    def many(self) -> Many:
        """Many records at once."""
        ...

    @property
    def second_factors(self) -> SecondFactors:
        """Which codes of second factors were taken."""
        ...

    @property
    def intake(self) -> Intake:
        """Intake keys."""
        ...

    @property
    def orders(self) -> Orders:
        """Orders."""
        ...

    @property
    def timetable(self) -> Timetable:
        """Due slots."""
        ...

    @property
    def prompting(self) -> Prompting:
        """Wishes of prompts."""
        ...

    @property
    def erasure_wishes(self) -> ErasureWishes:
        """Which records are to be erased, and when."""
        ...

    @property
    def look_notices(self) -> LookNotices:
        """Who wants to be told of looks."""
        ...

    @property
    def dropped(self) -> DroppedPrompts:
        """Prompts that were never asked."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to chats."""
        ...

    @property
    def chats(self) -> Chats:
        """Chats."""
        ...

    @property
    def taps(self) -> Taps:
        """Buttons shown."""
        ...

    @property
    def questions(self) -> Questions:
        """Open questions."""
        ...

    @property
    def waiting(self) -> WaitingLines:
        """Lines that wait for whom they are."""
        ...

    @property
    def walks(self) -> Walks:
        """Walks through several questions."""
        ...

    @property
    def links(self) -> Links:
        """One-time links."""
        ...

    @property
    def wrong_links(self) -> WrongLinks:
        """Tries with links that stand for nothing."""
        ...

    @property
    def audit(self) -> Audit:
        """The log."""
        ...

    @property
    def publications(self) -> Publications:
        """Published documents."""
        ...

    @property
    def attachments(self) -> Attachments:
        """Pictures, voice notes and files."""
        ...

    @property
    def devices(self) -> Devices:
        """Devices that file by themselves."""
        ...

    @property
    def own_units(self) -> OwnUnits:
        """Units in which a record is shown to its patient."""
        ...

    @property
    def placing(self) -> Placing:
        """Where records lie."""
        ...

    @property
    def copies(self) -> Copies:
        """Copies in the clouds."""
        ...
