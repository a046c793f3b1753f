"""Every family there is. What comes back first stands first: an account before its passkeys."""

from storage.families.family import Cell, Family
from storage.families.heads import Heads
from storage.families.lines import AuditLines
from storage.families.owners import (
    its_record,
    record_of,
    record_of_its_account,
    record_of_its_first_observation,
    the_house,
)
from storage.families.people import PEOPLE
from storage.families.records import Records
from storage.families.segments import Segments
from storage.families.timed import Alerts, Grants, Occurrences, Rules
from storage.families.versions import Versions
from storage.rows.accounts import User, WebAuthn
from storage.rows.alerts import AlertRow, LimitsRow
from storage.rows.attachments import AttachmentRow
from storage.rows.base import Claimable
from storage.rows.chats import ChatRow
from storage.rows.clinic import AdviceRow, TemplateRow
from storage.rows.cloud import ErasureRow, PublicationRow, StayRow
from storage.rows.consent import EmergencyRow, GrantRow, HidingRow, RequestRow
from storage.rows.devices import DeviceRow
from storage.rows.measures import MeasuresRow
from storage.rows.orders import OccurrenceRow, OrderRow, RuleRow
from storage.rows.people import OrganisationRow, PersonRow, RecordRow, RelationshipRow
from storage.rows.prompting import LookNoticeRow, PromptingRow
from storage.rows.segments import IntakeRow, SegmentRow
from storage.rows.walks import WalkRow

FETCHING = [one for one in vars(Claimable) if not one.startswith("_")]
"""Columns of the queue: how far the fetching of an attachment is, which no cloud must know."""

FAMILIES: tuple[Family, ...] = (
    Family("erasure", ErasureRow, the_house),
    Family("organisation", OrganisationRow, the_house),
    Records("record", RecordRow, the_house, here={"consent_version": 0}),
    Heads(),
    Family(
        PEOPLE,
        PersonRow,
        record_of("id"),
        cells=[Cell("name", "id", "person:{id}")],
        person="id",
    ),
    Family("account", User, record_of("person_id"), person="person_id"),
    Family("passkey", WebAuthn, record_of_its_account, quietly=["sign_count", "lastuse_datetime"]),
    Family("chat", ChatRow, record_of("person"), quietly=["spoken"], person="person"),
    Family(
        "prompting",
        PromptingRow,
        record_of("person"),
        cells=[Cell("document", "person", "prompting:{person}")],
        person="person",
    ),
    Rules("rule", RuleRow, record_of("ref"), here={"next_due": None}, person="ref"),
    Versions("relationship", RelationshipRow),
    Grants("grant", GrantRow),
    Versions("hiding", HidingRow, "hidings"),
    Versions("request", RequestRow, "requests"),
    Versions("emergency", EmergencyRow, "emergencies"),
    Segments("segment", SegmentRow),
    Family(
        "attachment",
        AttachmentRow,
        its_record,
        cells=[
            Cell(one, "sealed_for", "attachment:{id}:" + one)
            for one in ("content", "small", "source")
        ],
        quietly=FETCHING,
    ),
    Versions("order", OrderRow),
    Occurrences(
        "occurrence",
        OccurrenceRow,
        its_record,
        cells=[Cell("document", "record", "occurrence:{id}")],
    ),
    Family(
        "device",
        DeviceRow,
        its_record,
        cells=[Cell("name", "record", "device:{id}")],
        quietly=["used", "window", "calls"],
    ),
    Family("publication", PublicationRow, its_record),
    Family("walk", WalkRow, its_record),
    Family("look_notice", LookNoticeRow, its_record),
    Family("stay", StayRow, its_record),
    Family(
        "measures",
        MeasuresRow,
        its_record,
        cells=[Cell("document", "record", "measures:{record}")],
    ),
    Family(
        "limits",
        LimitsRow,
        its_record,
        cells=[Cell("document", "record", "limits:{record}")],
    ),
    Alerts("alert", AlertRow, its_record, cells=[Cell("document", "record", "alert:{id}")]),
    Family(
        "advice",
        AdviceRow,
        the_house,
        cells=[Cell("document", "organisation", "advice:{organisation}:{cause}")],
    ),
    Family(
        "template",
        TemplateRow,
        the_house,
        cells=[Cell("document", "organisation", "template:{id}")],
    ),
    Family("intake", IntakeRow, record_of_its_first_observation, together=True),
    AuditLines(),
)
BY_NAME = {one.name: one for one in FAMILIES}
BY_ROWS = {one.rows: one for one in FAMILIES if one.marked}
