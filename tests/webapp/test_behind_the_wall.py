"""Behind the second wall every page is what it is without, and costs one statement more at most."""

import pytest
from sqlalchemy import event

from records.services.looks import LookNotice, Often
from records.tracking import fresh
from tests.webapp.cells import SEVERAL

OWN = ("/me", "/me/readings", "/me/consents", "/me/people", "/me/settings", "/chat", "/me/export")
PATIENT = ("", "/print", "/export", "/orders/new", "/notes", "/ask")
PAGES = {
    "amina": (*OWN, "/me/access-log", "/me/hidden", "/me/emergencies", "/me/export/record.json"),
    "bela": OWN,
    "chen": ("/today", "/patients", *(f"/p/{{record}}{one}" for one in PATIENT)),
    "dara": ("/today", "/patients", "/p/{record}", "/emergencies"),
    "nora": ("/today", "/patients", "/p/{record}"),
    "researcher": ("/released",),
    "sana": ("/released",),
    "otto": ("/operator",),
}


def seen(site, who, path):
    person = getattr(site.cast, who, None) or getattr(site.others, who)
    browser = site.as_(person)
    said = []
    event.listen(
        site.database.engine, "before_cursor_execute", lambda *given: said.append(given[2])
    )
    answer = browser.fetch(path.format(record=site.cast.record.id))
    told = [one for one in said if "kanglu_open" in one or "set_config" in one]
    words = "" if answer.mimetype != "text/html" else browser_words(answer)
    return (answer.status_code, words), len(told)


def browser_words(answer):
    return sorted({word for word in answer.get_data(as_text=True).split() if word.isalpha()})


@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_the_same_and_costs_one_statement_more_at_most(site, walled_site, who):
    for path in PAGES[who]:
        here, _ = seen(site, who, path)
        there, told = seen(walled_site, who, path)
        assert there == here, path
        assert told <= 1, path


def test_the_patient_enters_shares_and_takes_back_behind_the_wall(walled_site):
    amina = walled_site.as_(walled_site.cast.amina)
    amina.get("/me/readings/new/bp")
    assert amina.send("Save", high="131", low="83").has("Saved. Thank you.")
    chen = walled_site.as_(walled_site.cast.chen)
    assert chen.get(f"/p/{walled_site.cast.record.id}").has("131/83")
    token = amina.get("/me/consents").form("Withdraw").fields["csrf_token"]
    place = f"/me/consents/{walled_site.cast.grant.id}/withdraw"
    assert amina.client.post(place, data={"csrf_token": token}).status_code == 302
    assert not chen.get(f"/p/{walled_site.cast.record.id}").has("131/83")


def asked(site, browser, path):
    """Return how a page is answered and all that the database is asked for it, in order."""
    said = []

    def note(_connection, _cursor, statement, *_):
        said.append(SEVERAL.sub("IN (...)", statement))

    event.listen(site.database.engine, "before_cursor_execute", note)
    answer = browser.fetch(path)
    event.remove(site.database.engine, "before_cursor_execute", note)
    return answer.status_code, said


@pytest.mark.parametrize("house", ["site", "walled_site"])
@pytest.mark.parametrize("often", [Often.NEVER, Often.EACH, Often.DAILY])
def test_a_refusal_asks_the_database_what_an_absence_asks(request, house, often):
    site = request.getfixturevalue(house)
    record = site.cast.record.id
    with site.database.begin(True) as unit:
        unit.look_notices.put(LookNotice(record, often, site.clock()))
    dara = site.as_(site.cast.dara)
    for one in PATIENT:
        refused, absent = (asked(site, dara, f"/p/{name}{one}") for name in (record, fresh()))
        assert refused == absent, one
        assert refused[0] == 404
        assert any("INSERT INTO audit" in statement for statement in refused[1])
