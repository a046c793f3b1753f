"""The morning's list on the page: figures with their number, reviewed and undone, narrowed."""

import pytest

from records.services.worklist import Wanted
from tests.records.services.test_worklist import bp, patient
from tests.webapp.conftest import Site


def test_a_row_says_last_average_and_line(site: Site) -> None:
    page = site.as_(site.cast.chen).get("/today")
    # Seven days back from noon, one reading a day: too few for an average by the rule.
    assert page.has("not enough yet (7 of 12)")
    assert page.tree.xpath("//*[local-name()='svg' and @class='spark']")
    assert "Blood pressure, 30 days: from 126 to 142" in page.tree.xpath("//@aria-label")


def test_reviewed_and_back_the_same_day(site: Site) -> None:
    site.clock.pass_(days=8)
    chen = site.as_(site.cast.chen)
    chen.get("/today")
    assert chen.send("Reviewed ✓").has("Reviewed (1)")
    assert not chen.send("Undo").has("Reviewed (1)")
    assert chen.send("Reviewed ✓", stamp="0" * 16).has("Something new has come")


def test_a_name_is_looked_for_without_standing_in_an_address(site: Site) -> None:
    chen = site.as_(site.cast.chen)
    chen.get("/today")
    found = chen.send("Find", name="ami", section="", helper="")
    assert found.has("Amina")
    assert "ami" not in found.path
    assert chen.send("Find", name="zz", section="", helper="").has("Nobody fits")
    assert chen.get("/today/print").has("Amina")


def test_a_long_section_is_shown_page_by_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.views.today.FIRST_PAGE", Wanted(most=2))
    monkeypatch.setattr("webapp.views.today.A_PAGE", 3)
    with site.database.begin(True) as unit:
        for number in range(5):
            patient(unit, site.cast, f"P{number}", [bp(site.clock(), 0, 190, 100)], site.clock())
    chen = site.as_(site.cast.chen)
    page = chen.get("/today")
    assert page.has("Act now (5)")
    assert [page.has(f"P{number}") for number in range(5)] == [True, True, False, False, False]
    first = chen.follow("Show all 5")
    assert [first.has(f"P{number}") for number in range(5)] == [True, True, True, False, False]
    last = chen.follow("Next page")
    assert [last.has(f"P{number}") for number in range(5)] == [False, False, False, True, True]
    assert chen.get("/today/reviewed").has("Nobody is here now.")
    assert chen.fetch("/today/everybody").status_code == 404
