"""Sharing: choose, see exactly what the doctor will see, confirm; withdraw, and it is closed."""

from records.observations import Channel
from records.people import Tie
from records.services.consenting import withdraw_grant
from records.services.enrolling import confirm_care, offer_care
from records.services.intake import Draft, file_observations
from records.vocabulary import Code


def begin(site):
    """Let Dr Dara treat Amina, with no grant yet, and Amina note what she will not share."""
    cast = site.cast
    with site.database.begin(True) as unit:
        offered = offer_care(
            unit,
            record_id=cast.record.id,
            person=cast.dara,
            tie=Tie.DOCTOR,
            now=site.clock(),
            by_patient=False,
        )
        confirm_care(unit, offered, by=cast.amina, now=site.clock())
        drafts = [Draft(Code.CONDITION, site.clock(), value="asthma since childhood")]
        file_observations(
            unit,
            drafts,
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.FORM,
            now=site.clock(),
        )


def values_of(page):
    """Return the values in the lists of a page."""
    return {" ".join(one.itertext()).strip() for one in page.tree.xpath("//li//span[br]")}


def test_the_whole_way_of_a_grant(site):
    begin(site)
    cast, place = site.cast, f"/p/{site.cast.record.id}"
    dara, amina = site.as_(cast.dara), site.as_(cast.amina)
    before = dara.get(place)
    assert before.has("Nothing is shared with you at present")
    assert not before.has("calm")

    amina.get("/me/consents/new")
    look = amina.send(
        "Look what they will see",
        grantee=f"p:{cast.dara.id}",
        kinds=["non_physical_signs"],
        until="2026-12-24",
    )
    assert look.heading == "This is what they will see"
    assert look.has("calm")
    assert look.has("They see it until 24 Dec 2026.")
    assert not look.has("asthma")
    assert not look.has("mmHg")
    assert dara.get(place).has("Nothing is shared"), "a look gives nothing yet"

    done = amina.send("Share this")
    assert done.has("Shared. You can withdraw it at any time.")
    seen = dara.get(place)
    assert seen.has("calm")
    assert seen.has("until 24 Dec 2026")
    assert not seen.has("asthma")
    assert not seen.has("mmHg")
    document = next(one for one in seen.links() if one.startswith("/records/"))
    assert b"calm" in dara.fetch(document).data

    amina.get("/me/consents")
    card = next(f for f in amina.page.tree.forms if "Dr Dara" in f.text_content())
    assert amina.post(card.get("action")).has("Withdrawn. From now on they see nothing of it.")
    assert dara.fetch(document).status_code == 404
    after = dara.get(place)
    assert after.has("Nothing is shared with you at present")
    assert not after.has("calm")

    log = amina.get("/me/access-log")
    assert log.has("Dr Dara looked at the orders")
    assert log.has("looked at: How I feel on the site · you let them")
    assert log.has("took a copy of: How I feel")
    assert log.has("wanted to look, was refused")
    assert log.tree.xpath("//*[contains(@class, 'tag')][contains(., 'refused')]")


def test_changing_ones_mind_keeps_what_was_chosen(site):
    begin(site)
    amina = site.as_(site.cast.amina)
    amina.get("/me/consents/new")
    chosen = {
        "grantee": f"p:{site.cast.dara.id}",
        "kinds": ["signs"],
        "without_mood": "y",
        "since": "2026-11-01",
        "until": "2026-12-24",
    }
    amina.send("Look what they will see", **chosen)
    page = amina.send("Change")
    form = page.form("Look what they will see")
    assert dict(form.form_values()) | {"csrf_token": ""} == {**chosen, "kinds": "signs"} | {
        "csrf_token": ""
    }


def rows_of(page):
    """Return the lines of the record by kinds, without the column of documents."""
    return [
        tuple(" ".join(cell.itertext()).strip() for cell in row.xpath("./td")[:2])
        for row in page.tree.xpath("//details//tr[td][../../thead//th[2][.='What']]")
    ]


