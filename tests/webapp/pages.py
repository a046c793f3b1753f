"""A client that reads every page it gets, as a careful person with the sources open would."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

from flask import Flask
from lxml import etree, html
from werkzeug.test import TestResponse

from records.vocabulary import Language
from records.wording import catalogue

VOID = ("hidden", "submit", "button")
FEW = 4  # letters: shorter phrases are the same in both languages often enough


@dataclass
class Page:
    """A page that has been read and found in order."""

    status: int
    tree: html.HtmlElement
    text: str
    headers: dict[str, str]
    path: str

    @property
    def heading(self) -> str:
        return _words(self.tree.xpath("//h1")[0])

    def has(self, words: str) -> bool:
        return words in self.text

    def links(self) -> list[str]:
        return [one.get("href") for one in self.tree.xpath("//a[@href]")]

    def images(self) -> list[str]:
        return [one.get("src") for one in self.tree.xpath("//img[@src]")]

    def form(self, words: str) -> html.FormElement:
        """Return the form that has a button with these words."""
        for form in self.tree.forms:
            if any(words in _words(button) for button in form.xpath(".//button")):
                return form
        raise AssertionError(f"no button {words!r} on {self.path}")


class Browser:
    """A test client that follows redirects, reads each page, and sends forms as shown."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.client = app.test_client()
        self.language = language
        self.page: Page | None = None
        if language == "zh":
            self.client.set_cookie("language", "zh")

    def fetch(self, path: str, **options: object) -> TestResponse:
        """Return an answer as it comes: for files, machines and headers."""
        return self.client.get(path, **options)

    def get(self, path: str, status: int = 200) -> Page:
        """Open a page, follow where it leads, and read it."""
        return self._read(self.client.get(path, follow_redirects=True), status)

    def follow(self, words: str) -> Page:
        """Open the first page a link with these words leads to."""
        assert self.page is not None
        found = (one for one in self.page.tree.xpath("//a[@href]") if words in _words(one))
        return self.get(next(found).get("href"))

    def post(self, path: str, values: dict[str, object] | None = None, status: int = 200) -> Page:
        """Send values with the token of the page before."""
        token = self.page.tree.xpath("//input[@name='csrf_token']/@value") if self.page else []
        sent = {**(values or {}), "csrf_token": token[0] if token else ""}
        return self._read(self.client.post(path, data=sent, follow_redirects=True), status)

    def send(self, button: str, status: int = 200, **values: object) -> Page:
        """Fill in the form on the page that has this button, and press it."""
        assert self.page is not None
        form = self.page.form(button)
        pressed = next(one for one in form.xpath(".//button") if button in _words(one))
        sent: dict[str, object] = {}
        for name, value in form.form_values():
            sent.setdefault(name, [])
            sent[name].append(value)  # type: ignore[attr-defined]
        if pressed.get("name"):
            sent[pressed.get("name")] = pressed.get("value")
        for name, value in values.items():
            assert form.inputs[name] is not None
            sent[name] = value
        path = urljoin(self.page.path, form.get("action"))
        return self._read(self.client.post(path, data=sent, follow_redirects=True), status)

    def _read(self, answer: TestResponse, status: int) -> Page:
        assert answer.status_code == status, f"{answer.request.path}: {answer.status}"
        assert answer.mimetype == "text/html", answer.mimetype
        source = answer.get_data(as_text=True)
        tree = html.document_fromstring(source)
        path = answer.request.full_path.rstrip("?")
        self.page = Page(status, tree, _words(tree.body), dict(answer.headers), path)
        for check in CHECKS:
            check(self.page, source)
        return self.page


def _words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def it_parses(page: Page, source: str) -> None:
    wrong = [
        one
        for one in html.html_parser.__class__(recover=True).error_log or ()
        if one.level >= etree.ErrorLevels.FATAL
    ]
    assert not wrong
    assert source.lstrip().lower().startswith("<!doctype html>")
    assert "{{" not in source
    assert "{%" not in source
    opened = len(re.findall(r"<(section|div|form|ul|ol|table|details)\b", source))
    closed = len(re.findall(r"</(section|div|form|ul|ol|table|details)>", source))
    assert opened == closed, f"{page.path}: {opened} opened, {closed} closed"


def it_has_one_heading_that_is_its_title(page: Page, source: str) -> None:
    headings = page.tree.xpath("//h1")
    assert len(headings) == 1, page.path
    title = _words(page.tree.xpath("//title")[0])
    assert title == f"{page.heading} · Kanglu"


def its_language_is_said(page: Page, source: str) -> None:
    assert page.tree.get("lang") in ("en", "zh-Hans")


def no_id_stands_twice(page: Page, source: str) -> None:
    ids = page.tree.xpath("//@id")
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]


def every_field_has_its_label(page: Page, source: str) -> None:
    for field in page.tree.xpath("//input|//select|//textarea"):
        if field.get("type") in VOID:
            continue
        name = field.get("id")
        assert name, f"{page.path}: a field without an id"
        assert page.tree.xpath(f"//label[@for='{name}']"), f"{page.path}: no label for {name}"


def every_form_carries_its_token(page: Page, source: str) -> None:
    for form in page.tree.xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='csrf_token'][string-length(@value) > 20]"), page.path
        assert form.get("action"), page.path


def nothing_is_inline(page: Page, source: str) -> None:
    assert not page.tree.xpath("//style|//@style|//script[not(@src)]"), page.path
    assert not page.tree.xpath("//@*[starts-with(name(), 'on')]"), page.path
    assert "javascript:" not in source


def nothing_comes_from_elsewhere(page: Page, source: str) -> None:
    for address in page.tree.xpath("//@src|//link/@href"):
        assert not urlsplit(address).netloc, address


def every_picture_says_what_it_shows(page: Page, source: str) -> None:
    for picture in page.tree.xpath("//img"):
        assert picture.get("alt") is not None, picture.get("src")


def its_chinese_is_chinese(page: Page, source: str) -> None:
    """No phrase of the catalogue stands in English on a Chinese page."""
    if page.tree.get("lang") != "zh-Hans":
        return
    said = {_ for _ in (_own_words(one) for one in page.tree.body.iter()) if _}
    for english in _phrases():
        assert english not in said, f"{page.path}: not in Chinese: {english!r}"


def _own_words(element: html.HtmlElement) -> str:
    foreign = element.xpath("ancestor-or-self::*[@lang][1]/@lang") if element.xpath else []
    if (foreign and foreign[0] == "en") or not isinstance(element.tag, str):
        return ""
    return " ".join((element.text or "").split())


@cache
def _phrases() -> frozenset[str]:
    known = getattr(catalogue(Language.CHINESE), "_catalog", {})
    phrases = set(known)
    fallback = getattr(catalogue(Language.CHINESE), "_fallback", None)
    while fallback is not None:
        phrases |= set(getattr(fallback, "_catalog", {}))
        fallback = getattr(fallback, "_fallback", None)
    return frozenset(
        one
        for one in phrases
        if isinstance(one, str)
        and len(one) >= FEW
        and one != catalogue(Language.CHINESE).gettext(one)
    )


CHECKS = (
    it_parses,
    it_has_one_heading_that_is_its_title,
    its_language_is_said,
    no_id_stands_twice,
    every_field_has_its_label,
    every_form_carries_its_token,
    nothing_is_inline,
    nothing_comes_from_elsewhere,
    every_picture_says_what_it_shows,
    its_chinese_is_chinese,
)
