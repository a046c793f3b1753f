"""Every page of every person, read in both languages."""

import pytest

from records.vocabulary import Code
from webapp.forms.entries import may_be_told

FOR_ALL = ("/", "/help", "/privacy", "/login", "/data", "/demo")
FOR_STAFF = ("/today", "/patients", "/password", "/me/settings")
FOR_PATIENTS = (
    "/me",
    "/me/readings",
    "/me/people",
    "/me/consents",
    "/me/consents/new",
    "/me/access-log",
    "/me/export",
    "/me/import",
    "/me/record",
    "/me/access-log?who=all",
    "/me/settings",
    "/me/settings/reminders",
    "/chat",
)
LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FOR_ALL)
def test_a_public_page_is_in_order(site, path, language):
    page = site.browser(language).get(path)
    assert page.tree.get("lang") == {"en": "en", "zh": "zh-Hans"}[language]


@pytest.fixture(params=LANGUAGES)
def speaking(request, site):
    """Signs somebody in, in each of the languages."""

    def as_(who):
        browser = site.as_(who)
        browser.get("/me/settings")
        browser.send("中文" if request.param == "zh" else "Save")
        return browser

    return as_


@pytest.mark.parametrize("path", FOR_PATIENTS)
def test_a_page_of_the_patient_is_in_order(site, speaking, path):
    speaking(site.cast.amina).get(path)


@pytest.mark.parametrize("path", ["/me", "/me/readings", "/me/people", "/chat", "/me/settings"])
def test_a_page_of_the_caregiver_is_in_order(site, speaking, path):
    assert "Amina" in speaking(site.cast.bela).get(path).text or path in ("/chat", "/me/settings")


@pytest.mark.parametrize("path", FOR_STAFF)
def test_a_page_of_the_doctor_is_in_order(site, speaking, path):
    speaking(site.cast.chen).get(path)


@pytest.mark.parametrize("path", ["", "/orders/new", "/notes", "/print", "/record", "/import"])
def test_a_page_on_a_patient_is_in_order(site, speaking, path):
    speaking(site.cast.chen).get(f"/p/{site.cast.record.id}{path}")


@pytest.mark.parametrize("code", [code for code in Code if may_be_told(code)])
def test_every_form_of_the_patient_is_in_order(site, speaking, code):
    page = speaking(site.cast.amina).get(f"/me/readings/new/{code}")
    assert page.tree.xpath("//form[.//button]")


@pytest.mark.parametrize("path", ["/released", "/data"])
def test_a_page_of_the_third_party_is_in_order(site, speaking, path):
    speaking(site.cast.researcher).get(path)


def test_every_picture_on_a_page_is_there(site):
    doctor = site.as_(site.cast.chen)
    page = doctor.get(f"/p/{site.cast.record.id}")
    charts = [one for one in page.images() if ".svg" in one and "/static/" not in one]
    assert charts
    for one in charts:
        answer = doctor.fetch(one)
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"
        assert b"<svg" in answer.data
