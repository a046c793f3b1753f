"""What happens when this machine lacks a part: skip with a reason at home, fail in CI."""

import os
from typing import NoReturn


class MissingPartError(Exception):
    """This machine lacks a part; the message is one line that says how to get it."""


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test with this reason; where CI is set fail it, for there nothing may skip."""
    import pytest  # not for those who only install a part

    if os.environ.get("CI"):
        pytest.fail(f"in CI nothing may skip: {reason}", pytrace=False)
    pytest.skip(reason)
