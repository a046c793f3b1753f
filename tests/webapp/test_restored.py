"""The site over a house that came back from the clouds: the same people, pages and numbers."""

import shutil
from pathlib import Path

from tests.storage.cloud.houses import file_clouds, open_house
from tests.webapp.conftest import PASSWORD, Furnished, Site, make_site
from tests.webapp.test_signing_in import sign_in


def pages(site: Site) -> list[str]:
    """Return what the doctor and the patient read."""
    record = site.cast.record.id
    chen, amina = site.as_(site.cast.chen), site.as_(site.cast.amina)
    read = [chen.get(one).text for one in ("/today", f"/p/{record}", f"/p/{record}/print")]
    return read + [amina.get(one).text for one in ("/me", "/me/record", "/me/consents")]


def test_the_site_works_as_before(tmp_path: Path, furnished: Furnished) -> None:
    lost, back = tmp_path / "lost", tmp_path / "back"
    for site in make_site(lost, furnished):
        site.as_(site.cast.chen)  # the account is made
        site.settle()
        before, moment = pages(site), site.clock.now
    back.mkdir()
    shutil.copy(lost / "master.key", back)
    for cloud in ("private", "public"):
        shutil.copytree(lost / cloud, back / cloud)
    clock = furnished[3].__class__(moment)
    house = open_house(file_clouds(back), f"sqlite:///{back}/kanglu.db", clock, "keys.sqlite")
    assert house.restore().faults == ()
    house.close()
    restored = (back, furnished[1], furnished[2], clock)
    for site in make_site(tmp_path / "again", restored):
        page = sign_in(site.browser(), f"{site.cast.chen.id}@example.org", PASSWORD)
        assert page.heading == "Who needs me today"
        assert pages(site) == before
