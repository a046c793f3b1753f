"""The units a patient reads the own numbers in, chosen on the site; a doctor reads the house's."""

from datetime import timedelta
from decimal import Decimal

import pytest

from records.observations import Channel, Quantity
from records.services.intake import Draft, file_observations
from records.vocabulary import Code

PAGE = "/me/settings/units"


@pytest.fixture
def sugar(site):
    """A sugar of 7.0 mmol/L that a device sent."""
    now = site.clock()
    draft = Draft(Code.GLUCOSE, now - timedelta(hours=1), value=Quantity(Decimal("7.0"), "mmol/L"))
    with site.database.begin(True) as unit:
        file_observations(
            unit,
            [draft],
            record_id=site.cast.record.id,
            by=site.cast.amina,
            channel=Channel.DEVICE,
            now=now,
        )


def choose(browser, **chosen):
    browser.get(PAGE)
    fields = {"glucose": "mmol/L", "weight": "kg", "temperature": "Cel"} | chosen
    return browser.send("Save", **fields)


def test_a_patient_reads_every_page_in_the_own_unit_and_the_doctor_does_not(site, sugar):
    amina = site.as_(site.cast.amina)
    assert amina.get("/me/readings").has("7 mmol/L")
    choose(amina, glucose="mg/dL")
    assert amina.get("/me/readings").has("126 mg/dL")
    home = amina.get("/me")
    assert home.has("126 mg/dL")
    assert home.has("(70 to 180)")
    assert "Band: 70 to 180 mg/dL" in amina.fetch("/me/chart/glucose.svg").text
    chen = site.as_(site.cast.chen)
    page = chen.get(f"/p/{site.cast.record.id}")
    assert page.has("3.9–10.0 mmol/L")
    assert not page.has("mg/dL")


def test_a_number_is_entered_in_the_own_unit(site):
    amina = site.as_(site.cast.amina)
    choose(amina, weight="[lb_av]", temperature="[degF]")
    amina.get("/me/readings/new/weight")
    assert amina.send("Save", amount="150").has("150 lb")
    amina.get("/me/readings/new/temperature")
    assert amina.send("Save", amount="99.4").has("99.4 °F")
    with site.database.begin(False) as unit:
        (weight,) = unit.series.points(
            site.cast.record.id,
            Code.WEIGHT,
            site.clock() - timedelta(days=1),
            site.clock() + timedelta(days=1),
        )
    assert weight.numbers == (Decimal("68.04"),)


def test_a_unit_that_is_none_is_not_taken(site):
    amina = site.as_(site.cast.amina)
    amina.get(PAGE)
    amina.post(PAGE, {"glucose": "stone", "weight": "kg", "temperature": "Cel"}, status=422)
