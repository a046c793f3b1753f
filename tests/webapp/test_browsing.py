"""Every page in a real browser: no fault axe-core finds, and all in its place on a small phone."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.parts.chromium import accessibility_faults
from tests.parts.reflow import NARROW, SMALLEST, ZOOMED, reflow_faults
from tests.webapp.conftest import Cast, Clock, Others, Site, make_site
from tests.webapp.touring import MAP, STEPS, Tour, name_of

PHONE = (360, 780)
AXE = ("en",)  # both languages: python -m tests.pictures SITE --all FOLDER
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
PEOPLE = {
    "nobody": None,
    "patient": "Amina",
    "caregiver": "Bela",
    "doctor": "Dr Chen",
    "nurse": "Nora",
    "third_party": "Rosa",
    "operator": "Otto",
}
SAME_FOR_ALL = {"public-front", "public-help_page", "public-privacy", "public-demo"}
NOT_LINKED = {
    "account-ask",  # its link comes from the chat: test_signing_in reads it
    "clinic-template",  # template_shown opens it
    "changing-change",  # order_to_change opens it
    "today-section",  # section_alone opens it
    "inviting-sheet",  # patient_invited opens it
    "requests-answer",  # request_to_answer opens it
    "emergencies-begin",  # empty_emergency opens it
    "emergencies-say",  # only after an emergency: test_emergencies reads it
    "people-asked",  # own_invitation opens it
    "people-invitation",  # invited opens it
    "settings-linking",  # chat_link opens it
    "documents-choose",  # document_looked_into opens it
    "documents-choose_for",  # the same page for a doctor
    "security-login",  # nobody's
    "second-ask",  # only after signing in with a phone set up: test_second reads it
    "comments-write",  # only beside a doctor's note: test_comments reads it
    "receipts-hiding",  # once something is hidden: test_receipts reads it
    "taking-everything",  # a file: test_taking opens it
    "files-whole",  # no pages: test_files reads them
    "files-small",
    "chat-picture",
    "api-docs",  # for who writes a device's program: test_devices reads it
    "api-document",
}


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, furnished: tuple[Path, Cast, Others, Clock]
) -> Iterator[tuple[Site, str]]:
    """The site over a furnished house, served on a port of its own."""
    yield from serve(tmp_path_factory.mktemp("served") / "house", furnished)


def serve(folder: Path, furnished: tuple[Path, Cast, Others, Clock]) -> Iterator[tuple[Site, str]]:
    """Serve the site over a copy of the furnished house, on a port of its own."""
    for site in make_site(folder, furnished):
        server = make_server("127.0.0.1", 0, site.app, threaded=False)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield site, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_has_a_fault_axe_finds_or_of_layout_on_a_small_phone(served, browser, language):
    _, address = served
    found, walked = [], set()
    with browser.page(viewport=PHONE, locale=LOCALES[language]) as page:
        tour = Tour(page, address, language)
        for role, name in PEOPLE.items():
            tour.become(name)
            for pages in (tour.linked(), tour.behind_buttons(STEPS[role])):
                for one in pages:
                    if one in SAME_FOR_ALL & walked:
                        continue
                    walked.add(one)
                    where = f"{role} {one} {language}"
                    found += badly_laid_out(page, where)
                    if language in AXE:
                        found += [f"{where}: {fault}" for fault in accessibility_faults(page)]
    assert not found, "\n".join(found)
    assert sorted(pages_of_the_map() - walked - NOT_LINKED) == []


def badly_laid_out(page, name):
    """Return what runs off the page on the smallest phone, is cut there or lies over the rest."""
    page.set_viewport_size({"width": SMALLEST, "height": NARROW.height})
    found = [f"{name}: {fault}" for fault in reflow_faults(page)]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return found


@pytest.mark.parametrize(("language", "mode"), [("en", NARROW), ("zh", NARROW), ("en", ZOOMED)])
def test_where_room_is_short_the_pages_of_every_day_have_no_fault(served, browser, language, mode):
    site, address = served
    found = []
    with browser.page(locale=LOCALES[language], **mode.context) as page:
        tour = Tour(page, address, language)
        record = f"/p/{site.cast.record.id}"
        for name, paths in (
            ("Amina", ("/me", "/me/readings/new/bp", "/chat")),
            ("Dr Chen", ("/today", record, f"{record}/orders/new")),
        ):
            tour.become(name)
            for path in paths:
                tour.goto(path)
                wrong = accessibility_faults(page) + reflow_faults(page)
                found += [f"{path}: {fault}" for fault in wrong]
    assert not found, "\n".join(found)


def pages_of_the_map() -> set[str]:
    """Return the names of all pages of the site that can be opened, forms and kinds once."""
    names = set()
    for rule in MAP.map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            if rule.endpoint in ("readings.new", "readings.of_kind"):
                continue
            path = rule.build(dict.fromkeys(rule.arguments, "x") | {"part": "act_now"})
            name = name_of(path[1]) if path else None
            names |= {name} if name else set()
    return names
