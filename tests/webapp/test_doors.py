"""Who may enter which page, in every state of consent: the rules of every address, and a sample."""

from pathlib import Path

import pytest

from tests.soak.swapping import swap
from tests.webapp.addresses import addresses
from tests.webapp.cells import Asked
from tests.webapp.chats import told_wrongly
from tests.webapp.conftest import Furnished
from tests.webapp.peopling import Peopled, in_state, people_house
from tests.webapp.rules import CONSENTS, RULES

CHATTING = ("amina", "hana", "ravi", "chen", "zoe")
EACH = 61  # of so many cells one is asked here; the soak asks all


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory, furnished: Furnished) -> Peopled:
    """The house with everybody of the rules in it."""
    return people_house(tmp_path_factory.mktemp("people") / "house", furnished)


def test_every_address_has_its_rule_and_its_door(site):
    there = {rule.endpoint for rule, _ in addresses(site.app)}
    assert there == set(RULES), "say in ROUTES who may enter"
    for endpoint in there:
        assert hasattr(site.app.view_functions[endpoint], "door"), endpoint


def test_what_has_no_door_opens_to_nobody(site):
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    assert site.as_(site.cast.amina).fetch("/forgotten").status_code == 404


@pytest.mark.parametrize("state", CONSENTS)
def test_they_enter_and_see_what_the_rules_say(tmp_path: Path, peopled: Peopled, state: str):
    first = list(CONSENTS).index(state) * 3
    with in_state(tmp_path / "house", peopled, state) as scene:
        asked = Asked(scene)
        wrong = [asked.wrong(one) for one in list(asked.cells())[first::EACH]]
    assert not any(wrong), [one for one in wrong if one]


def test_the_chat_tells_nobody_more_than_the_rules_say(tmp_path: Path, peopled: Peopled):
    with in_state(tmp_path / "house", peopled, "hidden") as scene:
        wrong = [(said, foreign) for said, foreign in told_wrongly(scene, CHATTING) if foreign]
    assert not wrong


def test_swapped_ids_bring_nothing_foreign(tmp_path: Path, peopled: Peopled):
    figures = swap(tmp_path / "house", peopled, 150, seed=8, state="granted")
    assert not figures.foreign
    assert figures.asked == 150
