"""Who may enter which page: every address of the site's map has a line here."""

import pytest
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

EVERYBODY = ["anonymous", "amina", "bela", "chen", "dara", "nora", "rosa", "sana", "otto", "zoe"]
SIGNED_IN = EVERYBODY[1:]
PATIENTS = ["amina", "zoe"]
HELPED = ["amina", "bela", "zoe"]
OWN = ["amina", "bela"]  # whose first page is about Amina's record, or of it
STAFF = ["chen", "dara", "nora"]
THIRD = ["rosa", "sana"]

DOORS: dict[str, list[str]] = {
    "public.front": EVERYBODY,
    "public.home": EVERYBODY,
    "public.help_page": EVERYBODY,
    "public.privacy": EVERYBODY,
    "public.language": EVERYBODY,
    "public.demo": EVERYBODY,
    "public.be": EVERYBODY,
    "account.ask": EVERYBODY,
    "account.enter": EVERYBODY,
    "thirdparty.catalogue": EVERYBODY,
    "machine.alive": EVERYBODY,
    "machine.ready": EVERYBODY,
    "machine.metrics": EVERYBODY,
    "machine.webhook": [],  # its secret alone opens it: test_machine
    "machine.segment": ["amina", "bela", "chen"],
    "today.page": STAFF,
    "today.section": STAFF,
    "today.sheet": STAFF,
    "today.reviewed": ["chen", "nora"],
    "today.undo": ["chen", "nora"],
    "pressure.choose": STAFF,
    "doctor.patients": STAFF,
    "doctor.patient": ["chen", "nora"],
    "doctor.chart": ["chen", "nora"],
    "paper.granted": ["chen", "nora"],
    "paper.granted_pdf": ["chen", "nora"],
    "paper.own": HELPED,
    "paper.own_pdf": HELPED,
    "live.record": ["chen", "nora"],
    "live.today": STAFF,
    "doctor.note": ["chen"],
    "orders.new": ["chen"],
    "orders.withdraw": ["chen"],
    "changing.change": ["chen"],
    "orders.answer": ["chen"],
    "alerts.seen": ["chen"],
    "alerts.send": ["chen"],
    "alerts.drop": ["chen"],
    "alerts.limits": ["chen"],
    "alerts.reset": ["chen"],
    "clinic.page": ["chen", "dara"],
    "clinic.guideline": ["chen", "dara"],
    "clinic.advice": ["chen", "dara"],
    "clinic.new": ["chen", "dara"],
    "clinic.template": ["chen", "dara"],
    "clinic.away": ["chen", "dara"],
    "inviting.page": STAFF,
    "inviting.link": [],  # only by who invited: test_inviting
    "inviting.take_back": [],  # the same
    "inviting.sheet": [],  # only in the session that made one: test_inviting
    "inviting.picture": [],  # the same
    "mourning.look": ["chen"],
    "mourning.note": ["chen"],
    "mourning.take_back": ["chen"],
    "patient.home": HELPED,
    "patient.chart": HELPED,
    "readings.overview": HELPED,
    "readings.of_kind": HELPED,
    "readings.new": HELPED,
    "readings.correct": OWN,
    "comments.write": [],  # only to a doctor's note: test_comments
    "readings.take_back": OWN,
    "readings.put_back": OWN,
    "people.circle": HELPED,
    "people.invite": PATIENTS,
    "people.guardian": [],  # only of whom somebody decides for: test_helpers
    "people.take_over": [],  # the same
    "people.helper": ["amina"],
    "people.invitation": SIGNED_IN,
    "people.invitation_picture": [],  # only in the session that made one: test_people
    "people.asked": SIGNED_IN,
    "people.accept": [one for one in SIGNED_IN if one != "amina"],
    "people.end": OWN,
    "profiles.new": [*HELPED, *STAFF],
    "profiles.waiting": STAFF,
    "profiles.link": [],  # only of whom the clinic stands in for: test_helpers
    "sharing.grants": PATIENTS,
    "sharing.give": PATIENTS,
    "sharing.withdraw": ["amina"],
    "looking.log": PATIENTS,
    "requests.ask": ["chen"],
    "requests.ask_third": ["rosa"],
    "requests.asked": ["chen", "dara", *THIRD],
    "requests.answer": ["amina"],
    "requests.refuse_it": ["amina"],
    "emergencies.begin": ["chen", "dara"],
    "emergencies.end": ["dara"],
    "emergencies.queue": ["chen", "dara", "otto"],
    "emergencies.reviewed": ["chen", "otto"],
    "emergencies.mine": PATIENTS,
    "emergencies.say": PATIENTS,
    "second.page": SIGNED_IN,
    "second.ask": SIGNED_IN,
    "second.picture": SIGNED_IN,
    "receipts.page": ["amina"],
    "receipts.machine": ["amina"],
    "hiding.hidden": PATIENTS,
    "hiding.new": PATIENTS,
    "hiding.show": ["amina"],
    "reading.mine": HELPED,
    "reading.of_mine": OWN,
    "reading.granted": ["chen", "nora"],
    "reading.of_granted": ["chen"],
    "documents.bring": HELPED,
    "documents.bring_for": ["chen"],
    "documents.choose": ["amina"],  # who brought it
    "documents.choose_for": [],  # only who brought it: test_documents
    "downloads.export": HELPED,
    "taking.everything": HELPED,
    "downloads.mine": HELPED,
    "downloads.export_granted": ["chen", "nora"],
    "downloads.granted": ["chen", "nora"],
    "settings.page": SIGNED_IN,
    "settings.units": PATIENTS,
    "settings.place": PATIENTS,
    "settings.erase": PATIENTS,
    "settings.keep": PATIENTS,
    "reminders.page": PATIENTS,
    "calendars.page": PATIENTS,
    "calendars.make": PATIENTS,
    "calendars.revoke": PATIENTS,
    "calendars.feed": EVERYBODY,  # whoever has the address
    "settings.link": HELPED,
    "settings.linking": HELPED,
    "settings.picture": [],  # only in the session that made one: test_people
    "settings.unlink": HELPED,  # a chat that is not one's own is left as it is
    "chat.page": HELPED,
    "chat.lines": HELPED,
    "chat.picture": ["amina"],  # the one her chat was shown
    "chat.say": HELPED,
    "devices.new": PATIENTS,
    "devices.revoke": ["amina"],
    "api.observations": [],  # its token alone opens it: test_devices
    "api.document": EVERYBODY,
    "api.docs": EVERYBODY,
    "files.whole": ["amina", "bela", "chen"],
    "files.small": ["amina", "bela", "chen"],
    "thirdparty.released": THIRD,
    "thirdparty.describe": ["rosa"],
    "operator.tiles": ["otto"],
    "operator.again": ["otto"],
}
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
LAST = (
    "requests.refuse_it",
    "people.end",
    "sharing.withdraw",
    "orders.withdraw",
    "mourning.note",
    "mourning.take_back",
    "people.accept",
    "calendars.make",
    "calendars.revoke",
    "clinic.away",
    "account.enter",
    "public.be",
)
OPENED = range(200, 400)
LED_TO_SIGN_IN = "/login"


