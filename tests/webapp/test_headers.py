"""What every answer carries so that a browser guards it, and the token every form needs."""

import pytest

from tests.webapp.conftest import PASSWORD, make_site
from webapp.headers import POLICY

PLACES = (
    *("/", "/login", "/me/people", "/p/nobody", "/nothing-is-here"),
    *("/healthz", "/readyz", "/metrics"),
)
STRICT = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


def test_the_policy_lets_in_nothing_from_elsewhere():
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_every_answer_is_guarded(site):
    for browser in (site.browser(), site.as_(site.cast.amina)):
        for place in PLACES:
            headers = browser.fetch(place).headers
            assert {name: headers.get(name) for name in STRICT} == STRICT, place
            assert "Server" not in headers


@pytest.mark.parametrize("place", ["/chat", "/me", "/me/readings"])
def test_a_page_that_keeps_itself_true_may_ask_our_own_server_and_nobody_else(site, place):
    policy = site.as_(site.cast.amina).fetch(place).headers["Content-Security-Policy"]
    assert policy == f"{POLICY}; connect-src 'self'"


def test_only_our_own_files_are_kept_in_a_cache(site):
    answer = site.browser().fetch("/static/theme.css")
    answer.close()
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_signing_out_leaves_nothing_in_the_browser(site):
    amina = site.as_(site.cast.amina)
    amina.get("/help")
    token = amina.page.tree.xpath("//form[@action='/logout']//input[@name='csrf_token']/@value")
    answer = amina.client.post("/logout", data={"csrf_token": token[0]})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert amina.fetch("/me").status_code == 302


@pytest.mark.parametrize("secure", [False, True])
def test_the_session_is_out_of_reach_of_scripts_and_of_plain_http(tmp_path, furnished, secure):
    for site in make_site(tmp_path / "house", furnished, secure_cookies=secure):
        browser = site.browser()
        answer = browser.client.get("/login", base_url="https://localhost")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-kanglu=" if secure else "kanglu=")
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is secure
        assert "Path=/" in cookie


