"""What is measured is told as it is: a missing peer and a missed aim are failed rows."""

import json
from pathlib import Path

import pytest

from tests.bench.figures import Figure, show, write
from tests.bench.peers import PeerMissing, dom4j


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
    with pytest.raises(PeerMissing):
        dom4j(tmp_path, [])
