"""The second proof: asked for after signing in, once a code, in whichever process."""

from passlib.totp import TOTP

from tests.webapp.conftest import PASSWORD
from tests.webapp.test_emergencies import set_up
from webapp.second import PAUSE, WRONG, SecondFactor


def signed_in(site, who, status=200):
    """Sign in with the password, as far as that leads."""
    browser = site.browser()
    browser.get("/login")
    page = browser.send("Sign in", email=f"{who.id}@example.org", password=PASSWORD, status=status)
    return browser, page


def test_whoever_has_a_phone_set_up_is_asked_for_it_before_anything_opens(site):
    _, _, codes = set_up(site, site.cast.chen)
    browser, page = signed_in(site, site.cast.chen)
    assert page.heading == "One more proof that it is you"
    patient = f"/p/{site.cast.record.id}"
    for path in ("/today", patient, "/second", "/password", "/me/export/all.zip"):
        assert browser.fetch(path).headers["Location"] == "/second/ask"
    browser.get("/second/ask")
    wrong = browser.send("Go on", code="000000", status=422)
    assert wrong.has("This code does not fit.")
    assert browser.send("Go on", code=codes[0]).heading == "Who needs me today"
    assert browser.get(f"/p/{site.cast.record.id}").status == 200


def test_a_code_from_paper_works_once(site):
    _, _, codes = set_up(site, site.cast.chen)
    for status, _ in ((200, "first"), (422, "again")):
        browser, _ = signed_in(site, site.cast.chen)
        browser.send("Go on", code=codes[0], status=status)


def test_patients_may_wish_for_it_and_a_link_from_the_chat_asks_too(site):
    set_up(site, site.cast.amina)
    amina = site.as_(site.cast.amina)
    assert amina.fetch("/me").headers["Location"] == "/second/ask"
    assert site.as_(site.cast.bela).get("/me").status == 200


def test_who_owes_it_may_leave(site):
    set_up(site, site.cast.chen)
    browser, _ = signed_in(site, site.cast.chen)
    assert browser.send("Sign out").status == 200
    assert "/login" in browser.fetch("/today").headers["Location"]


def test_no_second_process_takes_a_code_again(site):
    _, key, _ = set_up(site, site.cast.dara)
    code = TOTP(key=key).generate().token  # the one that set the phone up
    browser, _ = signed_in(site, site.cast.dara)
    browser.send("Go on", code=code, status=422)
    other = site.app.extensions["kanglu_second"] = SecondFactor("s" * 40)  # as it starts elsewhere
    assert other is not None
    browser.get("/second/ask")
    browser.send("Go on", code=code, status=422)


def test_wrong_codes_are_counted_for_every_process(site):
    _, _, codes = set_up(site, site.cast.dara)
    browser, _ = signed_in(site, site.cast.dara)
    for _ in range(WRONG):
        browser.send("Go on", code="000000", status=422)
    site.app.extensions["kanglu_second"] = SecondFactor("s" * 40)
    browser.send("Go on", code=codes[0], status=422)
    site.clock.pass_(seconds=PAUSE.total_seconds() + 1)
    browser, _ = signed_in(site, site.cast.dara)
    assert browser.send("Go on", code=codes[0]).heading == "Who needs me today"
