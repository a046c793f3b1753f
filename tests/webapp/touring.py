"""A walk through the site as one person: every page that is linked, and those behind a button."""

import re
from collections.abc import Callable, Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.records.services.test_receiving import DOCUMENT
from webapp.views import BLUEPRINTS

VARIED = ("code", "kind")  # these make another page; an id only another of the same
NOT_PAGES = (
    *(".svg", ".xml", "/export/record.", "/lang/", "/records/", "/healthz", "/readyz", "/metrics"),
    *("/live", ".ics", "/export/all.zip", "/home", "/chat/lines", "/print.pdf", "/receipt.json"),
)
SHOWN_ENTRIES = frozenset(
    {"bp", "glucose", "weight", "name", "birth_date", "sex", "condition", "mood", "diet"}
)
"""One code of each shape: the forms of one shape look the same."""


def url_map() -> MapAdapter:
    """Return the site's own map of addresses, with those of signing in."""
    app = Flask("map")
    for room in BLUEPRINTS:
        app.register_blueprint(room)
    for path in ("/login", "/password"):
        app.add_url_rule(path, f"security{path}", lambda: "")
    return app.url_map.bind("")


MAP = url_map()


def name_of(address: str) -> str | None:
    """Return a name for the page at an address, the same for all of its kind; None for no page."""
    path = urlsplit(address).path
    if any(part in path for part in NOT_PAGES):
        return None
    try:
        endpoint, values = MAP.match(path)
    except HTTPException:
        return None
    varied = [str(values[one]) for one in VARIED if one in values]
    if endpoint == "readings.new" and varied[0] not in SHOWN_ENTRIES:
        return None
    return "-".join([re.sub(r"[^a-z_]+", "-", endpoint), *varied])


