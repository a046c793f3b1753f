"""Photos, voice notes and files: sent in the web chat, seen under the grant of their segment."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from lxml import html
from PIL import Image
from werkzeug.test import TestResponse

from records.people import Person
from records.services.consenting import Wish, give_grant
from records.vocabulary import Purpose, SegmentKind
from tests import enclosures
from tests.webapp.conftest import Site
from tests.webapp.pages import Browser


def send(
    site: Site, browser: Browser, content: bytes, text: str = "", name: str = "IMG_Amina.jpg"
) -> str:
    """Choose a file in the chat, send it, and return the newest answer."""
    browser.get("/chat")
    browser.send("Send", text=text, file=(BytesIO(content), name))
    site.clock.pass_(seconds=5)
    said = browser.get("/chat").tree.xpath("//div[@class='bubble']")
    return " ".join(said[-1].itertext()) if said else ""


def sources(browser: Browser, path: str, tag: str = "img") -> list[str]:
    page = browser.get(path)
    return [one for one in page.tree.xpath(f"//{tag}/@src") if one.startswith("/files/")]


def share(site: Site, *kinds: SegmentKind) -> None:
    wish = Wish(frozenset(kinds), Purpose.TREATMENT, None, person=site.cast.chen.id)
    with site.database.begin(True) as unit:
        give_grant(unit, wish, record_id=site.cast.record.id, by=site.cast.amina, now=site.clock())


def status(client: FlaskClient, path: str) -> int:
    return client.get(path).status_code


def test_a_photo_is_kept_answered_and_seen(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    said = send(site, amina, enclosures.photo_with_a_place())
    assert "Got the photo. Please type the two big numbers." in said
    (small,) = sources(amina, "/me")
    answer = amina.fetch(small)
    assert answer.mimetype == "image/jpeg"
    assert max(Image.open(BytesIO(answer.data)).size) == 320
    whole = amina.fetch(small.removesuffix("/small"))
    assert enclosures.HIDDEN.encode() not in whole.data
    assert whole.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Cache-Control"] == "no-store"
    assert whole.headers["Content-Security-Policy"].endswith("; sandbox")
    assert "Amina" not in small


def test_a_photo_with_numbers_under_it_belongs_to_the_numbers(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    assert "128/82 noted" in send(site, amina, enclosures.picture(), text="128/82")
    assert len(sources(amina, "/me/readings/of/physical_signs")) == 1
    chen = site.as_(site.cast.chen)
    (small,) = sources(chen, f"/p/{site.cast.record.id}")
    assert status(chen.client, small) == 200


def test_a_voice_note_has_a_player(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    assert "I kept your voice note for Dr Chen." in send(site, amina, enclosures.voice())
    (player,) = sources(amina, "/me", "audio")
    answer = amina.fetch(player)
    assert (answer.mimetype, answer.data) == ("audio/ogg", enclosures.voice())
    assert "media-src 'self'" in amina.fetch("/me").headers["Content-Security-Policy"]


@pytest.mark.parametrize("content", [enclosures.SVG, b"<html><script>alert(1)</script>"])
def test_a_file_is_only_ever_handed_out_as_a_file(site: Site, content: bytes) -> None:
    amina = site.as_(site.cast.amina)
    assert "I kept the file for Dr Chen." in send(site, amina, content, name="picture.png")
    page = amina.get("/me")
    (link,) = [one for one in page.links() if one.startswith("/files/")]
    answer = amina.fetch(link)
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def everybody(site: Site) -> list[Person]:
    cast = site.cast
    return [cast.amina, cast.bela, cast.chen, cast.dara, cast.researcher]


def test_others_see_it_only_with_the_grant_for_its_kind(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    send(site, amina, enclosures.picture())
    (small,) = sources(amina, "/me")

    clients = [site.as_(who).client for who in everybody(site)]

    def seen() -> list[int]:
        return [status(one, small) for one in clients]

    assert seen() == [200, 200, 404, 404, 404]
    assert sources(site.as_(site.cast.chen), f"/p/{site.cast.record.id}") == []
    share(site, SegmentKind.RECORD_OF_LIFE)
    assert seen() == [200, 200, 200, 404, 404]
    assert sources(site.as_(site.cast.chen), f"/p/{site.cast.record.id}") == [small]
    refused = site.as_(site.cast.dara).fetch(small)
    absent = site.as_(site.cast.dara).fetch("/files/" + "0" * 32)
    assert [_words(refused.data), refused.mimetype] == [_words(absent.data), absent.mimetype]
    assert status(site.browser().client, small) == 302  # to the sign-in page


def _words(content: bytes) -> str:
    page = html.fromstring(content)
    return " ".join(page.xpath("//main//h1/text()|//main//p[1]/text()"))


def test_taken_back_it_is_gone_from_every_view(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    send(site, amina, enclosures.picture())
    (small,) = sources(amina, "/me")
    amina.get("/chat")
    amina.send("Undo")
    assert sources(amina, "/me") == []
    assert status(amina.client, small) == 404


def test_it_can_be_taken_back_on_the_site_and_put_back(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    send(site, amina, enclosures.picture())
    amina.get("/me/readings/of/record_of_life")
    assert amina.send("Take back").has("Taken back.")
    assert sources(amina, "/me") == []
    amina.get("/me/readings/of/record_of_life")
    with site.database.begin(False) as unit:
        (told,) = unit.segments.of_record(site.cast.record.id, [SegmentKind.RECORD_OF_LIFE])[
            0
        ].observations
    amina.post(f"/me/readings/{told.id}/put-back")
    assert len(sources(amina, "/me")) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (enclosures.bomb(), "This picture could not be opened."),
        (b"", "There was nothing in that file."),
    ],
    ids=["bomb", "empty"],
)
def test_what_cannot_be_kept_is_one_kind_sentence(
    site: Site, content: bytes, sentence: str
) -> None:
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    page = amina.send("Send", status=422, text="", file=(BytesIO(content), "a.jpg"))
    assert page.has(sentence)


def posted(browser: Browser, size: int) -> TestResponse:
    """Send so many bytes that begin as a photo, past the test client's own temporary files."""
    (token,) = set(browser.get("/chat").tree.xpath("//input[@name='csrf_token']/@value"))
    part = 'Content-Disposition: form-data; name="{}"'
    head = f"--x\r\n{part.format('csrf_token')}\r\n\r\n{token}\r\n--x\r\n"
    head += f'{part.format("file")}; filename="a.jpg"\r\n\r\n'
    body = head.encode() + b"\xff\xd8\xff" + bytes(size) + b"\r\n--x--\r\n"
    return browser.client.post(
        "/chat",
        input_stream=BytesIO(body),
        content_length=len(body),
        content_type="multipart/form-data; boundary=x",
    )


