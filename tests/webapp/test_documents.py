"""Bringing a document on the site: seen before it is added, text whatever stands in it."""

from io import BytesIO

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.records.services.test_receiving import CLINICAL, DOCUMENT, PARTS, own_export, part


def bring(browser, path, content, name="ccd.xml"):
    browser.get(path)
    token = browser.page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    # Encoded here in memory: the client's own way leaves a large form in an open file.
    boundary, body = encode_multipart(
        {"csrf_token": token, "file": FileStorage(BytesIO(content), name)}
    )
    answer = browser.client.post(
        path,
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        follow_redirects=True,
    )
    return browser._read(answer, answer.status_code)


def test_a_patient_sees_what_is_in_a_document_and_adds_it(site):
    amina = site.as_(site.cast.amina)
    page = bring(amina, "/me/import", DOCUMENT)
    assert page.heading == "What is in the document"
    for words in ("County Hospital", "1951-03-09", "Penicillin", "150 lbs", "Amina <b>"):
        assert page.has(words), words
    assert not page.tree.xpath("//main//script")
    assert amina.send("Add what is ticked").has("Added: 4")
    again = bring(amina, "/me/import", DOCUMENT)
    assert len(again.tree.xpath("//input[@name='entry']")) == 2


def test_a_doctor_adds_a_document_for_the_patient(site):
    chen = site.as_(
        site.cast.chen,
    )
    path = f"/p/{site.cast.record.id}/import"
    assert path in chen.get(f"/p/{site.cast.record.id}").links()
    assert bring(chen, path, DOCUMENT).has("County Hospital")
    page = chen.send("Add what is ticked")
    assert page.has("Added: 4")
    assert site.as_(site.cast.amina).get("/me/access-log").has("added from a document")


def test_what_is_no_document_is_said_beside_the_field(site):
    amina = site.as_(site.cast.amina)
    for content, words in (
        (b"hello", "This is no health document"),
        (b"", "Please choose a file first."),
        (b"x" * (10 * 1024 * 1024 + 1), "That is too large."),
    ):
        page = bring(amina, "/me/import", content)
        assert page.status == 422
        assert page.has(words)


def test_nobody_else_opens_what_was_brought(site):
    amina = site.as_(site.cast.amina)
    bring(amina, "/me/import", DOCUMENT)
    path = amina.page.path
    name = path.rsplit("/", 1)[1]
    record = site.cast.record.id
    assert amina.fetch(path).status_code == 200
    assert site.as_(site.cast.bela).fetch(path).status_code == 404
    assert site.as_(site.cast.chen).fetch(f"/p/{record}/import/{name}").status_code == 404
    assert site.as_(site.cast.dara).fetch(f"/p/{record}/import").status_code == 404


def test_a_document_that_is_not_wanted_is_forgotten(site):
    amina = site.as_(site.cast.amina)
    bring(amina, "/me/import", DOCUMENT)
    path = amina.page.path
    assert amina.send("Forget the file").has("Nothing was added.")
    assert amina.fetch(path).status_code == 404


def test_a_large_export_of_our_own_is_seen_by_segment_and_added_once(site):
    amina = site.as_(site.cast.amina)
    content = own_export(site.cast.record.id, 101, 99)
    assert len(content) > 2 * 1024 * 1024
    page = bring(amina, "/me/import", content)
    headings = [one.text_content() for one in page.tree.xpath("//main//form//h2")]
    assert {"Physical signs", "Other notes"} <= set(headings)
    assert page.has("Blood pressure: all 101")
    assert len(page.tree.xpath("//input[@name='entry']")) == 1 + 99
    assert amina.send("Add what is ticked").has("Added: 101")
    again = bring(amina, "/me/import", content)
    assert not again.has("Blood pressure: all")
    assert not again.tree.xpath("//input[@name='entry'][@checked]")


def test_a_chinese_page_shows_it_too(site):
    amina = site.as_(site.cast.amina)
    amina.get("/me/settings")
    amina.send("中文")
    content = (CLINICAL % (PARTS + part("2345-7", "7", "mmol/L"))).encode()
    assert bring(amina, "/me/import", content).heading == "文件里的内容"
