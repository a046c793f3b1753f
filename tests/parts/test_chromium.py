"""The browser opens a page with Chinese text, in the size and language asked for."""

import asyncio
from urllib.parse import quote

from tests.parts import aside
from tests.parts.chromium import PHONE, Chromium, accessibility_faults

HEAD = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>康录</title>'


def _address(body: str) -> str:
    return "data:text/html," + quote(f"{HEAD}<main>{body}</main>")


def test_a_page_with_chinese_text_opens(browser: Chromium) -> None:
    with browser.page() as page:
        page.goto(_address("<h1>血压记录</h1>"))
        assert page.title() == "康录"
        assert page.get_by_role("heading").inner_text() == "血压记录"


def test_chinese_characters_are_drawn_and_not_boxes(browser: Chromium) -> None:
    with browser.page(viewport=(200, 100)) as page:
        drawn = set()
        for character in "康录血":
            page.goto(_address(f"<h1>{character}</h1>"))
            drawn.add(page.screenshot())
    assert len(drawn) == 3, "every character looks alike: apt-get install fonts-noto-cjk"


def test_size_and_language_are_as_asked(browser: Chromium) -> None:
    with browser.page(viewport=PHONE, locale="zh-CN") as page:
        assert page.evaluate("[innerWidth, innerHeight, navigator.language]") == [390, 844, "zh-CN"]


def test_contexts_share_no_cookies(browser: Chromium) -> None:
    cookie = {"name": "seen", "value": "1", "url": "http://127.0.0.1"}
    with browser.context() as first, browser.context() as second:
        first.add_cookies([cookie])
        assert second.cookies() == []


def test_axe_names_a_picture_without_words(browser: Chromium) -> None:
    with browser.page() as page:
        page.goto(_address('<h1>血压</h1><img src="data:,">'))
        assert any(fault.startswith("image-alt") for fault in accessibility_faults(page))
        page.goto(_address("<h1>血压</h1>"))
        assert accessibility_faults(page) == []


def test_a_coroutine_runs_aside_while_the_browser_is_open(browser: Chromium) -> None:
    assert aside.run(asyncio.sleep(0, "done")) == "done"
