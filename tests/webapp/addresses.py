"""Every address of the site's map, filled with what is Amina's."""

from flask import Flask
from werkzeug.routing import Rule

from records.alerts import Advising, Alert
from records.attachments import Cleaned, Media
from records.chats import Card, Chat, ChatChannel, Picture
from records.clinic import Texts
from records.consent import Part
from records.findings.reasons import Situation
from records.orders import OrderKind
from records.people import Person
from records.services.attaching import attach
from records.services.calendar import make_address
from records.services.clinic import Draft as TemplateDraft
from records.services.clinic import write_template
from records.services.concealing import Concealment, hide
from records.services.devices import make_device
from records.services.emergencies import end_emergency, open_in_emergency
from records.services.linking import LinkPurpose, invite_caregiver, make_link
from records.services.ordering import place_order
from records.services.ports import Unit
from records.services.receiving import receive_document
from records.services.requesting import Plea, ask_for_leave
from records.tracking import AlertId, AttachmentId, ChatId, fresh
from records.vocabulary import Code, SegmentKind
from tests.records.services.test_receiving import DOCUMENT
from tests.webapp.conftest import Site

OF_THE_LIBRARY = ("security.", "static", "bootstrap.")
TEMPLATE = TemplateDraft(Texts("Week", "一周"), OrderKind.MEASURE, Texts("Measure.", "请测量。"))
SENT = {
    "readings.new": {"high": "128", "low": "82"},
    "readings.correct": {"high": "128", "low": "82"},
    "chat.say": {"text": "thanks"},
    "orders.answer": {"words": "Before breakfast."},
    "pressure.choose": {"guideline": "esc_2024"},
    "clinic.guideline": {"guideline": "esc_2024"},
    "orders.new": {"kind": "measure", "text": "Measure twice.", "due": "2026-11-23T12:30"},
    "doctor.note": {"text": "All is well."},
    "thirdparty.describe": {"text": "Eat less salt."},
    "settings.page": {"language": "en"},
    "settings.units": {"glucose": "mmol/L", "weight": "kg", "temperature": "Cel"},
    "settings.place": {"place": "stay"},
    "devices.new": {"name": "Cuff"},
    "emergencies.say": {"words": "I was well."},
    "public.language": {},
}
ASKED = {"hiding.new": "?kind=signs"}
"""What an address says behind its path."""


def addresses(app: Flask) -> list[tuple[Rule, str]]:
    """Return each address of our own with each way to ask for it."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith(OF_THE_LIBRARY)
        for method in sorted(rule.methods or ())
        if method in ("GET", "POST")
    ]


def values(site: Site) -> dict[str, str]:
    """Return what fills the places of the addresses: all of Amina's, all there."""
    cast, now = site.cast, site.clock()
    with site.database.begin(True) as unit:
        order = place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=now,
            kind=OrderKind.MEASURE,
            text="Measure twice.",
            due=now,
        )
        ((_, (occurrence,)),) = unit.orders.of_record(cast.record.id)
        segments = unit.segments.of_record(
            cast.record.id, frozenset({SegmentKind.PHYSICAL_SIGNS}), now.date()
        )
        pressure = next(
            o for s in segments for o in s.observations if o.code is Code.BLOOD_PRESSURE
        )
        relationship = next(
            one
            for one in unit.relationships.of_record(cast.record.id)
            if one.person == cast.bela.id
        )
        chat = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, "77", cast.amina.id)
        unit.chats.put(chat)
        shown = unit.outbox.send(_web_chat(unit, cast.amina), Card("A week.", picture=_week(site)))
        photo = AttachmentId(fresh())
        unit.attachments.put(photo, Cleaned(Media.PICTURE, b"large", b"small"), cast.amina.id)
        attach(unit, photo, pressure.id, by=cast.amina, now=now)
        brought = receive_document(unit, DOCUMENT, record_id=cast.record.id, by=cast.amina, now=now)
        make_device(unit, "Cuff", record_id=cast.record.id, by=cast.amina, now=now)
        (device,) = unit.devices.of_record(cast.record.id)
        plea = Plea(frozenset({SegmentKind.SIGNS}), 30, "To choose the dose.")
        request = ask_for_leave(unit, plea, record_id=cast.record.id, by=cast.chen, now=now)
        why = "Found unconscious in the street."
        emergency = open_in_emergency(unit, cast.record.id, why, by=cast.dara, now=now)
        end_emergency(unit, emergency.id, by=cast.dara, now=now)
        part = Part(SegmentKind.SIGNS)
        hiding = hide(unit, Concealment(part), record_id=cast.record.id, by=cast.amina, now=now)
        released = unit.publications.of_organisation(cast.institute.id)
        calendar = make_address(unit, cast.record.id, by=cast.amina, now=now)
        alert = Alert(
            AlertId(fresh()),
            cast.record.id,
            Situation.ABOVE_TARGET,
            cast.chen.id,
            now,
            advice=Advising.HELD,
        )
        unit.alerts.put(alert)
        template = write_template(unit, TEMPLATE, by=cast.chen, now=now)
        link = make_link(unit, LinkPurpose.SIGN_IN, now=now, person=cast.amina.id)
        invitation = invite_caregiver(unit, cast.record.id, by=cast.amina, now=now)
    return {
        "record_id": cast.record.id,
        "order_id": order.id,
        "occurrence_id": occurrence.id,
        "observation_id": pressure.id,
        "tracking_id": segments[-1].id,
        "relationship_id": relationship.id,
        "grant_id": cast.grant.id,
        "hiding_id": hiding.id,
        "request_id": request.id,
        "emergency_id": emergency.id,
        "chat_id": chat.id,
        "line": shown,
        "attachment_id": photo,
        "device_id": device.id,
        "alert_id": alert.id,
        "template_id": template.id,
        "cause": "no_data",
        "token": calendar,
        "part": "above_target",
        "pseudonym": released[0].pseudonym,
        "person_id": cast.bela.id,
        "code": "bp",
        "kind": "physical_signs",
        "path": "hook",
        "form": "csv",
        "attachment": brought,
        "sign_in": link,
        "invitation": invitation,
    }


def _web_chat(unit: Unit, person: Person) -> ChatId:
    found = unit.chats.at(ChatChannel.WEB, person.id)
    if found is None:
        found = Chat(ChatId(fresh()), ChatChannel.WEB, person.id, person.language, person.id)
        unit.chats.put(found)
    return found.id


def _week(site: Site) -> Picture:
    return Picture(site.cast.record.id, Code.BLOOD_PRESSURE, site.clock(), 7)


def address(rule: Rule, filled: dict[str, str]) -> str:
    """Return a rule's address with its places filled."""
    own = dict(filled)
    own["payload"] = filled["sign_in" if rule.endpoint.startswith("account.") else "invitation"]
    if rule.endpoint == "public.language":
        own["code"] = "en"
    place = str(rule.build({one: own[one] for one in rule.arguments})[1])  # type: ignore[index]
    return place + ASKED.get(rule.endpoint, "")
