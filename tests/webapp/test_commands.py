"""What an operator types, and what is said to it."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from records.errors import NotFound
from records.placing import MAY_MIGRATE, Load, Overflow
from records.services.storing import CannotRestore, StoreUnavailable
from storage.cloud.finding import Fault
from tests.cast import Clock
from tests.records.cda.engine.made import PROBLEMS, VITALS, Entry, Section, document
from webapp.commands import Works, add_commands
from webapp.overflow import OverflowWorks


def change(progress: Callable[[int, int], None]) -> str:
    progress(1, 2)
    if not os.environ.get("CHANGING"):
        raise StoreUnavailable("The cloud is away; try again.")
    progress(2, 2)
    return "Copy it."


@dataclass(frozen=True)
class Came:
    """What a restore says of itself."""

    records: int = 2
    objects: int = 30
    faults: Sequence[Fault] = ()


def bring_back(progress: Callable[[int, int], None]) -> Came:
    progress(1, 3)
    progress(3, 3)
    return Came()


def erase(global_id: str) -> int:
    if global_id == "down":
        return 3
    if global_id != "known":
        raise NotFound
    return 0


def run(
    *words: str,
    typed: str = "",
    found: Sequence[tuple[str, str, bool]] = (),
    faults: Sequence[str] = (),
    restore: Callable[[Callable[[int, int], None]], Came] = bring_back,
    pack: Callable[[Callable[[int, int], None]], tuple[int, int]] = lambda _: (0, 0),
    overflow: Overflow | None = None,
) -> Result:
    app = Flask("kanglu")
    works = Works(
        checks=list,
        sync=lambda: 0,
        verify=lambda: list(found),
        restore=restore,
        log_lines=lambda: 2,
        verify_log=lambda progress: (progress(2), (faults, ["2 lines are sealed."]))[1],
        clock=Clock(),
        change_master_key=change,
        renew_key=lambda global_id: global_id == "known",
        erase=erase,
        pack=pack,
        overflow=OverflowWorks(
            lambda: overflow,
            lambda progress: (progress(3, 3), (Load(3, 12_000_000), Load(1, 4_000_000)))[1],
            lambda progress: (progress(3, 3), (3, 0 if overflow and overflow.days else 2))[1],
        ),
        cannot=(StoreUnavailable,),
    )
    add_commands(app, works)
    return app.test_cli_runner().invoke(args=list(words), input=typed)


def test_split_tells_the_segments_of_each_file_and_which_cannot_be_read(tmp_path: Path) -> None:
    good, bad, absent = (str(tmp_path / name) for name in ("good.xml", "bad.xml", "absent.xml"))
    entries = (Entry(1), Entry(2, code="29463-7"))
    content = document(Section(PROBLEMS, (Entry(3),)), Section(VITALS, entries), Section(""))
    Path(good).write_bytes(content)
    Path(bad).write_bytes(b"<a>\n<b></a>")
    result = run("split", good, bad, absent)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [(one["file"], one["ok"], one["error"]) for one in told] == [
        (good, True, None),
        (bad, False, "Line 2: an end tag does not match its start tag."),
        (absent, False, "No such file or directory."),
    ]
    segments = {one["kind"]: one for one in told[0]["segments"]}
    assert segments["signs"]["sections"] == [VITALS]
    assert segments["other"]["sections"] == [None]
    assert segments["health_status"]["entries"] == 1
    assert all(len(one["sha256"]) == 64 for one in told[0]["segments"])
    assert told[1]["segments"] == []


def test_split_ends_well_when_every_file_was_read(tmp_path: Path) -> None:
    file = tmp_path / "one.xml"
    file.write_bytes(document(Section(PROBLEMS, (Entry(1),))))
    assert run("split", str(file)).exit_code == 0


def test_verify_log_says_what_is_sealed_and_that_it_is_whole() -> None:
    result = run("verify-log")
    assert result.exit_code == 0
    assert "2 lines are sealed." in result.stdout
    assert "✔ the log is whole" in result.stdout


def test_verify_log_names_the_first_bad_line_and_fails() -> None:
    result = run("verify-log", faults=["line 7: missing", "chain one: cut off"])
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "✖ first: line 7: missing"


def test_a_change_of_the_master_key_says_what_is_left_or_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopped = run("rotate-master-key")
    assert stopped.exit_code == 1
    assert "The cloud is away; try again." in stopped.output
    monkeypatch.setenv("CHANGING", "1")
    done = run("rotate-master-key")
    assert done.exit_code == 0
    assert "The new master key is in use. Copy it." in done.output


def test_a_patients_key_is_renewed_by_the_global_id() -> None:
    assert "the new key seals" in run("rotate-patient-key", "known").output
    unknown = run("rotate-patient-key", "unknown")
    assert unknown.exit_code == 1
    assert "No patient has this global id." in unknown.output


def test_pack_says_how_many_packs_were_put_and_what_is_put_off() -> None:
    def put(progress: Callable[[int, int], None]) -> tuple[int, int]:
        progress(1, 2)
        progress(2, 2)
        return 7, 1

    result = run("pack", pack=put)
    assert result.exit_code == 0
    assert "✔ 7 packs put" in result.output
    assert "1 records are being synced just now" in result.output
    assert "put off" not in run("pack").output

    def fail(_: Callable[[int, int], None]) -> tuple[int, int]:
        raise StoreUnavailable("The cloud is away; try again.")

    assert "The cloud is away; try again." in run("pack", pack=fail).output


def test_restore_says_what_came_back() -> None:
    result = run("restore")
    assert result.exit_code == 0
    assert "✔ 2 records and 30 objects are back, 0 faults" in result.output


def test_restore_names_what_is_wrong_and_fails() -> None:
    result = run("restore", restore=lambda _: Came(faults=[Fault("c0ffee", "0b", "altered")]))
    assert result.exit_code == 1
    assert "✖ c0ffee/0b: altered" in result.output


def test_restore_says_what_to_do_where_it_may_not_begin() -> None:
    def refuse(_: Callable[[int, int], None]) -> Came:
        raise CannotRestore("This database is not empty.")

    result = run("restore", restore=refuse)
    assert result.exit_code == 2
    assert "✖ This database is not empty." in result.output


def test_erase_asks_to_type_the_id_again_and_takes_no_other() -> None:
    assert "Nothing was erased" in run("erase", "known", typed="knwon\n").output
    done = run("erase", "known", typed="known\n")
    assert (done.exit_code, "is erased" in done.output) == (0, True)


def test_erase_in_a_script_says_what_is_still_in_a_cloud_or_that_nobody_is_there() -> None:
    assert "3 objects are still in a cloud" in run("erase", "down", "--yes").output
    nobody = run("erase", "unknown", "--yes")
    assert (nobody.exit_code, "No patient" in nobody.output) == (1, True)


def test_verify_says_what_it_put_right_and_fails_for_what_is_left() -> None:
    assert run("verify").exit_code == 0
    put_right = run("verify", found=[("a", "missing", True)])
    assert (put_right.exit_code, "put right a: missing" in put_right.output) == (0, True)
    left = run("verify", found=[("a", "missing", True), ("b", "altered", False)])
    assert (left.exit_code, "1 of 2 faults are left" in left.output) == (1, True)


FIGURES = Overflow(
    kinds=MAY_MIGRATE,
    days=90,
    least=0,
    quota=4_000_000_000,
    home=Load(900, 3_000_000_000),
    moved=Load(100, 1_000_000_000),
    may_go=Load(300, 1_000_000_000),
    home_price=0.5,
    moved_price=0.1,
)


def test_overflow_says_the_policy_how_full_it_is_and_what_it_costs_before_and_after() -> None:
    result = run("overflow", "--dry-run", overflow=FIGURES)
    assert result.exit_code == 0
    assert "May flow over: record_of_life, signs; normal confidentiality" in result.stdout
    assert "Quota of the private cloud: 4.000 GB, 75.0% used." in result.stdout
    assert "A month costs 1.60 USD: all in the private cloud 2.00" in result.stdout
    assert "once all has moved that may 1.20." in result.stdout
    assert "Would go: 3 objects, 0.012 GB. Would come back: 1 objects" in result.stdout
    assert "objects moved" not in result.stdout


def test_overflow_moves_and_says_what_waits_still() -> None:
    result = run("overflow", overflow=FIGURES)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0, "✔ 3 objects moved; 0 records wait still",
    )  # fmt: skip
    result = run("overflow", overflow=replace(FIGURES, days=0, quota=None, home_price=None))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        1, "✖ 3 objects moved; 2 records wait still",
    )  # fmt: skip
    assert "No quota: all of that moves." in result.stdout
    assert "Set PRIVATE_GB_MONTH" in result.stdout


def test_overflow_without_a_store_says_what_to_set() -> None:
    result = run("overflow")
    assert result.exit_code == 1
    assert "OVERFLOW_STORE is not set" in result.output


class Away(Sequence[tuple[str, str, bool]]):
    """Findings of a round that a cloud which is down has ended."""

    def __len__(self) -> int:
        return 0

    def __getitem__(self, place):
        raise StoreUnavailable("The bucket moved cannot be reached; see that the store runs.")


def test_verify_says_which_cloud_does_not_answer() -> None:
    result = run("verify", found=Away())
    assert result.exit_code == 1
    assert result.output == "Error: The bucket moved cannot be reached; see that the store runs.\n"
