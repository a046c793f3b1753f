"""What a page does where there is little room: nothing may run off, be cut, or lie over another.

WCAG 2.2 asks for 320 CSS pixels (1.4.10) and for 200 % (1.4.4). To a page a window twice as wide
at 200 % is the same as the narrow one with finer dots, so a mode is a width and a fineness.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SMALLEST = 320


@dataclass(frozen=True, slots=True)
class Mode:
    """A window in CSS pixels, and how many dots of the screen make up one of them."""

    width: int
    height: int
    dots: int = 1

    @property
    def context(self) -> dict[str, Any]:
        """Return what a browser's context is opened with."""
        return {"viewport": (self.width, self.height), "device_scale_factor": self.dots}


NARROW = Mode(SMALLEST, 640)
"""The smallest phone; and, to the page, a window of 640 pixels at 200 %."""

ZOOMED = Mode(640, 400, dots=2)
"""A desktop's window of 1280 by 800 pixels at 200 %."""

FAULTS = Path(__file__).with_suffix(".js").read_text("utf-8")


def reflow_faults(page: Page) -> list[str]:
    """Return what runs off the page, is cut, or lies over something else, as it is now shown."""
    return [str(one) for one in page.evaluate(FAULTS)]