FORMS = (
    ("amina", "/me/import", {}),
    ("amina", "/me/import/x", {}),
    ("chen", "/p/{record}/import", {}),
    ("chen", "/p/{record}/import/x", {}),
    ("nobody", "/login", {"email": "x@example.org", "password": PASSWORD}),
    ("nobody", "/demo/{amina}", {}),
    ("amina", "/lang/zh", {}),
    ("amina", "/logout", {}),
    ("amina", "/password", {"new_password": PASSWORD}),
    ("amina", "/chat", {"text": "128 82"}),
    ("amina", "/me/settings", {"language": "zh"}),
    ("amina", "/me/settings/link", {}),
    ("amina", "/me/settings/reminders", {"pause": "week"}),
    ("amina", "/me/settings/devices", {"name": "Cuff"}),
    ("amina", "/me/settings/devices/x/revoke", {}),
    ("amina", "/me/settings/chats/x/unlink", {}),
    ("amina", "/me/people/invite", {}),
    ("amina", "/me/people/guardian", {}),
    ("amina", "/me/people/take-over", {}),
    ("amina", "/me/people/x", {"scopes": "see"}),
    ("amina", "/me/people/x/end", {}),
    ("amina", "/profiles/new", {"name": "Mei"}),
    ("chen", "/profiles/x/link", {}),
    ("amina", "/help-for/f_x", {}),
    ("amina", "/sign-in/s_x", {}),
    ("amina", "/me/consents/new", {"confirm": "1"}),
    ("amina", "/me/consents/{grant}/withdraw", {}),
    ("amina", "/me/access-log", {"often": "daily"}),
    ("amina", "/me/hidden/new", {"whom": "everyone"}),
    ("amina", "/me/hidden/x/show", {}),
    ("chen", "/emergency", {"code": "123456"}),
    ("chen", "/emergency/x/end", {}),
    ("otto", "/emergencies/x/reviewed", {}),
    ("amina", "/me/emergencies/x", {"words": "No."}),
    ("chen", "/second", {"code": "123456"}),
    ("chen", "/second/ask", {"code": "123456"}),
    ("amina", "/me/requests/x", {"kinds": "signs"}),
    ("amina", "/me/requests/x/refuse", {}),
    ("chen", "/p/{record}/ask", {"kinds": "signs"}),
    ("rosa", "/released/x/ask", {"kinds": "signs"}),
    ("amina", "/me/readings/new/bp", {"high": "128", "low": "82"}),
    ("amina", "/me/readings/x", {"high": "128", "low": "82"}),
    ("amina", "/me/readings/x/take-back", {}),
    ("amina", "/me/notes/x/comment", {"words": "It was the left arm."}),
    ("amina", "/me/readings/x/put-back", {}),
    ("chen", "/p/{record}/orders/new", {"text": "Measure."}),
    ("chen", "/p/{record}/orders/x/withdraw", {}),
    ("chen", "/p/{record}/alerts/x/seen", {}),
    ("chen", "/p/{record}/alerts/x/send", {}),
    ("chen", "/p/{record}/alerts/x/drop", {}),
    ("chen", "/p/{record}/limits", {"systolic": "140"}),
    ("chen", "/p/{record}/limits/reset", {}),
    ("chen", "/clinic/guideline", {"guideline": "esc_2024"}),
    ("chen", "/clinic/advice/no_data", {"english": "Measure."}),
    ("chen", "/clinic/templates/new", {"english": "Measure."}),
    ("chen", "/clinic/templates/x", {"english": "Measure."}),
    ("chen", "/clinic/templates/x/away", {}),
    ("chen", "/invite", {"name": "Mei"}),
    ("chen", "/invite/x/link", {}),
    ("chen", "/invite/x/back", {}),
    ("chen", "/p/{record}/orders/x/change", {"text": "Measure."}),
    ("chen", "/p/{record}/notes", {"text": "A note."}),
    ("amina", "/me/settings/erase", {"word": "ERASE"}),
    ("amina", "/me/settings/keep", {}),
    ("chen", "/today", {"name": "Amina"}),
    ("chen", "/p/{record}/reviewed", {}),
    ("chen", "/p/{record}/reviewed/undo", {}),
    ("chen", "/p/{record}/orders/questions/x", {"text": "Yes."}),
    ("chen", "/p/{record}/guideline", {"guideline": "esc_2024"}),
    ("chen", "/p/{record}/death", {}),
    ("chen", "/p/{record}/death/back", {}),
    ("amina", "/me/settings/calendar", {}),
    ("amina", "/me/settings/calendar/revoke", {}),
    ("amina", "/me/settings/units", {"glucose": "mg/dL"}),
    ("amina", "/me/settings/place", {"place": "stay"}),
    ("rosa", "/released/x/describe", {"text": "A letter."}),
    ("otto", "/admin/again", {}),
)


def test_nothing_is_changed_without_the_token_of_the_page(site):
    cast = site.cast
    people = {"amina": cast.amina, "chen": cast.chen, "rosa": cast.researcher}
    people["otto"] = site.others.otto
    browsers = {"nobody": site.browser()} | {name: site.as_(who) for name, who in people.items()}
    filled = {"amina": cast.amina.id, "grant": cast.grant.id, "record": cast.record.id}
    asked = {path.format(**filled) for _, path, _ in FORMS}
    for who, path, values in FORMS:
        for token in ({}, {"csrf_token": "made up"}):
            answer = browsers[who].client.post(path.format(**filled), data={**values, **token})
            assert answer.status_code == 400, f"{path}: {answer.status}"
            assert "reload the page" in answer.get_data(as_text=True)
    posts = {
        rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ())
    }
    matched = {site.app.url_map.bind("").match(one, "POST")[0] for one in asked}
    of_the_library = {one for one in posts if one.startswith("security.")}
    assert posts - of_the_library - matched == {"machine.webhook", "api.observations"}
    with site.database.begin(False) as unit:
        assert unit.grants.grant(cast.grant.id).withdrawn is None
