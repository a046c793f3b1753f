"""What an operator types of what flows over: `flask --app wsgi overflow`."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
from flask import Flask

from records.placing import Load, Overflow
from webapp.progress import Progress, progress_bar

NOT_SET = (
    "OVERFLOW_STORE is not set: everything stays in the private cloud. "
    "Set it to a bucket of its own, with credentials of its own."
)


@dataclass(frozen=True, slots=True)
class OverflowWorks:
    """What the command asks of the house; `progress` is told how much is done, and of how much.

    `figures` is None where nothing can flow over. `plan` says what would go and what would come
    back; `run` how many objects moved, and how many records wait still.
    """

    figures: Callable[[], Overflow | None]
    plan: Callable[[Progress], tuple[Load, Load]]
    run: Callable[[Progress], tuple[int, int]]


def add_overflow(app: Flask, works: OverflowWorks) -> None:
    """Add the command to the site's."""

    @app.cli.command("overflow")
    @click.option("--dry-run", is_flag=True, help="Only say what would move.")
    def overflow(dry_run: bool) -> None:
        """Move what may lie in the overflow store there, and back what may not."""
        figures = works.figures()
        if figures is None:
            raise click.ClickException(NOT_SET)
        for line in (*policy_lines(figures), *load_lines(figures)):
            click.echo(line)
        if dry_run:
            with progress_bar("Opening labels") as progress:
                goes, comes = works.plan(progress)
            click.echo(f"Would go: {_load(goes)}. Would come back: {_load(comes)}.")
            return
        with progress_bar("Moving") as progress:
            moved, left = works.run(progress)
        for line in load_lines(works.figures() or figures):
            click.echo(line)
        click.echo(f"{'✖' if left else '✔'} {moved} objects moved; {left} records wait still")
        sys.exit(1 if left else 0)


def policy_lines(figures: Overflow) -> Iterator[str]:
    """Give the policy in words."""
    kinds = ", ".join(sorted(figures.kinds))
    size = f", of {figures.least} bytes or more" if figures.least else ""
    yield f"May flow over: {kinds}; normal confidentiality, {figures.days} days old{size}."
    if figures.quota is None:
        yield "No quota: all of that moves."
    else:
        yield f"Quota of the private cloud: {_size(figures.quota)}, {figures.filled or 0:.1%} used."


def load_lines(figures: Overflow) -> Iterator[str]:
    """Give how much lies where, and what it costs."""
    yield f"Private cloud: {_load(figures.home)}. Overflow store: {_load(figures.moved)}."
    yield f"May still go, unless its label forbids: {_load(figures.may_go)}."
    if figures.before is None or figures.now is None or figures.after is None:
        yield "Set PRIVATE_GB_MONTH and OVERFLOW_GB_MONTH to see what it costs."
        return
    yield (
        f"A month costs {figures.now:.2f} {figures.currency}: all in the private cloud "
        f"{figures.before:.2f}, once all has moved that may {figures.after:.2f}."
    )


def _load(load: Load) -> str:
    return f"{load.count} objects, {_size(load.size)}"


def _size(size: int) -> str:
    return f"{size / 1e9:.3f} GB"
