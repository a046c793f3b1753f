"""One look is one line of the log: a page with all its pictures, a list with all who are on it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from storage.rows.consent import AuditRow
from tests.webapp.conftest import Site
from tests.webapp.pages import Browser


@pytest.fixture
def lines(site: Site) -> Callable[[], list[AuditRow]]:
    """The lines written since this was last asked."""
    seen: set[int] = set()

    def new() -> list[AuditRow]:
        with site.database.session(writing=False) as session:
            rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
        found = [row for row in rows if row.id not in seen]
        seen.update(row.id for row in found)
        return found

    return new


def look(browser: Browser, path: str) -> int:
    """Open a page with every picture on it, as a browser does; return how many there were."""
    page = browser.get(path)
    pictures = [one for one in page.images() if not one.startswith("/static")]
    for one in pictures:
        assert browser.fetch(one).status_code == 200
    return len(pictures)


def test_a_patients_page_with_its_charts_is_one_line(site, lines):
    chen = site.as_(site.cast.chen)
    lines()
    assert look(chen, f"/p/{site.cast.record.id}") >= 1
    (line,) = lines()
    assert (line.action, line.allowed, line.face) == ("read_segment", True, "site")
    assert line.by == site.cast.chen.id
    assert line.kinds == "physical_signs"
    assert line.consent is not None


@pytest.mark.parametrize("path", ["/p/{}/print", "/p/{}/record", "/p/{}/notes", "/p/{}/orders/new"])
def test_each_page_about_a_patient_is_one_line(site, lines, path):
    browser = site.as_(site.cast.chen)
    lines()
    look(browser, path.format(site.cast.record.id))
    assert [line.by for line in lines()] == [site.cast.chen.id]


@pytest.mark.parametrize("path", ["/me", "/me/readings", "/me/record", "/me/consents/new"])
def test_each_page_of_ones_own_is_one_line(site, lines, path):
    browser = site.as_(site.cast.amina)
    lines()
    look(browser, path)
    assert len(lines()) == 1


def test_the_home_of_whom_one_helps_is_one_line(site, lines):
    browser = site.as_(site.cast.bela)
    lines()
    look(browser, "/me")
    assert len(lines()) == 1


def test_a_chart_without_its_page_is_a_line_of_its_own(site, lines):
    chen = site.as_(site.cast.chen)
    lines()
    found = [one for one in chen.get(f"/p/{site.cast.record.id}").images() if "/chart/" in one]
    assert found
    assert len(lines()) == 1
    site.clock.pass_(minutes=11)
    assert chen.fetch(found[0]).status_code == 200
    assert len(lines()) == 1, "the page's line is too old to tell of it"


def test_a_chart_after_the_withdrawal_is_refused_and_noted(site, lines):
    chen, amina = site.as_(site.cast.chen), site.as_(site.cast.amina)
    found = [one for one in chen.get(f"/p/{site.cast.record.id}").images() if "/chart/" in one]
    amina.get("/me/consents")
    amina.post(f"/me/consents/{site.cast.grant.id}/withdraw")
    lines()
    answer = chen.fetch(found[0])
    assert b"<circle" not in answer.data
    (line,) = lines()
    assert line.kinds == "", "only that there is such a patient was shown"


@pytest.mark.parametrize("path", ["/today", "/patients"])
def test_a_list_is_one_line_and_one_for_each_patient(site, lines, path):
    browser = site.as_(site.cast.chen)
    lines()
    look(browser, path)
    found = lines()
    assert [line.record for line in found].count(None) == 1
    assert [line.record for line in found].count(site.cast.record.id) == 1
    assert len({line.record for line in found}) == len(found)


def test_one_refused_is_one_line(site, lines):
    dara = site.as_(site.cast.dara)
    lines()
    dara.get(f"/p/{site.cast.record.id}", status=404)
    (line,) = lines()
    assert (line.allowed, line.by, line.record) == (
        False,
        site.cast.dara.id,
        site.cast.record.id,
    )


def test_a_file_taken_is_one_line(site, lines):
    chen = site.as_(site.cast.chen)
    lines()
    assert chen.fetch(f"/p/{site.cast.record.id}/export/record.xml").status_code == 200
    assert [line.action for line in lines()] == ["hand_out"]
