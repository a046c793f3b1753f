"""A bar that shows an operator how far a long command is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Progress = Callable[[int, int], None]
"""Tell how many are done, and of how many."""


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Show a bar under this label; give what moves it on."""
    with click.progressbar(length=1, label=label) as bar:

        def show(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield show
