"""What is measured is told as it is: a missing peer and a missed aim are failed rows."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.figures import Figure, show, write
from tests.bench.peers import Peer, PeerMissing, Spent, dom4j


def test_a_missing_peer_and_a_missed_aim_are_failed_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = [
        Figure("fast", 9.0, "MB/s", "slow", 3.0, 2.0),
        Figure("slow", 1.0, "MB/s", "fast", 0.5, 2.0),
        Figure("absent", against="nobody", aim=2.0, failed="not installed"),
    ]
    assert [one.missed for one in figures] == [False, True, True]
    show(figures)
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["✔", "✖", "✖"]
    write(figures, tmp_path / "bench.json")
    told = json.loads((tmp_path / "bench.json").read_text())
    assert told["fast"] == {"value": 9.0, "unit": "MB/s", "against": "slow", "ratio": 3.0}
    assert told["absent"]["failed"] == "not installed"


def test_a_peer_that_cannot_be_brought_in_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PeerMissing), dom4j(tmp_path, []):
        raise AssertionError("it runs without being there")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("print([])", "it read none of the files"),
        ("raise SystemExit('no memory')", "no memory"),
        ("print([1]); input(); raise SystemExit('it broke')", "it broke"),
    ],
)
def test_a_peer_that_fails_says_why(program: str, said: str) -> None:
    with pytest.raises(PeerMissing, match=said), _peer(program) as peer:
        peer.once()


def test_a_peer_is_asked_for_one_pass_at_a_time() -> None:
    with _peer("print([1]); input(); print([0.5, 2]); input(); print([0.25, 1])") as peer:
        assert peer.files == (Path("b"),)
        assert [peer.once(), peer.once()] == [Spent(0.5, 2), Spent(0.25, 1)]


@contextmanager
def _peer(program: str) -> Iterator[Peer]:
    pipe, command = subprocess.PIPE, [sys.executable, "-u", "-c", program]
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    try:
        yield Peer(process, [Path("a"), Path("b")])
    finally:
        process.kill()
        process.communicate()