def test_the_preview_is_the_page_the_grantee_then_gets(site):
    """Narrowed by label and by day, with counts before it is given; then the same page."""
    begin(site)
    amina, dara = site.as_(site.cast.amina), site.as_(site.cast.dara)
    amina.get("/me/consents/new")
    page = amina.send("All but my mood", grantee=f"p:{site.cast.dara.id}")
    ticked = page.tree.xpath("//input[@name='kinds'][@checked]/@value")
    assert "non_physical_signs" in ticked
    assert page.tree.xpath("//input[@name='without_mood'][@checked]")
    look = amina.send("Look what they will see", since="2026-11-20", until="")
    assert look.has("Physical signs 8 entries")
    assert look.has("Feelings and symptoms 0 entries")
    assert not look.has("calm")
    assert rows_of(look)
    amina.send("Share this")
    page = dara.get(f"/p/{site.cast.record.id}")
    assert rows_of(page) == rows_of(look)
    assert page.has("without mood")


def test_an_open_grant_is_narrowed_and_extended_as_its_next_version(site):
    amina, chen = site.as_(site.cast.amina), site.as_(site.cast.chen)
    page = amina.get("/me/consents")
    (link,) = [one for one in page.links() if one.endswith(site.cast.grant.id)]
    amina.get(link)
    amina.send("Look what they will see", since="2026-11-23", until="2027-01-31")
    amina.send("Share this")
    assert len(rows_of(chen.get(f"/p/{site.cast.record.id}"))) == 1
    with site.database.begin(False) as unit:
        grant = unit.grants.grant(site.cast.grant.id)
    assert (grant.version, grant.until.isoformat()) == (2, "2027-02-01T00:00:00+08:00")


def test_a_clinics_care_team_is_granted_together(site):
    amina, dara = site.as_(site.cast.amina), site.as_(site.cast.dara)
    amina.get("/me/consents/new")
    team = f"t:{site.cast.clinic.id}"
    page = amina.send("Look what they will see", grantee=team, kinds=["physical_signs"])
    assert page.has("Everybody who treats patients at Clinic by the River")
    assert dara.fetch(f"/p/{site.cast.record.id}").status_code == 404
    amina.send("Share this")
    assert rows_of(dara.get(f"/p/{site.cast.record.id}"))
    assert f"/p/{site.cast.record.id}" in dara.get("/patients").links()


def test_what_cannot_be_shared_is_said_beside_its_field(site):
    begin(site)
    amina = site.as_(site.cast.amina)
    institute, dara = f"o:{site.cast.institute.id}", f"p:{site.cast.dara.id}"
    for chosen, sentence in (
        ({"kinds": ["signs"]}, "Please choose who it is for."),
        ({"grantee": dara, "kinds": []}, "Please choose at least one kind."),
        ({"grantee": dara, "kinds": ["signs"], "until": "2026-11-01"}, "still to come"),
        ({"grantee": "p:made-up", "kinds": ["signs"]}, "Please choose one from the list."),
        ({"grantee": institute, "kinds": ["personal_information"]}, "are never released"),
    ):
        page = amina.get("/me/consents/new")
        page = amina.post("/me/consents/new", {"until": "", **chosen}, 422)
        assert page.tree.xpath(f"//*[@class='wrong'][contains(., '{sentence}')]"), sentence
        assert page.tree.xpath(f"//*[@class='summary']//a[contains(., '{sentence}')]"), sentence


def test_a_grant_withdrawn_elsewhere_is_closed_on_the_site_at_once(site):
    chen = site.as_(site.cast.chen)
    document = next(
        one for one in chen.get(f"/p/{site.cast.record.id}").links() if one.startswith("/records/")
    )
    assert chen.fetch(document).status_code == 200
    with site.database.begin(True) as unit:
        withdraw_grant(unit, site.cast.grant.id, by=site.cast.amina, now=site.clock())
    assert chen.fetch(document).status_code == 404
    chart = f"/p/{site.cast.record.id}/chart/bp.svg"
    assert b"128" not in chen.fetch(chart).data
