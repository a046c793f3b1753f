"""The patient's own "erase everything": a word typed, seven days, a button, then it is done."""

from dataclasses import replace

import pytest

from records.chats import Chat, ChatChannel
from records.errors import NotFound, NotPermitted
from records.services.erasing import ask_to_erase
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from tests.bot.journey import Journey

PAGE = "/me/settings/erase"


def due(site):
    with site.database.begin(False) as unit:
        return unit.erasure_wishes.of(site.cast.record.id)


def erase(browser, word="erase", status=200):
    browser.get(PAGE)
    return browser.send("7", status=status, typed=word)


@pytest.mark.parametrize("word", ["", "yes", "erase it"])
def test_another_word_erases_nothing(site, word):
    page = erase(site.as_(site.cast.amina), word, 422)
    assert page.has("Please type the word as it stands above.")
    assert due(site) is None


@pytest.mark.parametrize(("language", "word"), [("en", " Erase "), ("zh", "清除")])
def test_it_is_done_after_seven_days_and_not_before(site, language, word):
    cast = site.cast
    with site.database.begin(True) as unit:
        unit.people.put(replace(cast.amina, language=Language(language)))
    page = erase(site.as_(cast.amina), word)
    assert page.has("Nothing is gone yet." if language == "en" else "现在什么都没删。")
    site.clock.pass_(days=6, hours=23)
    site.settle()
    with site.database.begin(False) as unit:
        assert unit.records.record(cast.record.id)
    site.clock.pass_(hours=2)
    site.settle()
    with site.database.begin(False) as unit, pytest.raises(NotFound):
        unit.records.record(cast.record.id)
    told = {(one.rule, one.by) for one in log(site) if one.action == "erase"}
    assert told == {("is_the_patient", cast.amina.id)}


def log(site):
    with site.database.begin(False) as unit:
        return unit.audit.of_record(site.cast.record.id, 20)


def test_who_changes_the_mind_on_the_page_keeps_everything(site):
    amina = site.as_(site.cast.amina)
    erase(amina)
    first = due(site)
    assert erase_again_shows_the_day(amina)
    assert amina.send("Keep everything").has("Nothing will be erased.")
    assert (first is not None, due(site)) == (True, None)
    site.clock.pass_(days=8)
    site.settle()
    assert amina.get("/me").has("Amina")


def erase_again_shows_the_day(browser):
    return browser.get(PAGE).has("Everything about you will be erased on")


@pytest.mark.parametrize("language", Language)
def test_the_notice_in_the_chat_has_the_button_to_change_ones_mind(site, language):
    amina = site.cast.amina
    with site.database.begin(True) as unit:
        unit.chats.put(Chat(ChatId(fresh()), ChatChannel.WEB, amina.id, language, amina.id))
        ask_to_erase(unit, record_id=site.cast.record.id, by=amina, now=site.clock())
    journey = Journey(site.desk.talk(amina))
    keep = "Keep everything" if language is Language.ENGLISH else "全部保留"
    assert keep in journey.buttons
    journey.tap(keep)
    assert ("as before" if language is Language.ENGLISH else "一切照旧") in journey.last.text
    assert due(site) is None


def test_nobody_but_the_patient_may_wish_it(site):
    for person in (site.cast.bela, site.cast.chen, site.cast.dara):
        with pytest.raises(NotPermitted), site.database.begin(True) as unit:
            ask_to_erase(unit, record_id=site.cast.record.id, by=person, now=site.clock())
    assert due(site) is None
