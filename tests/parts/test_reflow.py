"""What runs off a page, is cut or lies over another is named; what is well is not."""

import pytest

from tests.parts.chromium import Chromium
from tests.parts.reflow import NARROW, ZOOMED, Mode, reflow_faults

WELL = """<h1 class="whole">Numbers of today</h1><p>A <b>b</b> <a href="/">c</a></p>
<table style="display: block; overflow-x: auto"><tr><td style="min-width: 900px">wide</table>
<p style="position: absolute; left: -999px">read aloud only</p>"""


@pytest.mark.parametrize("mode", [NARROW, ZOOMED])
@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ("", ""),
        ("<p style='width: 900px'>long</p>", "runs off: "),
        ("<p style='margin-top: -30px'>later</p>", "over another: "),
        ("<button style='position: absolute; top: 20px; left: 9px'>Go</button>", "over another: "),
        (
            "<p style='width: 50px; overflow: hidden; white-space: nowrap'>some more words</p>",
            "cut: p",
        ),
        ("<p style='margin-left: -40px'>begins outside</p>", "cut: p"),
    ],
)
def test_a_page_is_said_to_be_what_it_is(
    browser: Chromium, mode: Mode, changed: str, named: str
) -> None:
    with browser.page(**mode.context) as page:
        page.set_content(f"<!doctype html><body>{WELL}{changed}")
        faults = reflow_faults(page)
    assert all(one.startswith(named) for one in faults), faults
    assert bool(faults) is bool(named)
