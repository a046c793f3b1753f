"""Requests for leave on the site: asked, answered by the patient, and seen by both."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.policy import Action
from records.services.consenting import who_looked, withdraw_grant
from records.services.helping import end_care
from records.services.looking import What, what_of
from records.services.requesting import ASKED
from records.services.viewing import open_record
from records.vocabulary import SegmentKind

WHY = "To choose the dose."


def kinds_open(site, who):
    with site.database.begin(False) as unit:
        return open_record(unit, site.cast.record.id, by=who, now=site.clock()).kinds


def ask(site):
    chen = site.as_(site.cast.chen)
    place = f"/p/{site.cast.record.id}"
    assert f"{place}/ask" in chen.get(place).links()
    chen.get(f"{place}/ask")
    asked = chen.send("Ask", kinds=["signs", "health_status"], days="90", reason=WHY)
    assert asked.heading == "What I asked for"
    assert asked.has("waits for an answer")
    return chen


def test_a_patient_shares_what_stays_ticked(site):
    chen, amina = ask(site), site.as_(site.cast.amina)
    page = amina.get("/me/consents")
    assert page.has("Dr Chen asks for leave")
    (link,) = [one for one in page.links() if one.startswith("/me/requests/")]
    assert amina.get(link).has(WHY)
    amina.send("Share what is ticked", kinds=["signs"])
    assert kinds_open(site, site.cast.chen) == {SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS}
    assert chen.get("/asked").has("given")
    amina.get(link, 404)


def test_a_refusal_reads_not_given(site):
    chen, amina = ask(site), site.as_(site.cast.amina)
    link = next(x for x in amina.get("/me/consents").links() if x.startswith("/me/requests/"))
    amina.get(link)
    amina.send("Do not share")
    page = chen.get("/asked")
    assert page.has("not given")
    assert kinds_open(site, site.cast.chen) == {SegmentKind.PHYSICAL_SIGNS}


def test_a_third_party_asks_a_pseudonym_for_more_and_the_release_grows(site):
    rosa, amina = site.as_(site.cast.researcher), site.as_(site.cast.amina)
    page = rosa.get("/released")
    link = next(one for one in page.links() if one.endswith("/ask"))
    form = rosa.get(link)
    assert not form.tree.xpath("//input[@value='personal_information']")
    asked = rosa.send("Ask", kinds=["signs"], days="365", reason="A study of salt.")
    assert not asked.has("Amina")
    page = amina.get("/me/consents")
    assert page.has("Rosa asks for leave")
    amina.get(next(one for one in page.links() if one.startswith("/me/requests/")))
    amina.send("Share what is ticked")
    with site.database.begin(False) as unit:
        grants = unit.grants.of_organisation(site.cast.institute.id)
    assert [one.kinds for one in grants] == [{SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS}]
    assert grants[0].until is None


def test_what_is_missing_is_said_beside_its_field(site):
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/ask")
    page = chen.send("Ask", reason=" ", status=422)
    assert page.has("Please choose at least one kind.")
    assert page.has("Please say in a few words why.")


def ends(site, how):
    """Let what Dr Chen may know of Amina end: by her, by him, or by the day that was agreed."""
    cast = site.cast
    with site.database.begin(True) as unit:
        tie = next(
            x for x in unit.relationships.of_record(cast.record.id) if x.person == cast.chen.id
        )
        if how == "expired":
            ended = replace(tie, until=site.clock() + timedelta(minutes=5), version=tie.version + 1)
            unit.relationships.put(ended)
        else:
            by = cast.amina if how == "by the patient" else cast.chen
            end_care(unit, tie.id, record_id=cast.record.id, by=by, now=site.clock())
    site.clock.pass_(minutes=6)


@pytest.mark.parametrize("how", ["by the patient", "by the doctor", "expired"])
def test_what_was_asked_in_care_that_has_ended_names_nobody(site, how):
    chen, amina = ask(site), site.as_(site.cast.amina)
    amina.get(next(x for x in amina.get("/me/consents").links() if "/me/requests/" in x))
    amina.send("Share what is ticked", kinds=["signs"])
    assert chen.get("/asked").has("Amina")
    ends(site, how)
    page = chen.get("/asked")
    assert not page.has("Amina")
    assert page.has("You asked for nothing yet"), "as if it had never been asked"
    for path in ("/today", "/patients", "/invite", "/today/print"):
        assert not chen.get(path).has("Amina"), path


def test_what_a_withdrawn_release_was_asked_for_is_gone_with_it(site):
    rosa = site.as_(site.cast.researcher)
    rosa.get(next(one for one in rosa.get("/released").links() if one.endswith("/ask")))
    asked = rosa.send("Ask", kinds=["signs"], days="365", reason="A study of salt.")
    assert not asked.has("You asked for nothing yet")
    with site.database.begin(True) as unit:
        (given,) = unit.grants.of_organisation(site.cast.institute.id)
        withdraw_grant(unit, given.id, by=site.cast.amina, now=site.clock())
    assert rosa.get("/asked").has("You asked for nothing yet")


def test_the_list_of_what_was_asked_is_noted_for_each_who_is_named(site):
    chen = ask(site)
    site.clock.pass_(minutes=1)
    since = site.clock()
    chen.get("/asked")
    with site.database.begin(False) as unit:
        looks = who_looked(unit, site.cast.record.id, by=site.cast.amina, now=site.clock())
    (line,) = [one.note for one in looks if one.note.at >= since and one.note.ref == ASKED]
    assert (line.action, line.by) == (Action.SEE_RECORD, site.cast.chen.id)
    assert what_of(line) is What.NAMED
