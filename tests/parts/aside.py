"""Coroutines from tests, whatever else runs in the test's own thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run one coroutine to its end in a thread and event loop of its own, and return its result.

    Playwright's running browser makes the test's own thread unfit for asyncio.run.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