def people(site: Site) -> dict[str, Person | None]:
    cast, others = site.cast, site.others
    return {
        "anonymous": None,
        "amina": cast.amina,
        "bela": cast.bela,
        "chen": cast.chen,
        "dara": cast.dara,
        "nora": others.nora,
        "rosa": cast.researcher,
        "sana": others.sana,
        "otto": others.otto,
        "zoe": others.zoe,
    }


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
    if rule.endpoint == "today.section":
        own["part"] = "above_target"
    place = str(rule.build({one: own[one] for one in rule.arguments})[1])  # type: ignore[index]
    return place + ASKED.get(rule.endpoint, "")


def rules(site: Site) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in site.app.url_map.iter_rules()
        if not rule.endpoint.startswith(OF_THE_LIBRARY)
        for method in sorted(rule.methods or ())
        if method in ("GET", "POST")
    ]


def test_every_address_has_its_line_and_its_door(site):
    there = {rule.endpoint for rule, _ in rules(site)}
    assert there == set(DOORS), "say in DOORS who may enter"
    for endpoint in there:
        assert hasattr(site.app.view_functions[endpoint], "door"), endpoint


def test_what_has_no_door_opens_to_nobody(site):
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    assert site.as_(site.cast.amina).fetch("/forgotten").status_code == 404


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_those_enter_who_may(site, who):
    """GET first, which changes nothing; then each POST, the ones that end something last."""
    person = people(site)[who]
    filled = values(site)
    browser = site.browser() if person is None else site.as_(person)
    site.app.config["WTF_CSRF_ENABLED"] = False
    ordered = sorted(rules(site), key=lambda one: (one[1], one[0].endpoint in LAST))
    for rule, method in ordered:
        place = address(rule, filled)
        if method == "GET":
            answer = browser.fetch(place)
        else:
            answer = browser.client.post(place, data=SENT.get(rule.endpoint, {}))
        may = who in DOORS[rule.endpoint]
        where = answer.headers.get("Location", "")
        entered = answer.status_code in (*OPENED, 422) and not where.startswith(LED_TO_SIGN_IN)
        if rule.endpoint == "public.home" and person is None:
            entered = True  # it leads to the sign-in page on purpose
        assert entered is may, f"{who} {method} {place}: {answer.status} {where}"
        if rule.endpoint in ("account.enter", "public.be"):  # they end the session before
            browser = site.browser() if person is None else site.as_(person)
        if not may and person is not None and not rule.endpoint.endswith("picture"):
            refused = 401 if rule.endpoint == "api.observations" else 404
            assert answer.status_code == refused, f"{who} {method} {place}: {answer.status}"


