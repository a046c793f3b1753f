"""Whatever is done in whatever order, everybody reads exactly what the plain ledger says."""

from pathlib import Path

from tests.records.services.consent_house import furnished_house
from tests.records.services.consent_machine import run


def test_the_house_and_the_ledger_say_the_same(tmp_path: Path) -> None:
    with furnished_house(tmp_path) as house:
        run(house, 80, seed=6)
