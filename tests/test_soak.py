"""The long proofs of `make soak`, short: the same code, fewer of everything, a fixed seed."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from storage.flood import Limits
from storage.logs import quiet_logs
from tests.soak import attacks, disaster, log, outbox, packs, updates
from tests.storage.cloud.houses import sqlite


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is provoked here a thousand times need not be read."""
    quiet_logs(logging.CRITICAL)
    yield
    structlog.reset_defaults()


def test_mutated_updates_are_answered_or_set_aside() -> None:
    figures = updates.fuzz(1_200, seed=7)
    assert figures.good, figures
    assert figures.posted == 1_200
    assert figures.answered > 500
    assert figures.set_aside > 200


def test_four_couriers_keep_the_limits_and_lose_nothing() -> None:
    half = timedelta(seconds=0.5)
    limits = Limits(window=half, chat_window=half, group=2, group_window=3 * half)
    figures = outbox.soak(200, limits=limits, chats=80, groups=2, seed=3)
    assert figures.keeps(limits), figures
    assert figures.messages == 200
    assert figures.most_in_a_group > 0


def test_what_is_done_to_the_log_is_found_and_named() -> None:
    figures = log.soak(22, seed=5)
    assert sum(figures.attacks.values()) == 22
    assert not figures.missed
    assert not figures.elsewhere


def test_a_malicious_cloud_is_seen_whatever_it_does() -> None:
    outcomes = attacks.soak(12, patients=3, days=4)
    assert len(outcomes) == 12
    for name, one in outcomes.items():
        assert (one.made, one.seen, one.wrong) == (12, 12, 0), (name, one)


def test_so_it_is_seen_whatever_it_does_inside_a_pack() -> None:
    outcomes = packs.soak(8, patients=2, days=4)
    assert len(outcomes) == 13
    for name, one in outcomes.items():
        assert (one.made, one.seen, one.wrong) == (8, 8, 0), (name, one)


def test_what_was_synced_comes_back_alike(tmp_path: Path) -> None:
    figures = disaster.soak(tmp_path, 3, 120, sqlite(tmp_path))
    assert figures.good, figures
    assert figures.objects > 80
