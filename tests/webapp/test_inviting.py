"""A clinic invites a patient by a sheet in two languages; care begins by the patient's yes."""

import io
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from records.chats import Chat, ChatChannel
from records.errors import LinkUsed
from records.people import Tie
from records.services.linking import link_chat
from records.tracking import ChatId, RecordId, fresh
from records.vocabulary import Language
from tests.webapp.test_browsing import serve
from tests.webapp.test_paper import A4
from tests.webapp.touring import Tour, patient_invited


def invited(site, who=None):
    chen = site.as_(who or site.cast.chen)
    chen.get("/patients")
    chen.follow("Invite a patient")
    page = chen.send("Make the sheet", name="Mei Lan", language="zh")
    return chen, page


def links(page):
    return {
        urlsplit(one).netloc: one
        for one in (box.text_content() for box in page.tree.xpath("//*[@class='link-box']"))
    }


def record_of(page):
    return RecordId(page.path.split("/")[2])


def test_the_sheet_speaks_both_languages_and_its_picture_is_the_link(site):
    chen, page = invited(site)
    assert page.has("Your clinic invites you to Kanglu")
    assert page.has("您的诊所邀请您使用康录")
    assert page.has("The link works once, until 30 Nov 2026.")
    assert page.has("2026年11月30日前有效")
    assert page.has("Clinic by the River · Dr Chen")
    assert set(links(page)) == {"t.me", "localhost"}
    picture = page.images()[-1]
    drawn = chen.fetch(picture)
    assert drawn.content_type == "image/svg+xml"
    assert b"<svg" in drawn.data
    nora = site.as_(site.others.nora)
    assert nora.fetch(page.path).status_code == 404
    assert nora.fetch(picture).status_code == 404


def test_care_begins_when_the_patient_says_yes_and_the_link_works_once(site):
    chen, page = invited(site)
    record = record_of(page)
    link = urlsplit(links(page)["localhost"]).path
    assert not chen.get("/patients").has("Mei Lan")
    patient = site.browser("en")
    asked = patient.get(link)
    assert asked.has("Hello M•••i L•••n. Your clinic has invited you.")
    assert not asked.has("Mei Lan")
    home = patient.send("Yes, start")
    assert home.status == 200
    assert chen.get("/patients").has("Mei Lan")
    assert chen.get(f"/p/{record}").has("Nothing is shared with you at present")
    with site.database.begin(False) as unit:
        (care,) = unit.relationships.of_record(record)
        assert (care.tie, care.person) == (Tie.DOCTOR, site.cast.chen.id)
        assert unit.people.person(unit.records.record(record).patient).language is Language.CHINESE
    assert site.browser().get(link, status=410).has("This link was used already.")


def test_an_older_sheet_opens_nothing_once_the_patient_has_said_yes(site):
    chen, page = invited(site)
    first = links(page)["t.me"].partition("start=")[2]
    chen.get("/invite")
    second = links(chen.send("New sheet"))["t.me"].partition("start=")[2]
    assert first != second
    with site.database.begin(True) as unit:
        chat = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, "91", Language.ENGLISH)
        unit.chats.put(chat)
        person = link_chat(unit, chat, second, now=site.clock())
        assert person.name == "Mei Lan"
    with site.database.begin(True) as unit, pytest.raises(LinkUsed):
        other = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, "92", Language.ENGLISH)
        unit.chats.put(other)
        link_chat(unit, other, first, now=site.clock())


def test_an_invitation_ends_by_itself_or_is_taken_back(site):
    chen, page = invited(site)
    link = urlsplit(links(page)["localhost"]).path
    site.clock.pass_(days=8)
    assert site.browser().get(link, status=410).has("This link has expired.")
    chen = site.as_(site.cast.chen)
    chen.get("/invite")
    link = urlsplit(links(chen.send("New sheet"))["localhost"]).path
    chen.get("/invite")
    assert chen.send("Take back").has("The invitation is taken back.")
    assert not chen.get("/invite").has("Mei Lan")
    patient = site.browser()
    patient.get(link)
    patient.send("Yes, start", status=410)
    assert not chen.get("/patients").has("Mei Lan")


def test_a_name_is_asked_for(site):
    chen = site.as_(site.cast.chen)
    chen.get("/invite")
    assert chen.send("Make the sheet", status=422, name=" ").has("Please write the name.")
    assert chen.send("Make the sheet", status=422, name="x" * 81).has("at most 80 letters")


def test_the_sheet_prints_on_one_page_of_a4(tmp_path, furnished, browser):
    for _, address in serve(tmp_path / "house", furnished):
        with browser.page() as page:
            tour = Tour(page, address, "en")
            tour.become("Dr Chen")
            patient_invited(tour)
            printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(printed.pages) == 1
        assert tuple(round(float(side)) for side in printed.pages[0].mediabox[2:]) == A4
        words = printed.pages[0].extract_text()
        assert "Scan the square" in words
        assert "Print this page" not in words
