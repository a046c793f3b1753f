"""A device's door: a token shown once, readings in, and every refusal one sentence of JSON."""

import json
import re

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from tests.webapp.conftest import Site
from webapp import openapi

PATH = "/api/v1/observations"
AT = "2026-11-23T11:10:00+08:00"
PULSE = {"key": "p1", "code": "8867-4", "value": 70, "unit": "/min", "effective": AT}
BP = {
    "key": "b1",
    "code": "bp",
    "effective": AT,
    "components": [
        {"code": "8480-6", "value": 137, "unit": "mm[Hg]"},
        {"code": "8462-4", "value": 88, "unit": "mm[Hg]"},
    ],
}


@pytest.fixture
def token(site: Site) -> str:
    """A token as Amina sees it, once."""
    amina = site.as_(site.cast.amina)
    amina.get("/me/settings/devices")
    page = amina.send("Make a token", name="Cuff of Amina")
    found = re.search(r"kd_[\w-]{43}", page.text)
    assert found
    assert found[0] not in amina.get("/me/settings").text
    return found[0]


def send(site: Site, token: str, body: object = None, **options: object) -> TestResponse:
    given = {"content_type": "application/json", **options}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return site.app.test_client().post(PATH, data=content, headers=headers, **given)  # type: ignore[arg-type]


def test_readings_are_filed_without_a_session_or_its_token(site: Site, token: str) -> None:
    answer = send(site, token, {"items": [BP, PULSE]})
    assert answer.status_code == 200
    assert answer.json == {
        "items": [{"key": "b1", "status": "stored"}, {"key": "p1", "status": "stored"}]
    }
    assert [one["status"] for one in send(site, token, {"items": [BP, PULSE]}).json["items"]] == [
        "already",
        "already",
    ]
    assert "137/88" in site.as_(site.cast.amina).get("/me/readings/of/physical_signs").text
    assert (
        "sent readings by a device" in site.as_(site.cast.amina).get("/me/access-log?who=all").text
    )


def test_one_bad_reading_spoils_no_other(site: Site, token: str) -> None:
    bad = [
        {"key": "x"},
        7,
        None,
        {**PULSE, "key": "u", "unit": "furlong"},
        {**PULSE, "key": "w", "value": "seventy"},
        {**PULSE, "key": "t", "effective": "yesterday"},
    ]
    said = send(site, token, {"items": [*bad, BP]}).json["items"]
    assert [one["status"] for one in said] == ["refused"] * 6 + ["stored"]
    assert all(one["reason"] in openapi.REASONS and one["detail"] for one in said[:6])


def is_one_sentence(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    said = json.loads(answer.data)
    assert said["status"] == status
    assert re.fullmatch(r"[^.]+(\.[^.\s]+)*\.|[^.]*\{.*\}\.", said["detail"]), said


@pytest.mark.parametrize("wrong", ["", "kd_" + "x" * 43, "nonsense", "é" * 20])
def test_without_a_token_nothing_is_taken(site: Site, wrong: str) -> None:
    answer = send(site, wrong.encode().decode("latin-1"), {"items": [BP]})
    is_one_sentence(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_every_refusal_is_one_sentence(site: Site, token: str) -> None:
    is_one_sentence(send(site, token, {"items": []}, content_type="text/plain"), 415)
    is_one_sentence(send(site, token, {"items": [PULSE] * 501}), 413)
    is_one_sentence(send(site, token, b'{"items": ["' + b"a" * 300_000 + b'"]}'), 413)
    for body in (b"", b"{", b"[]", b'{"items": 7}', b"\xff\xfe", b"[" * 100_000):
        is_one_sentence(send(site, token, body), 422)
    assert send(site, token, {"items": []}).json == {"items": []}


def test_too_many_calls_are_asked_to_wait(site: Site, token: str) -> None:
    answers = [send(site, token, {"items": []}) for _ in range(61)]
    assert {one.status_code for one in answers[:60]} == {200}
    is_one_sentence(answers[60], 429)
    assert answers[60].headers["Retry-After"] == "60"


def test_a_revoked_device_sends_nothing_more(site: Site, token: str) -> None:
    amina = site.as_(site.cast.amina)
    assert amina.get("/me/settings").has("Cuff of Amina")
    send(site, token, {"items": []})
    assert amina.get("/me/settings").has("last used")
    assert amina.send("Revoke").has("The device can send nothing more.")
    is_one_sentence(send(site, token, {"items": [BP]}), 401)


def test_a_token_reads_nothing(site: Site, token: str) -> None:
    client = site.app.test_client()
    headers = {"Authorization": f"Bearer {token}"}
    for path in ("/me", "/me/readings", f"/p/{site.cast.record.id}", PATH):
        assert client.get(path, headers=headers).status_code in (302, 404, 405)


def test_only_patients_have_devices(site: Site) -> None:
    for who in (site.cast.chen, site.cast.bela):
        browser = site.as_(who)
        assert not browser.get("/me/settings").has("Connect a device")
        assert browser.fetch("/me/settings/devices").status_code == 404


def test_the_description_is_sound_and_what_happens_keeps_to_it(site: Site, token: str) -> None:
    document = site.app.test_client().get("/api/v1/openapi.json").json
    validate(document)

    def keeps_to(name: str, said: object) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        OAS31Validator(schema).validate(said)

    example = document["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]
    keeps_to("Batch", example["example"])
    answer = send(site, token, {"items": [*example["example"]["items"], {"key": "x"}]}).json
    assert [one["status"] for one in answer["items"]] == ["stored", "stored", "refused"]
    keeps_to("Outcomes", answer)
    keeps_to("Problem", json.loads(send(site, "", {}).data))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_about_it_is_in_order(site: Site, language: str) -> None:
    page = site.browser(language).get("/api/docs")
    assert page.has("85354-9")
    assert page.has("429")


def test_a_refusal_is_said_in_the_callers_language(site: Site) -> None:
    answer = site.app.test_client().post(PATH, headers={"Accept-Language": "zh-CN"})
    assert "令牌" in json.loads(answer.data)["detail"]


def test_no_token_name_or_value_is_in_a_log(
    site: Site, token: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    send(site, token, {"items": [BP]})
    send(site, token + "x", {"items": [BP]})
    send(site, token, b"{")
    written = caplog.text + "".join(capsys.readouterr())
    for secret in (token, "Cuff of Amina", "137"):
        assert secret not in written
