"""One sheet of A4 says the same on the screen, on paper and in the PDF, which is tagged."""

import io

import pytest
from PIL import ImageFile
from pypdf import PdfReader

from tests.parts.missing import skip_or_fail
from webapp.paper import can_print

A4 = (595, 842)  # points


@pytest.fixture(autouse=True)
def _pango():
    if not can_print():
        skip_or_fail("PDFs need Pango. On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0")


def pdf_of(browser, place):
    answer = browser.fetch(place)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def words_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(("who", "place"), [("chen", "/p/{}/print"), ("amina", "/me/print")])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pdf_is_one_tagged_sheet_with_the_numbers_of_the_page(site, who, place, language):
    browser = site.as_(getattr(site.cast, who), language)
    if language == "zh":
        browser.get("/help")
        browser.send("中文")
    place = place.format(site.cast.record.id)
    page = browser.get(place).tree
    reader = pdf_of(browser, f"{place}.pdf")
    assert len(reader.pages) == 1
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == A4
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith(language)
    told = words_of(reader)
    cells = [" ".join(one.text_content().split()) for one in page.xpath("//table//td/span")]
    assert len(cells) > 10
    assert [one for one in cells if one not in told] == []


def test_a_days_readings_stand_before_and_after_noon_by_the_patients_clock(site):
    chen = site.as_(site.cast.chen)
    page = chen.get(f"/p/{site.cast.record.id}/print").tree
    heads = [one.text_content() for one in page.xpath("//table//th[@scope='colgroup']")]
    assert heads == ["Before noon", "After noon"]
    days = page.xpath("//table/tbody/tr")
    assert 1 <= len(days) <= 14


def test_what_is_not_granted_is_not_on_paper(site):
    nora = words_of(pdf_of(site.as_(site.cast.chen), f"/p/{site.cast.record.id}/print.pdf"))
    own = words_of(pdf_of(site.as_(site.cast.amina), "/me/print.pdf"))
    assert "Weight" not in nora
    assert len(own) >= len(nora)
    assert site.as_(site.others.zoe).fetch(f"/p/{site.cast.record.id}/print.pdf").status_code == 404


def test_setting_a_sheet_lets_no_half_picture_in(site):
    pdf_of(site.as_(site.cast.chen), f"/p/{site.cast.record.id}/print.pdf")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
