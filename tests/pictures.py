"""Takes pictures of a running demo with the project's own browser.

`python -m tests.pictures http://127.0.0.1:8000` takes the README's; with `--all FOLDER` every page
of every kind of person, on a phone and on a desktop, on the smallest phone and at 200 %, in English
and in Chinese.
"""

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

from playwright.sync_api import Page

from tests.parts.chromium import DESKTOP, PHONE, Chromium, accessibility_faults
from tests.parts.reflow import NARROW, ZOOMED, Mode, reflow_faults
from tests.webapp.touring import STEPS, Tour

FOLDER = Path(__file__).resolve().parents[1] / "static" / "img"
MODES = {
    "phone": Mode(360, 780),
    "desktop": Mode(*DESKTOP),
    "narrow": NARROW,
    "zoomed": ZOOMED,
}
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
ROLES = ("doctor", "nurse", "patient", "caregiver", "third_party", "operator")


def become(page: Page, site: str, who: str) -> None:
    """Sign in as one of the demo's people."""
    page.goto(f"{site}/demo")
    page.get_by_role("button", name=who, exact=False).first.click()


def take(site: str, folder: Path = FOLDER) -> None:
    """Take the chat, the patient list and the patient page, on a phone and on a desktop."""
    folder.mkdir(parents=True, exist_ok=True)
    with Chromium() as browser:
        with browser.page(viewport=PHONE, locale="en-GB") as page:
            page.goto(f"{site}/demo")
            page.locator("form[action^='/demo/'] button").nth(3).click()
            page.goto(f"{site}/chat")
            page.get_by_role("textbox").first.fill("128/82 70")
            page.get_by_role("button", name="Send").click()
            page.wait_for_timeout(2500)
            page.goto(f"{site}/chat")
            page.screenshot(path=folder / "chat.png", full_page=True)
        with browser.page(viewport=DESKTOP, locale="en-GB") as page:
            become(page, site, "Dr Chan")
            page.goto(f"{site}/today")
            page.screenshot(path=folder / "today.png")
            page.locator("a[href^='/p/']").first.click()
            page.wait_for_timeout(1500)
            page.screenshot(path=folder / "patient.png", full_page=False)


def people_of(page: Page, site: str) -> dict[str, str | None]:
    """Return one of the demo's people for each kind, and nobody."""
    page.goto(f"{site}/demo")
    firsts = [
        one.locator("button").first.inner_text() for one in page.locator("main section").all()
    ]
    return {"nobody": None, **dict(zip(ROLES, firsts, strict=False))}


def _picture(page: Page, path: Path) -> None:
    """Take the whole page once every picture on it is there, also those further down."""
    page.evaluate("() => document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=True)


def take_all(
    site: str, folder: Path, only: str = "", modes: Collection[str] = MODES
) -> tuple[int, list[str]]:
    """Take every page there is; return how many, and what is wrong on them.

    Wrong is what axe-core finds, and what runs off, is cut or lies over something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken, faults = 0, list[str]()
    with Chromium() as browser:
        with browser.page() as page:
            people = people_of(page, site)
        for mode in modes:
            for language, locale in LANGUAGES.items():
                with browser.page(locale=locale, **MODES[mode].context) as page:
                    tour = Tour(page, site, language)
                    for role, name in people.items():
                        if only and role != only:
                            continue
                        tour.become(name)
                        for pages in (tour.linked(), tour.behind_buttons(STEPS[role])):
                            for one in pages:
                                path = folder / f"{role}.{one}.{mode}.{language}.png"
                                _picture(page, path)
                                taken += 1
                                wrong = accessibility_faults(page) + reflow_faults(page)
                                faults += [f"{path.name}: {one}" for one in wrong]
    return taken, faults


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("site", help="where the demo runs")
    asked.add_argument("--all", type=Path, metavar="FOLDER", help="take every page into a folder")
    asked.add_argument("--only", default="", choices=("", "nobody", *ROLES), help="one kind alone")
    asked.add_argument("--mode", action="append", choices=MODES, help="one window alone")
    given = asked.parse_args()
    if given.all:
        taken, faults = take_all(given.site, given.all, given.only, given.mode or MODES)
        print("\n".join([*faults, f"{taken} pictures in {given.all}, {len(faults)} faults"]))
        sys.exit(bool(faults))
    else:
        take(given.site)
