"""Alerts on a doctor's page, the limits behind them, and what the clinic writes for all."""

from datetime import timedelta

from records.alerts import Advising
from records.findings.reasons import Situation
from records.observations import Channel, pressure
from records.services.consenting import withdraw_grant
from records.services.intake import Draft, file_observations
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
