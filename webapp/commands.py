"""What an operator types: `flask --app wsgi …`."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import click
from flask import Flask

from records.errors import NotFound
from records.language import Context, understand
from records.language.wire import to_line
from records.services.storing import CannotRestore, StoreUnavailable
from records.vocabulary import Language
from webapp.overflow import OverflowWorks, add_overflow
from webapp.progress import Progress, progress_bar
from webapp.splitting import add_split


class Restored(Protocol):
    """What a restore says of itself."""

    @property
    def records(self) -> int:
        """How many records the house has."""

    @property
    def objects(self) -> int:
        """How many objects were put back."""

    @property
    def faults(self) -> Sequence["Fault"]:
        """What is wrong with the clouds."""


class Fault(Protocol):
    """One object that is not as it should be."""

    @property
    def container(self) -> str:
        """Where it lies."""

    @property
    def name(self) -> str:
        """What it is called there."""

    @property
    def what(self) -> str:
        """What is wrong with it, in a word or two."""


@dataclass(frozen=True, slots=True)
class Works:
    """What the commands ask of the rest of the house.

    `verify` returns each object that was not whole, what was wrong, and whether it is put right.
    `verify_log` is handed what to tell how many lines were read; it returns what is wrong and what
    there is to say.
    `erase` is handed a global id; it returns how much is put off, or raises NotFound.
    `pack` returns how many packs were put, and how many records were put off.
    `cannot` are its errors whose text says what to do.
    """

    checks: Callable[[], Sequence[tuple[str, bool, str]]]
    sync: Callable[[], int]
    verify: Callable[[], Sequence[tuple[str, str, bool]]]
    log_lines: Callable[[], int]
    verify_log: Callable[[Callable[[int], None]], tuple[Sequence[str], Sequence[str]]]
    restore: Callable[[Progress], Restored]
    clock: Callable[[], datetime]
    change_master_key: Callable[[Progress], str]
    renew_key: Callable[[str], bool]
    erase: Callable[[str], int]
    pack: Callable[[Progress], tuple[int, int]]
    overflow: OverflowWorks
    cannot: tuple[type[Exception], ...]


def add_commands(app: Flask, works: Works) -> None:
    """Add our commands to the site's."""
    add_split(app)
    _add_verify(app, works)
    _add_verify_log(app, works)
    _add_change_of_master_key(app, works)
    _add_renewal_of_keys(app, works)
    _add_restore(app, works)
    _add_erase(app, works)
    _add_pack(app, works)
    add_overflow(app, works.overflow)

    @app.cli.command("understand")
    def understand_lines() -> None:
        """Read JSON lines {"text", "lang"} and write what each line means."""
        for line in sys.stdin:
            if line.strip():
                click.echo(_understood(json.loads(line), works.clock()))

    @app.cli.command("check")
    def check() -> None:
        """Try the database, the stores, the lines and Telegram; each failure says what to do."""
        failed = False
        for name, fine, advice in works.checks():
            failed = failed or not fine
            click.echo(f"{'✔' if fine else '✖'} {name}{'' if fine else ': ' + advice}")
        sys.exit(1 if failed else 0)

    @app.cli.command("sync")
    def sync() -> None:
        """Bring both clouds up to date now."""
        done = 0
        while moved := works.sync():
            done += moved
        click.echo(f"✔ {done} done")


def _add_verify(app: Flask, works: Works) -> None:
    @app.cli.command("verify")
    def verify() -> None:
        """Open every object the manifests list; say what was missing or altered, and repaired."""
        try:
            found = works.verify()
        except works.cannot as error:
            raise click.ClickException(str(error)) from None
        for name, fault, repaired in found:
            click.echo(f"{'✔ put right' if repaired else '✖'} {name}: {fault}")
        left = sum(not repaired for _, _, repaired in found)
        whole = "every object is whole" if not found else f"{len(found)} put right"
        click.echo(f"✔ {whole}" if not left else f"✖ {left} of {len(found)} faults are left")
        sys.exit(1 if left else 0)


