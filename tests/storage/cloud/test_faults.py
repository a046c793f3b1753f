"""A cloud that fails in the middle of a sync: two intervals later nothing is lost or doubled.

Every step and every fault is `make soak ONLY=faults`; here are those that have taught something.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parts.between import Between, Choose, Fault
from tests.parts.swift import Swift
from tests.soak.faults import Scene, at, share, since


@pytest.fixture
def door(swift: Swift) -> Iterator[Between]:
    with Between(swift.port) as opened:
        yield opened


@pytest.mark.parametrize(
    ("cloud", "choose"),
    [
        ("swift", at(9, Fault.EXISTS)),  # a name that is taken, and nothing there
        ("s3", since(20, Fault.UNANSWERED)),
        ("swift", share(3, Fault.DONE_BUSY)),
    ],
    ids=["taken", "unanswered", "three in ten"],
)
def test_a_sync_comes_to_its_end_after_a_fault(
    tmp_path: Path, swift: Swift, door: Between, cloud: str, choose: Choose
) -> None:
    outcome = Scene(tmp_path, swift, door, cloud).run(choose)
    assert outcome.spoilt > 0
    assert outcome.good, outcome