@pytest.mark.parametrize(
    ("size", "status", "sentence"),
    [
        (
            10 << 20,
            422,
            "That is too large. A photo or a health document may have 10 MB, a voice 5, a file 2.",
        ),
        (30 << 20, 413, "Please send a shorter text, or a smaller photo or file."),
    ],
)
def test_too_large_is_one_kind_sentence_too(
    site: Site, size: int, status: int, sentence: str
) -> None:
    answer = posted(site.as_(site.cast.amina), size)
    assert answer.status_code == status
    assert sentence in answer.text


def test_other_pages_take_no_files(site: Site) -> None:
    amina = site.as_(site.cast.amina)
    amina.get("/me/readings/new/bp")
    amina.post("/me/readings/new/bp", {"high": "1" * 300_000}, status=413)


def test_no_name_of_a_file_and_no_value_is_in_a_log(
    site: Site, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    amina = site.as_(site.cast.amina)
    send(site, amina, enclosures.picture(), text="137/88", name="IMG_Amina.jpg")
    amina.get("/chat")
    amina.send("Send", status=422, text="", file=(BytesIO(enclosures.bomb()), "IMG_Amina.jpg"))
    written = caplog.text + "".join(capsys.readouterr())
    assert "IMG_Amina" not in written
    assert "137" not in written
