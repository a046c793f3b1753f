"""Two processes that are shown one code at once: only one takes it."""

import threading
from datetime import timedelta

from storage.database import Database
from tests.cast import Cast, Clock


def test_of_two_at_once_one_takes_it(database: Database, cast: Cast) -> None:
    taken: list[bool] = []
    together = threading.Barrier(2)

    def take() -> None:
        together.wait()
        with database.begin(True) as unit:
            taken.append(unit.second_factors.take(cast.chen.id, 7))

    threads = [threading.Thread(target=take) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(taken) == [False, True]


def test_an_older_code_is_not_taken_after_a_newer(database: Database, cast: Cast) -> None:
    with database.begin(True) as unit:
        assert unit.second_factors.last(cast.chen.id) is None
        assert unit.second_factors.take(cast.chen.id, 7)
        assert not unit.second_factors.take(cast.chen.id, 6)
        assert unit.second_factors.take(cast.dara.id, 6)


def test_wrong_codes_count_from_the_first_of_them(
    database: Database, cast: Cast, clock: Clock
) -> None:
    start = clock() - timedelta(minutes=15)
    with database.begin(True) as unit:
        for _ in range(3):
            unit.second_factors.miss(cast.chen.id, clock(), start)
        assert unit.second_factors.misses(cast.dara.id, start) == 0
    with database.begin(False) as unit:
        assert unit.second_factors.misses(cast.chen.id, start) == 3
    clock.pass_(minutes=20)
    with database.begin(True) as unit:
        unit.second_factors.miss(cast.chen.id, clock(), clock() - timedelta(minutes=15))
    with database.begin(False) as unit:
        assert unit.second_factors.misses(cast.chen.id, start) == 1
