"""What stands before a cloud: tries that are bounded, and a circuit that opens and closes."""

from collections.abc import Iterator

import pytest

from records.services.storing import AlreadyStored, NoSuchDocument, StoreUnavailable
from storage.stores.breaker import FAILURES, Breaker
from storage.stores.steady import TRIES, SteadyStore

DOWN = StoreUnavailable("The cloud cannot be reached; wait.", passing=True)
REFUSED = StoreUnavailable("The cloud refuses this account; correct its key.")


class Moody:
    """A store that fails as told, and counts how often it was asked."""

    def __init__(self, *moods: Exception | None) -> None:
        self.moods = list(moods)
        self.asked = 0

    def _answer(self) -> bytes:
        self.asked += 1
        mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        if mood is not None:
            raise mood
        return b"sealed"

    def put(self, container: str, name: str, content: bytes) -> None:
        self._answer()

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        return self._answer()

    def remove(self, container: str, name: str) -> None:
        self._answer()

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        yield self._answer().decode()

    def check(self) -> None:
        self._answer()


class Hours:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def steady(store: Moody, hours: Hours | None = None) -> SteadyStore:
    return SteadyStore(store, breaker=Breaker(clock=hours or Hours(), pause=10), step=0)


@pytest.mark.parametrize("act", ["put", "get", "remove", "names"])
def test_a_failure_that_passes_is_not_seen(act: str) -> None:
    store = Moody(DOWN, DOWN, None)
    words = {"put": ("c", "n", b"x"), "names": ("c",)}.get(act, ("c", "n"))
    answer = getattr(steady(store), act)(*words)
    assert (list(answer) if act == "names" else answer) in (None, b"sealed", ["sealed"])
    assert store.asked == 3


def test_tries_are_bounded() -> None:
    store = Moody(DOWN)
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        steady(store).get("c", "n")
    assert store.asked == TRIES


def test_what_will_not_pass_is_tried_once() -> None:
    for answer in (REFUSED, NoSuchDocument("none"), AlreadyStored("other")):
        store = Moody(answer)
        with pytest.raises(type(answer)):
            steady(store).get("c", "n")
        assert store.asked == 1


def test_a_cloud_that_is_down_is_left_alone_and_tried_by_one() -> None:
    store, hours = Moody(DOWN), Hours()
    cloud = steady(store, hours)
    for _ in range(FAILURES + 3):
        with pytest.raises(StoreUnavailable, match="cannot be reached; wait"):
            cloud.get("c", "n")
    assert store.asked == FAILURES * TRIES
    hours.now += 21  # the pause is of ten to twenty seconds
    assert cloud.breaker.lets_through()
    assert not cloud.breaker.lets_through(), "one asks, the others wait for what it finds"
    hours.now += 21
    store.moods = [None]
    assert cloud.get("c", "n") == b"sealed"
    assert cloud.breaker.lets_through()


def test_an_answer_in_between_begins_the_count_anew() -> None:
    store = Moody(DOWN)
    cloud = steady(store)
    for mood in (DOWN, NoSuchDocument("none")) * (FAILURES + 1):
        store.moods = [mood]
        with pytest.raises((StoreUnavailable, NoSuchDocument)):
            cloud.get("c", "n")
    assert cloud.breaker.lets_through()


def test_a_check_asks_in_any_case_and_closes_the_circuit() -> None:
    store = Moody(DOWN)
    cloud = steady(store)
    for _ in range(FAILURES):
        with pytest.raises(StoreUnavailable):
            cloud.get("c", "n")
    store.moods = [None]
    cloud.check()
    assert cloud.get("c", "n") == b"sealed"
