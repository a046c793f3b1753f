"""A clinician's page of one patient: the home average, its name, the patient's clock."""

from dataclasses import replace

from tests.webapp.conftest import Site


def test_the_home_average_says_how_far_it_is_and_by_which_rule(site: Site) -> None:
    page = site.as_(site.cast.chen).get(f"/p/{site.cast.record.id}")
    assert page.has("not enough yet (6 of 12)")  # seven readings, the first day's dropped
    assert page.has("NICE NG136")
    assert page.has("All times by the patient's clock (Asia/Shanghai).")
    assert page.has("Morning against evening")


def test_a_guideline_is_chosen_for_every_patient_of_a_clinician(site: Site) -> None:
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}")
    chosen = chen.send("Choose", guideline="china_2024").tree.xpath("//option[@selected]/@value")
    assert chosen == ["china_2024"]
    nora = site.as_(site.others.nora).get(f"/p/{site.cast.record.id}")
    assert nora.tree.xpath("//option[@selected]/@value") in ([], ["esc_2024"])


def test_times_are_those_of_the_patients_clock(site: Site) -> None:
    with site.database.begin(True) as unit:
        unit.people.put(replace(site.cast.chen, zone="Europe/London"))
    page = site.as_(site.cast.chen).get(f"/p/{site.cast.record.id}")
    assert page.has("Mon 23 Nov 11:00")  # 03:00 in London
    assert not page.has("Mon 23 Nov 03:00")


def test_ten_years_are_offered(site: Site) -> None:
    page = site.as_(site.cast.chen).get(f"/p/{site.cast.record.id}?days=3650")
    assert page.has("Each dot is a week's mean.")
    assert page.has("ten years")
