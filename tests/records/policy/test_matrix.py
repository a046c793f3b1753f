"""The house decides as the law says in every cell of the matrix: here in each scene a few."""

from itertools import cycle, islice

from records.policy import Action
from tests import law
from tests.records.policy.matrix import CELLS, CONSENTS, EACH, differences, some_scenes


def test_the_house_decides_as_the_law_says() -> None:
    turns = cycle(CELLS)
    asked, wrong = 0, []
    for scene in some_scenes():
        cells = tuple(islice(turns, EACH))
        asked += len(cells)
        wrong += differences(scene, cells)
    assert not wrong, wrong[:20]
    assert asked >= 100_000


def test_each_who_and_relation_is_asked_every_cell() -> None:
    assert EACH * len(CONSENTS) >= len(CELLS)  # they take turns


def test_the_law_has_a_line_for_every_action() -> None:
    assert set(law.ACTS) | law.READING_ACTIONS == {str(one) for one in Action}
