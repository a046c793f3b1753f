"""Helpers and guardians on the site: invited with a choice, changed, ended, handed over."""

import re

import pytest

from records.chats import Chat, ChatChannel
from records.people import Basis, Scope, Tie
from records.services.helping import choose_help, guardians_of, helpers_of
from records.services.managing import Profile, open_profile
from records.services.viewing import records_of
from records.tracking import ChatId, fresh
from storage.lines import web_lines

PAYLOAD = re.compile(r"/help-for/(f_[A-Za-z0-9_-]{43})")


def helper(site, who=None):
    """Return the tie of one of Amina's helpers: Bela, or whoever else."""
    with site.database.begin(False) as unit:
        found = helpers_of(unit, site.cast.record.id, site.clock())
    return next(one for one in found if one.person == (who or site.cast.bela).id)


def test_the_patient_chooses_on_inviting_and_the_helper_reads_it(site):
    amina = site.as_(site.cast.amina)
    amina.get("/me/people")
    amina.get("/me/people/invite")
    page = amina.send("Make the link", scopes=["record", "urgent"])
    assert page.has("may enter numbers, is told of urgent numbers at once")
    (payload,) = PAYLOAD.findall(page.text)
    dara = site.as_(site.cast.dara)
    assert dara.get(f"/help-for/{payload}").has("Amina asks you to help. may enter numbers")
    dara.send("Yes, I will help")
    assert helper(site, site.cast.dara).scopes == {Scope.RECORD, Scope.URGENT}


def test_the_patient_changes_what_a_helper_may_do_and_until_when(site):
    amina = site.as_(site.cast.amina)
    amina.get(f"/me/people/{helper(site).id}")
    amina.send("Save", scopes=["see"], until="2027-01-31")
    assert helper(site).scopes == {Scope.SEE}
    assert helper(site).ends.isoformat() == "2027-02-01T00:00:00+08:00"
    bela = site.as_(site.cast.bela)
    assert bela.get("/me").status == 200
    bela.get("/me/readings/new/bp")
    bela.send("Save", high="128", low="82", status=404)


def test_longer_than_a_year_is_refused_beside_its_field(site):
    amina = site.as_(site.cast.amina)
    amina.get(f"/me/people/{helper(site).id}")
    page = amina.send("Save", until="2028-01-31", status=422)
    assert page.has("Please choose a day within a year.")


def test_nobody_but_who_decides_changes_what_a_helper_may_do(site):
    bela = site.as_(site.cast.bela)
    bela.get(f"/me/people/{helper(site).id}?for={site.cast.record.id}", status=404)
    bela.get(f"/me/people/invite?for={site.cast.record.id}", status=404)


def test_either_side_ends_it_at_once(site):
    bela = site.as_(site.cast.bela)
    bela.get("/me/people")
    bela.send("End this")
    bela.get(f"/me?for={site.cast.record.id}", status=404)


@pytest.fixture
def mei(site):
    """Mei, who has no phone; Bela decides for her."""
    with site.database.begin(True) as unit:
        _, record, _ = open_profile(
            unit, Profile("Mei"), basis=Basis.ASKED, by=site.cast.bela, now=site.clock()
        )
    return record


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_about_helpers_is_in_order(site, mei, language):
    bela = site.as_(site.cast.bela)
    bela.get("/me/settings")
    bela.send("中文" if language == "zh" else "Save")
    for path in ("/me/people", "/me/people/invite", "/profiles/new"):
        bela.get(f"{path}?for={mei.id}")
    chen = site.as_(site.cast.chen)
    for path in ("/profiles", "/profiles/new"):
        chen.get(path)


def test_the_last_who_decides_is_told_to_name_another_first(site, mei):
    bela = site.as_(site.cast.bela)
    bela.get(f"/me/people?for={mei.id}")
    page = bela.send("End this", status=400)
    assert page.has("Nobody else decides for this patient yet. Name another first.")
    bela.get(f"/me/people?for={mei.id}")
    page = bela.send("Name another to decide")
    (payload,) = PAYLOAD.findall(page.text)
    dara = site.as_(site.cast.dara)
    assert dara.get(f"/help-for/{payload}").has("Will you decide for Mei, who has no phone?")
    dara.send("Yes, I will help")
    bela.get(f"/me/people?for={mei.id}")
    bela.post(f"/me/people/{_tie_of(site, mei, site.cast.bela)}/end?for={mei.id}")
    with site.database.begin(False) as unit:
        (left,) = guardians_of(unit, mei.id, site.clock())
    assert left.person == site.cast.dara.id


