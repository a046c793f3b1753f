"""Takes the README's pictures from a running demo: `python -m tests.pictures http://127.0.0.1:8000`."""

import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.parts.chromium import DESKTOP, PHONE, Chromium

FOLDER = Path(__file__).resolve().parents[1] / "static" / "img"


def become(page: Page, site: str, who: str) -> None:
    """Sign in as one of the demo's people."""
    page.goto(f"{site}/demo")
    page.get_by_role("button", name=who, exact=False).first.click()


def take(site: str, folder: Path = FOLDER) -> None:
    """Take the chat, the patient list and the patient page, on a phone and on a desktop."""
    folder.mkdir(parents=True, exist_ok=True)
    browser = Chromium()
    browser.start()
    try:
        with browser.page(viewport=PHONE, locale="en-GB") as page:
            page.goto(f"{site}/demo")
            page.locator("form[action^='/demo/'] button").nth(3).click()
            page.goto(f"{site}/chat")
            page.get_by_role("textbox").first.fill("128/82 70")
            page.get_by_role("button", name="Send").click()
            page.wait_for_timeout(2500)
            page.goto(f"{site}/chat")
            page.screenshot(path=folder / "chat.png")
        with browser.page(viewport=DESKTOP, locale="en-GB") as page:
            become(page, site, "Dr Chan")
            page.goto(f"{site}/today")
            page.screenshot(path=folder / "today.png")
            page.locator("a[href^='/p/']").first.click()
            page.wait_for_timeout(1500)
            page.screenshot(path=folder / "patient.png", full_page=False)
    finally:
        browser.stop()


if __name__ == "__main__":
    take(sys.argv[1])
