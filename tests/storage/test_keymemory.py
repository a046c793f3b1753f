"""What a process remembers of keys: so many, for so long."""

import pytest

from storage import keymemory
from storage.keymemory import KEPT_FOR, KeyMemory, Keys

AMINA, BELA, CHEN = "amina", "bela", "chen"


def keys_of(owner: str) -> Keys:
    return ((f"{owner}-1", owner.encode()),)


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def memory(now: list[float]) -> KeyMemory:
    return KeyMemory(lambda: now[0])


def test_what_was_kept_is_remembered_for_its_time_and_no_longer(
    memory: KeyMemory, now: list[float]
) -> None:
    memory.keep(AMINA, keys_of(AMINA))
    now[0] += KEPT_FOR
    assert memory.of(AMINA) == keys_of(AMINA)
    now[0] += 1
    assert memory.of(AMINA) == ()


def test_the_least_used_is_dropped_first(
    memory: KeyMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keymemory, "CACHED", 2)
    memory.keep(AMINA, keys_of(AMINA))
    memory.keep(BELA, keys_of(BELA))
    memory.of(AMINA)
    memory.keep(CHEN, keys_of(CHEN))
    assert [bool(memory.of(one)) for one in (AMINA, BELA, CHEN)] == [True, False, True]
    assert len(memory) == 2


def test_what_is_to_be_forgotten_is_forgotten_at_once(memory: KeyMemory) -> None:
    for owner in (AMINA, BELA, CHEN):
        memory.keep(owner, keys_of(owner))
    memory.forget(AMINA)
    memory.forget(AMINA)
    assert memory.of(AMINA) == ()
    assert memory.of(BELA) == keys_of(BELA)
    memory.forget_all()
    assert len(memory) == 0