def _tie_of(site, record, who):
    with site.database.begin(False) as unit:
        found = helpers_of(unit, record.id, site.clock())
        return next(one.id for one in found if one.person == who.id)


def test_the_family_begins_a_record_on_the_site(site):
    bela = site.as_(site.cast.bela)
    bela.get("/profiles/new")
    bela.send("Begin the record", name="", status=422)
    bela.send("Begin the record", name="Lee", born="tiger", status=422)
    page = bela.send("Begin the record", name="Lee", born="1950", sex="male", basis="by_law")
    assert page.has("The record is there. You decide for the patient.")


def test_staff_begin_a_record_and_hand_it_to_the_family(site):
    chen = site.as_(site.cast.chen)
    chen.get("/profiles/new")
    page = chen.send("Begin the record", name="Lee", born="1950", sex="male")
    (payload,) = PAYLOAD.findall(page.text)
    assert chen.get("/profiles").has("Lee")
    bela = site.as_(site.cast.bela)
    bela.get(f"/help-for/{payload}")
    bela.send("Yes, I will help")
    assert not chen.get("/profiles").has("Lee")
    assert chen.get("/patients").has("Lee")
    assert chen.get("/today").status == 200
    with site.database.begin(False) as unit:
        mine = records_of(unit, by=site.cast.bela, now=site.clock(), ties=[Tie.CAREGIVER])
        assert [one.relationship.basis for one in mine] == [None, Basis.ASKED]


def test_who_decides_for_a_patient_shares_and_withdraws_on_the_site(site):
    chen, bela = site.as_(site.cast.chen), site.as_(site.cast.bela)
    chen.get("/profiles/new")
    page = chen.send("Begin the record", name="Lee", born="1950", sex="male")
    (payload,) = PAYLOAD.findall(page.text)
    bela.get(f"/help-for/{payload}")
    bela.send("Yes, I will help")
    with site.database.begin(False) as unit:
        mine = records_of(unit, by=site.cast.bela, now=site.clock(), ties=[Tie.CAREGIVER])
    (lee,) = (one.record.id for one in mine if one.patient.name == "Lee")
    links = bela.get(f"/me/people?for={lee}").links()
    assert f"/me/consents?for={lee}" in links
    bela.get(f"/me/consents/new?for={lee}")
    assert bela.page.has("For Lee")
    assert not bela.page.has(site.cast.institute.name)
    form = {"grantee": f"p:{site.cast.chen.id}", "kinds": ["personal_information"]}
    bela.send("Look what they will see", **form)
    page = bela.send("Share this")
    assert page.path == f"/me/consents?for={lee}"
    assert page.has("Dr Chen")
    assert chen.get(f"/p/{lee}").has("given by who decides for the patient")
    (receipt,) = (one for one in page.links() if one.endswith("/receipt"))
    assert bela.get(receipt).status == 200
    bela.get(f"/me/consents?for={lee}")
    assert bela.send("Withdraw").has("Withdrawn.")
    assert not chen.get(f"/p/{lee}").has("given by who decides for the patient")
    assert bela.fetch(f"/me/consents?for={site.cast.record.id}").status_code == 404


def test_the_doctor_reads_who_told_it(site):
    bela = site.as_(site.cast.bela)
    bela.get("/me/readings/new/bp")
    bela.send("Save", high="128", low="82")
    page = site.as_(site.cast.chen).get(f"/p/{site.cast.record.id}")
    assert page.has("by Bela")
    assert site.as_(site.cast.amina).get("/me/readings").has("by Bela")


def test_something_urgent_entered_on_the_site_reaches_the_helper_too(site):
    now = site.clock()
    with site.database.begin(True) as unit:
        record_id = site.cast.record.id
        scopes = {Scope.SEE, Scope.URGENT}
        tie = helper(site).id
        choose_help(unit, tie, scopes, record_id=record_id, by=site.cast.amina, now=now)
        chat = Chat(ChatId(fresh()), ChatChannel.WEB, site.cast.bela.id, "en", site.cast.bela.id)
        unit.chats.put(chat)
    amina = site.as_(site.cast.amina)
    amina.get("/me/readings/new/bp")
    amina.send("Save", high="186", low="112")
    (line,) = web_lines(site.database, site.cast.bela.id, 10)
    assert line.text == "⚠️ Amina: 186/112. Please call Amina now."
