"""Empty pages, things that are not there, too much at once, and a store that is down."""

import logging

import pytest

from records.tracking import fresh

EMPTY = (
    ("zoe", "/me", "No numbers yet"),
    ("zoe", "/me/people", "Nobody yet"),
    ("zoe", "/me/consents", "You share nothing"),
    ("zoe", "/me/access-log", "Nobody looked"),
    ("zoe", "/me/readings/of/signs", "Nothing here yet"),
    ("zoe", "/chat", "Write your two numbers"),
    ("zoe", "/me/settings", "No Telegram chat is linked."),
    ("yuri", "/me", "You help nobody yet"),
    ("dara", "/today", "No patients yet"),
    ("dara", "/patients", "No patients yet"),
    ("emil", "/released", "Nothing is released to you"),
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_with_nothing_on_it_says_what_comes_here(site, language):
    people = {
        "zoe": site.others.zoe,
        "yuri": site.others.yuri,
        "dara": site.cast.dara,
        "emil": site.others.emil,
    }
    for who, place, sentence in EMPTY:
        browser = site.as_(people[who])
        if language == "zh" and browser.get("/help").tree.get("lang") == "en":
            browser.send("中文")
        page = browser.get(place)
        assert page.tree.get("lang") == {"en": "en", "zh": "zh-Hans"}[language]
        assert page.has(sentence) is (language == "en"), place


def test_a_caregiver_of_nobody_is_led_on_from_every_page(site):
    yuri = site.as_(site.others.yuri)
    for place in ("/me/readings", "/me/people", "/me/readings/new/bp"):
        assert yuri.get(place).has("You help nobody yet"), place


@pytest.mark.parametrize("place", ["/records/{}", "/p/{}", "/me/readings/{}", "/nothing/{}"])
def test_what_is_not_there_is_one_sentence_and_a_way_on(site, place):
    page = site.as_(site.cast.amina).get(place.format(fresh()), 404)
    assert page.heading == "This page is not here"
    assert page.has("Nothing is lost.")
    assert page.tree.xpath("//main//a[@href='/home']")


def test_a_chat_message_that_is_too_long_stays_in_its_field(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    long = "128/82 " * 1429
    page = amina.post("/chat", {"text": long}, 422)
    assert page.has("Please send a shorter text: 4,000 characters at most.")
    assert page.tree.xpath("//input[@id='text']/@value") == [long.strip()]
    assert amina.send("Send", text="128/82").has("128/82")


def test_an_empty_chat_message_is_answered_on_the_page(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    page = amina.post("/chat", {"text": "   "}, 422)
    assert page.has("Please write something first.")


def test_far_too_much_is_refused_with_a_sentence(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    assert amina.post("/chat", {"text": "x" * 300_000}, 413).has("Please send a shorter text,")


def test_a_dead_store_is_named_and_nothing_else_stops(site):
    site.checks[1] = ("private store", False, "The store does not answer.")
    answer = site.browser().fetch("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "database": {"ready": True, "words": "SQLite"},
        "private store": {"ready": False, "words": "The store does not answer."},
    }
    assert site.browser().fetch("/healthz").status_code == 200
    tiles = site.as_(site.others.otto).get("/admin")
    assert tiles.has("does not work")
    assert tiles.has("The store does not answer.")
    amina = site.as_(site.cast.amina)
    amina.get("/me/readings/new/bp")
    assert amina.send("Save", high="128", low="82").has("128/82")


def test_what_nobody_foresaw_is_one_page_and_no_word_of_it_in_the_log(site, caplog):
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    site.app.view_functions["public.help_page"] = broken
    with caplog.at_level(logging.DEBUG):
        page = site.browser().get("/help", 500)
    assert page.heading == "Something went wrong on our side"
    assert "Amina" not in page.text + caplog.text
    assert "Traceback" not in page.text + caplog.text


def broken():
    raise RuntimeError("Amina 128/82")


broken.door = frozenset()
