"""Emergency access: a fresh second factor, a reason, four hours, told at once, reviewed after."""

import re

import pytest
from flask_security.totp import Totp
from passlib.totp import TOTP

from records.consent import Part
from records.observations import Channel
from records.services.concealing import Concealment, hide
from records.services.intake import Draft, file_observations
from records.vocabulary import Code, SegmentKind
from storage.lines import web_lines

WHY = "Found unconscious in the street."


def set_up(site, who):
    """Set a phone up as a person does, and return the browser, its key and the codes on paper."""
    browser = site.as_(who)
    page = browser.get("/second")
    assert browser.fetch("/second/picture.svg").mimetype == "image/svg+xml"
    key = page.tree.xpath("//code/text()")[0].replace("-", "")
    papers = browser.send("Set it up", code=TOTP(key=key).generate().token)
    assert papers.heading == "Your codes for paper"
    codes = papers.tree.xpath("//main//li/code/text()")
    assert len(codes) == 6
    return browser, key, codes


def born(site):
    drafts = [
        Draft(Code.BIRTH_DATE, site.clock(), value="1950-05-01"),
        Draft(Code.SYMPTOM, site.clock(), value="kept back", private=True),
        Draft(Code.SYMPTOM, site.clock(), value="a cough"),
        Draft(Code.CONDITION, site.clock(), value="asthma"),
    ]
    with site.database.begin(True) as unit:
        asked = {"record_id": site.cast.record.id, "by": site.cast.amina, "now": site.clock()}
        file_observations(unit, drafts, channel=Channel.FORM, **asked)
        hide(unit, Concealment(Part(SegmentKind.HEALTH_STATUS)), **asked)


def told(site, who):
    return [one.text for one in web_lines(site.database, who.id, 20)]


def test_a_doctor_opens_ends_and_is_reviewed_and_the_patient_knows_all_of_it(site):
    born(site)
    cast, place = site.cast, f"/p/{site.cast.record.id}"
    for who in (cast.amina, cast.bela):
        site.desk.talk(who).start()
    dara, _, codes = set_up(site, cast.dara)
    assert dara.fetch(place).status_code == 404
    dara.get("/emergency")
    form = {"name": " amina ", "born": "1950-05-01", "reason": WHY}
    page = dara.send("Open the record", code=codes[0], **form)
    assert page.has("Open for four hours")
    assert page.has("a cough")
    assert page.has("calm")
    assert not page.has("kept back")
    assert not page.has("asthma"), "hidden from everyone"
    assert told(site, cast.amina)[-1].startswith("🚨 Emergency: now Dr Dara can see your record")
    assert WHY in told(site, cast.amina)[-1]
    assert told(site, cast.bela)[-1].startswith("🚨 Emergency: Dr Dara sees the record of Amina")
    assert dara.fetch(f"{place}/export/record.csv").status_code == 200

    dara.get(place)
    dara.send("End it now")
    assert dara.fetch(place).status_code == 404
    assert not dara.get("/emergencies").has(WHY), "nobody reviews their own"

    amina = site.as_(cast.amina)
    page = amina.get("/me/emergencies")
    assert page.has(WHY)
    assert page.has("not yet")
    log = amina.get("/me/access-log")
    assert log.has("opened the record in an emergency")
    assert log.has("it was an emergency")
    site.clock.pass_(hours=80)
    otto = site.as_(site.others.otto)
    page = otto.get("/emergencies")
    assert page.has("overdue")
    assert not page.has("Amina")
    otto.send("Mark as reviewed")
    assert not otto.page.has(WHY)
    amina = site.as_(cast.amina)
    link = next(one for one in amina.get("/me/emergencies").links() if "/me/emergencies/" in one)
    amina.get(link)
    assert amina.send("Send to the clinic", words="I was at home.").has("I was at home.")
    assert site.as_(cast.chen).get("/emergencies").has("I was at home.")


def test_it_ends_by_itself_after_four_hours(site):
    born(site)
    dara, _, codes = set_up(site, site.cast.dara)
    dara.get("/emergency")
    dara.send("Open the record", name="Amina", born="1950-05-01", reason=WHY, code=codes[0])
    site.clock.pass_(hours=4)
    dara = site.as_(site.cast.dara)
    dara.get("/second/ask")
    dara.send("Go on", code=codes[1])
    assert dara.fetch(f"/p/{site.cast.record.id}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "000000"}, "This code does not fit."),
        ({"reason": "because"}, "at least 20 letters"),
        ({"name": "Nobody"}, "Nobody was found by this name and birthday."),
        ({"born": "1950-05-02"}, "Nobody was found by this name and birthday."),
    ],
)
def test_nothing_is_opened_without_all_of_it(site, wrong, sentence):
    born(site)
    dara, _, codes = set_up(site, site.cast.dara)
    dara.get("/emergency")
    form = {"name": "Amina", "born": "1950-05-01", "reason": WHY, "code": codes[0], **wrong}
    assert dara.send("Open the record", status=422, **form).has(sentence)
    assert dara.fetch(f"/p/{site.cast.record.id}").status_code == 404


def test_a_code_works_once_and_who_guesses_must_wait(site):
    born(site)
    dara, key, codes = set_up(site, site.cast.dara)
    form = {"name": "Nobody", "born": "1950-05-01", "reason": WHY}
    used = TOTP(key=key).generate().token
    for code in (used, codes[0]):
        dara.get("/emergency")
        dara.send("Open the record", status=422, code=code, **form)
        dara.get("/emergency")
        again = dara.send("Open the record", status=422, code=code, **form)
        assert again.has("This code does not fit.")
    for _ in range(5):
        dara.get("/emergency")
        dara.send("Open the record", status=422, code="111111", **form)
    dara.get("/emergency")
    assert dara.send("Open the record", status=422, code=codes[1], **form).has("does not fit")


def test_without_a_phone_set_up_a_doctor_is_led_to_it(site):
    page = site.as_(site.cast.dara).get("/emergency")
    assert page.heading == "A second proof that it is you"
    wrong = site.as_(site.cast.dara)
    wrong.get("/second")
    assert wrong.send("Set it up", status=422, code="000000").has("This code does not fit.")


def test_the_secret_lies_sealed_and_the_paper_codes_as_digests(site):
    _, key, codes = set_up(site, site.cast.dara)
    with site.app.app_context():
        user = site.app.extensions["security"].datastore.find_user(person_id=site.cast.dara.id)
        assert key not in user.tf_totp_secret
        assert not set(codes) & set(user.mf_recovery_codes)
        assert all(re.fullmatch("[0-9a-f]{64}", one) for one in user.mf_recovery_codes)
    assert issubclass(type(site.app.extensions["kanglu_second"].codes), Totp)
