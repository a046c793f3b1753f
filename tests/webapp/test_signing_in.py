"""Ways in: a password, a one-time link; and the ways that lead nowhere."""

from urllib.parse import urlsplit

import pytest

from records.services.linking import LinkPurpose, make_link
from tests.webapp.conftest import PASSWORD, make_site

ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example")


def sign_in(browser, email, password, path="/login", status=200):
    browser.get(path)
    return browser.send("Sign in", email=email, password=password, status=status)


@pytest.fixture
def doctor(site):
    """The e-mail address of Dr Chen, whose account is there."""
    site.as_(site.cast.chen)
    return f"{site.cast.chen.id}@example.org"


def test_the_right_password_leads_to_the_own_first_page(site, doctor):
    page = sign_in(site.browser(), doctor, PASSWORD)
    assert page.heading == "Who needs me today"


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(site, doctor):
    wrong = sign_in(site.browser(), doctor, "not the password")
    unknown = sign_in(site.browser(), "nobody@example.org", "not the password")
    assert wrong.text == unknown.text
    assert wrong.has("E-mail and password do not fit together.")
    assert wrong.tree.xpath("//input[@name='email']/@value") == [doctor]
    assert not wrong.tree.xpath("//input[@name='password']/@value")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(site, doctor, elsewhere):
    browser = site.browser()
    browser.get(f"/login?next={elsewhere}")
    token = browser.page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    values = {"email": doctor, "password": PASSWORD, "csrf_token": token, "next": elsewhere}
    answer = browser.client.post(f"/login?next={elsewhere}", data=values)
    leads = urlsplit(answer.headers.get("Location", ""))
    assert not leads.netloc
    assert not leads.path.startswith(("//", "/\\")), "a browser would leave the site"
    switched = browser.fetch("/lang/zh", query_string={"next": elsewhere})
    assert switched.headers["Location"] == "/"


def test_signing_in_leads_back_to_where_one_wanted_to_go(site, doctor):
    browser = site.browser()
    browser.get("/patients")
    assert browser.page.heading == "Sign in"
    page = browser.send("Sign in", email=doctor, password=PASSWORD)
    assert page.heading == "Patients"


def test_a_one_time_link_works_once(site):
    with site.database.begin(True) as unit:
        link = make_link(unit, LinkPurpose.SIGN_IN, now=site.clock(), person=site.cast.amina.id)
    first = site.browser()
    first.get(f"/sign-in/{link}")
    first.get(f"/sign-in/{link}")  # looking uses nothing up
    assert first.send("Sign me in").heading == "How it stands"
    second = site.browser()
    assert second.get(f"/sign-in/{link}", 410).has("This link was used already.")
    token = second.get("/login").tree.xpath("//input[@name='csrf_token']/@value")[0]
    answer = second.client.post(f"/sign-in/{link}", data={"csrf_token": token})
    assert answer.status_code == 410
    assert second.fetch("/me").status_code == 302


def test_an_old_link_and_one_that_never_was_are_named_so(site):
    with site.database.begin(True) as unit:
        link = make_link(unit, LinkPurpose.SIGN_IN, now=site.clock(), person=site.cast.amina.id)
    site.clock.pass_(minutes=11)
    assert site.browser().get(f"/sign-in/{link}", 410).has("This link has expired.")
    assert site.browser().get("/sign-in/s_never-was", 410).has("This link has")
    assert site.browser().get("/sign-in/nonsense", 410).has("This link has")


def test_staff_who_went_away_are_signed_out(site, doctor):
    browser = site.browser()
    sign_in(browser, doctor, PASSWORD)
    site.clock.pass_(minutes=31)
    assert browser.get("/today").heading == "Sign in"


def test_too_many_tries_are_asked_to_wait(tmp_path, furnished):
    for site in make_site(tmp_path / "house", furnished, sign_in_limit="2 per minute"):
        for _ in range(2):
            sign_in(site.browser(), "nobody@example.org", "not the password")
        page = sign_in(site.browser(), "nobody@example.org", "not the password", status=429)
        assert page.heading == "A little too fast"
