"""Alerts on a doctor's page, the limits behind them, and what the clinic writes for all."""

from datetime import timedelta
from decimal import Decimal

import pytest

from records.alerts import Advising
from records.findings.limits import Limits
from records.findings.reasons import Situation
from records.findings.targets import PressureTarget
from records.observations import Channel, Quantity, pressure
from records.services.consenting import withdraw_grant
from records.services.intake import Draft, file_observations
from records.services.limiting import set_limits
from records.vocabulary import Code


def high(site, systolic=150):
    """Let Amina's week be above target, and the rules look at it."""
    with site.database.begin(True) as unit:
        drafts = [
            Draft(
                Code.BLOOD_PRESSURE,
                site.clock() - timedelta(days=day, hours=hour),
                components=pressure(systolic, 85),
            )
            for day in range(7)
            for hour in (2, 5)
        ]
        file_observations(
            unit,
            drafts,
            record_id=site.cast.record.id,
            by=site.cast.amina,
            channel=Channel.CHAT,
            now=site.clock(),
        )
    site.settle()


def alerts(site):
    with site.database.begin(False) as unit:
        return unit.alerts.open_of(site.cast.record.id)


def test_an_alert_stands_on_the_page_with_its_source_and_is_seen_by_name(site):
    high(site)
    place = f"/p/{site.cast.record.id}"
    nora = site.as_(site.others.nora)
    assert not nora.get(place).has("Seen by")
    chen = site.as_(site.cast.chen)
    page = chen.get(place)
    assert page.has("Above target – Average 14")
    assert page.has("ESC 2024: home hypertension from 135/85")
    assert page.has("Nobody has said it was seen")
    assert chen.send("I have seen it").has("Seen by Dr Chen")
    assert chen.get("/today").has("Seen by Dr Chen")
    with site.database.begin(True) as unit:
        withdraw_grant(unit, site.cast.grant.id, by=site.cast.amina, now=site.clock())
    page = chen.get(place)
    assert not page.has("Above target – Average")
    assert not page.has("Alerts")
    assert page.has("Nothing is shared with you at present")


@pytest.mark.parametrize(
    ("limits", "told", "tag"),
    [
        (None, pressure(150, 85), "High"),
        (Limits(PressureTarget(155, 90)), pressure(150, 85), "On target"),
        (Limits(PressureTarget(125, 80)), pressure(130, 78), "High"),
        (None, Decimal("4.2"), "On target"),
        (Limits(glucose_low=Decimal("4.5")), Decimal("4.2"), "Low"),
    ],
)
def test_list_and_page_hold_a_reading_against_the_patient_s_own_limits(site, limits, told, tag):
    now = site.clock()
    of_glucose = isinstance(told, Decimal)
    draft = (
        Draft(Code.GLUCOSE, now, value=Quantity(told, "mmol/L"))
        if of_glucose
        else Draft(Code.BLOOD_PRESSURE, now, components=told)
    )
    record, chen = site.cast.record.id, site.cast.chen
    with site.database.begin(True) as unit:
        file_observations(
            unit, [draft], record_id=record, by=site.cast.amina, channel=Channel.CHAT, now=now
        )
        if limits is not None:
            set_limits(unit, limits, record_id=record, by=chen, now=now)
    page = site.as_(chen).get("/today")
    (row,) = page.tree.xpath("//tr[.//a[normalize-space()='Amina']]")
    assert row.xpath(".//*[contains(@class, 'tag')]")[0].text.strip() == tag
    tiles = site.as_(chen).get(f"/p/{record}").tree.xpath("//*[@class='tile']")
    name = "Blood sugar" if of_glucose else "Blood pressure"
    (tile,) = (one.text_content() for one in tiles if name in one.text_content())
    assert tag in tile


def test_limits_are_set_for_one_patient_and_taken_back(site):
    high(site)
    chen = site.as_(site.cast.chen)
    place = f"/p/{site.cast.record.id}"
    page = chen.get(f"{place}/limits")
    assert page.has("ESC 2024: 135")
    page = chen.send("Save", status=422, systolic="15")
    assert page.has("Please look at this number once more.")
    assert chen.send("Save", status=422, systolic="many").has("Please type a number, like 128.")
    page = chen.send("Save", systolic="155", diastolic="90", silent_days="3")
    assert page.has("The limits hold from now on.")
    assert page.has("Alert from 155/90 mmHg on average · set by Dr Chen")
    site.settle()
    assert not alerts(site)
    assert chen.get(place).has("Closed (1)")
    chen.get(f"{place}/limits")
    assert chen.send("Use the guideline's limits again").has("The guideline's limits hold again.")
    site.settle()
    assert [one.cause for one in alerts(site)] == [Situation.ABOVE_TARGET]


def test_advice_is_written_in_both_languages_and_waits_for_a_doctor(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    chen = site.as_(site.cast.chen)
    chen.get("/clinic/advice/above_target")
    page = chen.send("Save", status=422, english="Please walk a little every day.")
    assert page.tree.get_element_by_id("chinese-wrong-1") is not None
    page = chen.send("Save", english="Please walk a little every day.", chinese="请每天散步。")
    assert page.has("walk a little")
    high(site)
    (alert,) = alerts(site)
    assert alert.advice is Advising.HELD
    page = chen.get(f"/p/{site.cast.record.id}")
    assert page.has("Please walk a little every day.")
    chen.send("Send the advice")
    site.settle()
    (alert,) = alerts(site)
    assert alert.advice is Advising.SENT
    assert amina.get("/chat").has("Dr Chen: Please walk a little every day.")


def test_advice_sent_at_once_reaches_the_chat_with_the_doctors_name(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    chen = site.as_(site.cast.chen)
    chen.get("/clinic/advice/above_target")
    chen.send("Save", english="Please call us.", chinese="请打电话。", held="at_once")
    high(site)
    page = amina.get("/chat")
    assert page.has("Dr Chen: Please call us.")
    amina.send("I have read it")
    assert site.as_(site.cast.chen).get(f"/p/{site.cast.record.id}").has("Please call us.")


def test_two_doctors_do_not_write_over_each_other(site):
    chen, dara = site.as_(site.cast.chen), site.as_(site.cast.dara)
    for one in (chen, dara):
        one.get("/clinic/advice/no_data")
    dara.send("Save", english="Please measure.", chinese="请测量。")
    page = chen.send("Save", status=422, english="Measure!", chinese="测量！")
    assert page.has("Somebody else has changed this.")
    assert page.has("Measure!")


def test_the_clinics_guideline_names_averages_unless_a_clinician_chose_another(site):
    high(site, systolic=132)
    chen = site.as_(site.cast.chen)
    chen.get("/clinic")
    chen.send("Choose", guideline="acc_aha_2017")
    page = chen.get(f"/p/{site.cast.record.id}")
    assert page.has("Alert from 130/80 mmHg on average · ACC/AHA 2017")
    assert chen.get("/today").has("7-day average from 130/80")
    assert chen.post("/clinic/guideline", {"guideline": "made up"}, status=404)
