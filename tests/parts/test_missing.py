"""What is missing skips at home and fails in CI."""

from pathlib import Path

import pytest

from tests.parts.chromium import Chromium
from tests.parts.installed import installed
from tests.parts.missing import MissingPartError, skip_or_fail


def test_at_home_it_skips_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        skip_or_fail("apt-get install chromium")


def test_in_ci_it_fails_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        skip_or_fail("apt-get install chromium")


def test_a_missing_browser_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingPartError, match="apt-get install chromium"):
        Chromium().start()


def test_swift_without_a_registry_is_named_with_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.parts.installed.REPOSITORY", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    said: list[str] = []
    with pytest.raises(MissingPartError, match="needs the package registry once"):
        installed("swift", said.append)
    assert len(said) == 1
