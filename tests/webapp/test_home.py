"""The patient's first page leads into the chat's walks."""

import pytest


@pytest.mark.parametrize(
    ("button", "words"), [("Check-in of today", "check-in"), ("Questions about me", "about me")]
)
def test_a_walk_is_begun_from_the_site(site, button, words):
    page = site.as_(site.cast.amina)
    page.get("/me")
    page.send(button)
    assert words in page.get("/chat").text


def test_it_is_begun_in_the_readers_language(site):
    page = site.as_(site.cast.amina)
    page.get("/me/settings")
    page.send("中文")
    page.get("/me")
    page.send("今天的记录")
    assert "每日记录" in page.get("/chat").text


def test_a_helper_is_not_sent_on_the_patients_walk(site):
    assert "Check-in of today" not in site.as_(site.cast.bela).get("/me").text