PLACES = (
    ("chen", "/p/{}"),
    ("chen", "/p/{}/print"),
    ("chen", "/p/{}/print.pdf"),
    ("amina", "/me/print?for={}"),
    ("chen", "/p/{}/orders/new"),
    ("chen", "/p/{}/notes"),
    ("chen", "/p/{}/chart/bp.svg"),
    ("amina", "/me?for={}"),
    ("amina", "/me/readings?for={}"),
    ("amina", "/me/readings/{}"),
    ("amina", "/records/{}"),
    ("amina", "/me/record/{}"),
    ("amina", "/me/record?for={}"),
    ("chen", "/p/{}/record"),
    ("chen", "/p/{}/import"),
    ("chen", "/p/{}/export/record.csv"),
    ("rosa", "/released/{}/describe"),
)


def test_what_is_foreign_looks_like_what_is_not_there(site):
    foreign = {"rosa": "x"}
    with site.database.begin(False) as unit:
        own = unit.records.of_patient(site.others.zoe.id)
        name = unit.segments.current(own.id, SegmentKind.PERSONAL_INFORMATION, None)
        mine = unit.segments.current(site.cast.record.id, SegmentKind.PERSONAL_INFORMATION, None)
        foreign |= {"/me/record/{}": name.id}
        foreign |= {"/records/{}": name.id, "/me/readings/{}": name.observations[0].id}
        service = unit.publications.of_organisation(site.others.sana.organisation)[0]
        foreign["/released/{}/describe"] = service.pseudonym
    assert mine is not None
    for who, place in PLACES:
        browser = site.as_(people(site)[who])
        pages = [
            browser.get(place.format(one), 404)
            for one in (foreign.get(place, own.id), fresh(), "no-such-id")
        ]
        texts = {page.text.rsplit("number", 1)[0].split("How it works")[0] for page in pages}
        assert len({text[: text.rfind("say the")] for text in texts}) == 1, place
