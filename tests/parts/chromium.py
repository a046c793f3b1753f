"""A real browser: Debian's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.parts.missing import MissingPartError

HOW_TO_GET_IT = "no Chromium here. On Debian: apt-get install chromium fonts-noto-cjk"

PHONE = (390, 844)
DESKTOP = (1280, 800)

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)


class Chromium:
    """A headless browser that gives empty contexts and pages; `with Chromium() as browser:`.

    While it runs, its thread counts as inside an event loop: run coroutines with `aside.run`.
    """

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the browser, or say how to get one."""
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None:
            raise MissingPartError(HOW_TO_GET_IT)
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=program, headless=True, args=list(FLAGS)
        )

    def stop(self) -> None:
        """Close the browser and everything open in it."""
        self._browser.close()
        self._playwright.stop()

    @contextmanager
    def context(
        self, *, viewport: tuple[int, int] = DESKTOP, locale: str = "en-GB", **more: Any
    ) -> Iterator[BrowserContext]:
        """Give an empty context (no cookies) of this size and language, closed at the end."""
        width, height = viewport
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, **more
        )
        context.set_default_timeout(10_000)
        try:
            yield context
        finally:
            context.close()

    @contextmanager
    def page(
        self, *, viewport: tuple[int, int] = DESKTOP, locale: str = "en-GB", **more: Any
    ) -> Iterator[Page]:
        """Give one page in an empty context of its own, closed at the end."""
        with self.context(viewport=viewport, locale=locale, **more) as context:
            yield context.new_page()


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe-core finds wrong on this page, one line a fault with where it is."""
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['help']} at {_places(fault)}" for fault in found]


def _places(fault: dict[str, Any]) -> str:
    return ", ".join(str(node["target"][0]) for node in fault["nodes"])