def _add_verify_log(app: Flask, works: Works) -> None:
    @app.cli.command("verify-log")
    def verify_log() -> None:
        """Read the whole log and say where it was changed, cut short or forked."""
        with click.progressbar(length=works.log_lines(), label="Reading the log") as bar:
            faults, said = works.verify_log(bar.update)
        for line in said:
            click.echo(line)
        for fault in faults:
            click.echo(f"✖ {fault}")
        click.echo("✔ the log is whole" if not faults else f"✖ first: {faults[0]}")
        sys.exit(1 if faults else 0)


def _add_change_of_master_key(app: Flask, works: Works) -> None:
    @app.cli.command("rotate-master-key")
    def rotate_master_key() -> None:
        """Wrap every key under a new master key while the house runs; goes on where it stopped."""
        try:
            with progress_bar("Wrapping keys") as progress:
                left = works.change_master_key(progress)
        except works.cannot as error:
            raise click.ClickException(str(error)) from None
        click.echo(f"✔ The new master key is in use. {left}")


def _add_renewal_of_keys(app: Flask, works: Works) -> None:
    @app.cli.command("rotate-patient-key")
    @click.argument("global_id")
    def rotate_patient_key(global_id: str) -> None:
        """Give a patient a new key; the worker seals anew what is older, and then destroys it."""
        if not works.renew_key(global_id):
            raise click.ClickException("No patient has this global id.")
        click.echo("✔ From now on the new key seals. What is older follows in the background.")


def _add_erase(app: Flask, works: Works) -> None:
    @app.cli.command("erase")
    @click.argument("global_id")
    @click.option("--yes", is_flag=True, help="Do not ask to type the id again.")
    def erase(global_id: str, yes: bool) -> None:
        """Erase a patient: rows, keys and both clouds. Nothing and nobody brings this back."""
        if not yes:
            click.echo("This erases the patient's record, keys and chats here and in both clouds.")
            if click.prompt("Type the global id again to erase") != global_id:
                raise click.ClickException("The ids differ. Nothing was erased.")
        try:
            left = works.erase(global_id)
        except NotFound:
            raise click.ClickException("No patient has this global id.") from None
        except works.cannot as error:
            raise click.ClickException(str(error)) from None
        click.echo("✔ The patient is erased. Only the log and the ledger still name the record.")
        if left:
            click.echo(f"… {left} objects are still in a cloud; the worker removes them.")


def _add_pack(app: Flask, works: Works) -> None:
    @app.cli.command("pack")
    def pack() -> None:
        """Pack the closed months of every record now: many small objects become one."""
        try:
            with progress_bar("Records") as progress:
                packs, put_off = works.pack(progress)
        except works.cannot as error:
            raise click.ClickException(str(error)) from None
        click.echo(f"✔ {packs} packs put")
        if put_off:
            click.echo(f"… {put_off} records are being synced just now; the worker packs them.")


def _add_restore(app: Flask, works: Works) -> None:
    @app.cli.command("restore")
    def restore() -> None:
        """Bring everything back from the clouds and the master key into an empty database."""
        try:
            with progress_bar("Containers") as progress:
                restored = works.restore(progress)
        except (CannotRestore, StoreUnavailable) as error:
            click.echo(f"✖ {error}")
            sys.exit(2)
        for one in restored.faults:
            click.echo(f"✖ {one.container}/{one.name}: {one.what}")
        faults = len(restored.faults)
        click.echo(f"{'✖' if faults else '✔'} {restored.records} records and "
                   f"{restored.objects} objects are back, {faults} faults")  # fmt: skip
        sys.exit(1 if faults else 0)


def _understood(asked: dict[str, str], now: datetime) -> str:
    lang = Language.CHINESE if asked.get("lang", "en").startswith("zh") else Language.ENGLISH
    understood = understand(asked["text"], lang, Context(now=now.replace(tzinfo=None)))
    return json.dumps(to_line(understood), ensure_ascii=False)
