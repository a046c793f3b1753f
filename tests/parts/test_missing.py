"""What is missing skips at home and fails in CI."""

import pytest

from tests.parts.missing import skip_or_fail


def test_at_home_it_skips_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        skip_or_fail("apt-get install chromium")


def test_in_ci_it_fails_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        skip_or_fail("apt-get install chromium")