class Tour:
    """One person's walk in one language; each step leaves the browser on the page it names."""

    papers: ClassVar[dict[str, list[str]]] = {}  # of whoever has set a phone up, whatever the tour

    def __init__(self, page: Page, site: str, language: str) -> None:
        self.page = page
        self.site = site
        self.language = language
        self.asked = ""

    def become(self, name: str | None) -> None:
        """Sign in as one of the demo's people, or as nobody; speak the tour's language."""
        self.name = name or ""
        self.page.context.clear_cookies()
        if name is not None:
            self.page.goto(f"{self.site}/demo")
            with self.page.expect_navigation():
                self.page.get_by_role("button", name=name, exact=True).first.click()
            if self.page.url.endswith("/second/ask"):
                self.page.fill("#code", self.papers[name].pop())
                self.press("main form .btn-primary")
            if self.page.locator("html").get_attribute("lang") != self._lang:
                self.press("form[action^='/lang/'] button")
        else:
            self.page.goto(f"{self.site}/lang/{self.language}")

    @property
    def _lang(self) -> str:
        return {"en": "en", "zh": "zh-Hans"}[self.language]

    def linked(self) -> Iterator[str]:
        """Open every page that is linked from where the person begins, each kind once."""
        waiting, seen = [f"{self.site}/home", f"{self.site}/", f"{self.site}/password"], set()
        while waiting:
            address = waiting.pop(0)
            name = "home" if address.endswith("/home") else name_of(address)
            if name is None or name in seen:
                continue
            seen.add(name)
            self.page.goto(address)
            landed = name_of(self.page.url)
            if landed is not None and (landed == name or landed not in seen):
                seen.add(landed)
                yield landed
            waiting += self.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")

    def behind_buttons(self, steps: "tuple[Step, ...]") -> Iterator[str]:
        """Open what is only there after a button or an entry."""
        for step in steps:
            if step(self) is not False:
                yield step.__name__

    def goto(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def press(self, selector: str) -> None:
        """Press a button or a link, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def first_patient(self) -> str:
        """Return the path of the first patient of a clinician."""
        self.goto("/patients")
        return urlsplit(
            str(self.page.locator("main a[href^='/p/']").first.get_attribute("href"))
        ).path


Step = Callable[[Tour], bool | None]


def not_here(tour: Tour) -> None:
    tour.goto("/nothing-is-here")


def wrong_password(tour: Tour) -> None:
    tour.goto("/login")
    tour.page.fill("#email", "nobody@example.org")
    tour.page.fill("#password", "not the password")
    tour.press("form[action^='/login'] button")


def old_link(tour: Tour) -> None:
    tour.goto("/sign-in/s_" + "x" * 43)


def document_looked_into(tour: Tour) -> None:
    tour.goto("/me/import")
    file = {"name": "visit.xml", "mimeType": "text/xml", "buffer": DOCUMENT}
    tour.page.set_input_files("#file", file)  # type: ignore[arg-type]  # a file in memory
    tour.press("form[action^='/me/import'] button.btn-primary")


def invited(tour: Tour) -> None:
    tour.goto("/me/people/invite")
    tour.press("form[action='/me/people/invite'] button")


def own_invitation(tour: Tour) -> None:
    link = tour.page.locator(".link-box").last.inner_text()
    tour.goto(urlsplit(link).path)


def chat_link(tour: Tour) -> bool:
    tour.goto("/me/settings")
    if not tour.page.locator("form[action='/me/settings/link']").count():
        return False
    tour.press("form[action='/me/settings/link'] button")
    return True


def nothing_chosen(tour: Tour) -> None:
    tour.goto("/me/consents/new")
    for tick in tour.page.locator("input[name=kinds]").all():
        tick.uncheck()
    tour.press("main form .btn-primary")


def preview_of_a_grant(tour: Tour) -> None:
    tour.goto("/me/consents/new")
    tour.page.locator("input[name=grantee]").first.check()
    tour.press("main form .btn-primary")


def hidden_entry(tour: Tour) -> None:
    tour.goto("/me/readings")
    tour.press("main a[href*='/me/hidden/new']")
    tour.press("main form .btn-primary")


def empty_entry(tour: Tour) -> None:
    tour.goto("/me/readings/new/bp")
    tour.press("main form .btn-primary")


def unusual_entry(tour: Tour) -> None:
    tour.goto("/me/readings/new/bp")
    tour.page.fill("#high", "310")
    tour.page.fill("#low", "82")
    tour.press("main form .btn-primary")


def saved_entry(tour: Tour) -> None:
    tour.goto("/me/readings/new/mood")
    tour.page.fill("#said", "calm")
    tour.press("main form .btn-primary")


def taken_back(tour: Tour) -> None:
    tour.press("main li:not(:has(.gone)) a[href*='/me/readings/']:not([href*='/new/']).btn")
    tour.press("form[action*='take-back'] button")


def what_was_taken_back(tour: Tour) -> None:
    tour.press("main li:has(.gone) a.btn")


def chat_sent(tour: Tour) -> None:
    tour.goto("/chat")
    tour.page.fill("#text", "128/82 70")
    tour.press("form.write button")


def empty_order(tour: Tour) -> None:
    tour.goto(f"{tour.first_patient()}/orders/new")
    tour.page.fill("#due", "")
    tour.press("main form .btn-primary")


def preview_of_an_order(tour: Tour) -> None:
    tour.goto(f"{tour.first_patient()}/orders/new")
    tour.page.fill("#text", "Please measure twice a day for 7 days. 请每天量两次，连续 7 天。")
    tour.press("main form .btn-primary")


def empty_note(tour: Tour) -> None:
    tour.goto(f"{tour.first_patient()}/notes")
    tour.press("main form .btn-primary")


def whole_table(tour: Tour) -> None:
    tour.goto(tour.first_patient())
    for closed in tour.page.locator("main details.more").all():
        closed.evaluate("one => one.open = true")


def phone_set_up(tour: Tour) -> None:
    tour.goto("/second")
    key = tour.page.locator("main code").inner_text().replace("-", "")
    tour.page.fill("#code", TOTP(key=key).generate().token)
    tour.press("main form .btn-primary")
    tour.papers[tour.name] = tour.page.locator("main li code").all_inner_texts()


def empty_emergency(tour: Tour) -> None:
    tour.goto("/emergency")
    tour.press("main form .btn-end")


def template_written(tour: Tour) -> None:
    tour.goto("/clinic/templates/new")
    filled = {
        "#name_english": "Measure for a week",
        "#name_chinese": "量一周",
        "#english": "Please measure twice a day for 7 days.",
        "#chinese": "请每天量两次，连续 7 天。",
    }
    for field, words in filled.items():
        tour.page.fill(field, words)
    tour.press("main form .btn-primary")


def template_shown(tour: Tour) -> None:
    tour.press("main a[href^='/clinic/templates/']:not([href$='/new'])")


def order_by_template(tour: Tour) -> None:
    tour.goto(f"{tour.first_patient()}/orders/new")
    tour.press("main nav a")


def order_to_change(tour: Tour) -> None:
    preview_of_an_order(tour)
    if tour.page.locator("#as_written").count():
        tour.page.check("#as_written")
    tour.press("main button[name='send']")
    tour.press("main a[href$='/change']")


def section_alone(tour: Tour) -> None:
    tour.goto("/today/act_now")


def patient_invited(tour: Tour) -> None:
    tour.goto("/invite")
    tour.page.fill("#name", "Mei Lan 梅兰")
    tour.press("main form .btn-primary")


def calendar_made(tour: Tour) -> None:
    tour.goto("/me/settings/calendar")
    tour.press("main form[action$='/calendar'] button")


def asked_for_leave(tour: Tour) -> None:
    record = tour.first_patient()
    tour.goto(record)
    tour.asked = tour.page.locator("h1").inner_text()
    tour.goto(f"{record}/ask")
    tour.page.locator("input[name=kinds]").nth(1).check()
    tour.page.fill("#reason", "To choose the dose. 为了调整用药。")
    tour.press("main form .btn-primary")


def request_to_answer(tour: Tour) -> bool:
    tour.goto("/demo")
    if not tour.page.get_by_role("button", name=tour.asked, exact=True).count():
        return False  # a demo lets one sign in as some of its patients only
    tour.become(tour.asked)
    tour.goto("/me/consents")
    tour.press("main a[href*='/me/requests/']")
    return True


def own_menu(tour: Tour) -> None:
    tour.goto("/help")
    tour.page.locator(".me summary").click()


STEPS: dict[str, tuple[Step, ...]] = {
    "nobody": (not_here, wrong_password, old_link),
    "patient": (
        *(invited, own_invitation, chat_link, nothing_chosen, preview_of_a_grant, hidden_entry),
        *(empty_entry, unusual_entry, saved_entry, taken_back, what_was_taken_back),
        *(calendar_made, document_looked_into, chat_sent, own_menu, not_here),
    ),
    "caregiver": (empty_entry, chat_sent),
    "doctor": (
        *(empty_order, preview_of_an_order, empty_note, whole_table),
        *(template_written, template_shown, order_by_template, order_to_change, section_alone),
        patient_invited,
        *(phone_set_up, empty_emergency, asked_for_leave, request_to_answer),
    ),
    "nurse": (whole_table,),
    "third_party": (),
    "operator": (),
}
