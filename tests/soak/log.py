"""The log attacked: flipped, deleted, reordered, cut, forked, inserted; each must be found.

`python -m tests.soak.log --count 2000`. Every attack is done on a fresh copy of a house by somebody
who owns its database, so the triggers are gone; what the attacker lacks is the master key. Whoever
forges with the key's help (a second house with the same beginning) must leave the roots behind.
"""

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from records.policy import Action
from records.services.ports import Note
from records.tracking import PersonId, RecordId
from records.vocabulary import Purpose, SegmentKind
from storage.house import StorageHouse, prepare
from storage.settings import read_settings
from tests.cast import Clock

BEGIN = datetime(2026, 11, 20, 8, tzinfo=UTC)
DAYS, A_DAY, RECORDS = 3, 40, 6
LIVE, EARLIER = "live", "earlier"
TEXTS = ("rule", "by", "record", "purpose", "kinds", "ref", "face", "trace", "action")


@dataclass
class Figures:
    """How many attacks of each kind there were, and which were not found or named elsewhere."""

    attacks: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Attack:
    """An attack done: on which line it must show first, where that is one line."""

    name: str
    line: int | None = None


def open_house(folder: Path, clock: Clock) -> StorageHouse:
    """Open the house in a folder at a moment that stands still."""
    settings = read_settings({"INSTANCE_DIR": str(folder)})
    prepare(settings)
    return StorageHouse(settings, clock)


def write_some(house: StorageHouse, clock: Clock, dice: random.Random, count: int) -> None:
    """Let people look at records, a minute apart."""
    for _ in range(count):
        record = RecordId(f"record-{dice.randrange(RECORDS)}") if dice.random() > 0.1 else None
        kinds = frozenset(dice.sample(list(SegmentKind), 2))
        allowed = dice.random() > 0.2
        by = PersonId(f"person-{dice.randrange(9)}")
        note = Note(
            clock.pass_(minutes=1),
            Action.READ_SEGMENT,
            allowed,
            "readable",
            by,
            record,
            Purpose.TREATMENT,
            kinds,
        )
        with house.begin(True) as unit:
            unit.audit.note(note)


def lay_out(folder: Path, seed: int) -> None:
    """Make a house with days of sealed lines and their roots, and one as it was a day before."""
    clock, dice = Clock(BEGIN), random.Random(seed)
    house = open_house(folder / LIVE, clock)
    house.migrate()
    for day in range(DAYS):
        write_some(house, clock, dice, A_DAY)
        tick(house)
        clock.now = BEGIN + timedelta(days=day + 1)
        if day == DAYS - 2:
            house.engine.dispose()
            shutil.copytree(folder / LIVE, folder / EARLIER)
    house.close()


def tick(house: StorageHouse) -> None:
    """Do what a worker does for the log."""
    for step in house.log.steps:
        step()


@contextmanager
def unguarded(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a house's database as its owner, without the triggers and what keeps copies out."""
    connection = sqlite3.connect(folder / "kanglu.sqlite")
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.commit()
    connection.close()


def flip(folder: Path, dice: random.Random) -> Attack:
    """Change one field of one line."""
    with unguarded(folder) as database:
        line = _some_line(database, dice)
        if dice.random() < 0.2:
            database.execute("UPDATE audit SET allowed = NOT allowed WHERE id = ?", (line,))
        else:
            name = dice.choice(TEXTS)
            old = database.execute(f"SELECT {name} FROM audit WHERE id = ?", (line,)).fetchone()[0]
            new = "x" if old is None else old[:-1] + chr((ord(old[-1]) + 1) % 128) if old else "x"
            database.execute(f"UPDATE audit SET {name} = ? WHERE id = ?", (new, line))
    return Attack("flip", line)


def backdate(folder: Path, dice: random.Random) -> Attack:
    """Move one line in time."""
    with unguarded(folder) as database:
        line = _some_line(database, dice)
        database.execute("UPDATE audit SET at = '2026-11-19 07:00:00.000000' WHERE id = ?", (line,))
    return Attack("backdate", line)


def take_out(folder: Path, dice: random.Random) -> Attack:
    """Delete one line."""
    with unguarded(folder) as database:
        line = _some_line(database, dice)
        database.execute("DELETE FROM audit WHERE id = ?", (line,))
    return Attack("delete", line)


def take_out_with_seal(folder: Path, dice: random.Random) -> Attack:
    """Delete one line and its seal, and close the gap in the positions."""
    with unguarded(folder) as database:
        line = _some_line(database, dice)
        place = "SELECT position FROM audit_seals WHERE line = ?"
        (position,) = database.execute(place, (line,)).fetchone()
        database.execute("DELETE FROM audit WHERE id = ?", (line,))
        database.execute("DELETE FROM audit_seals WHERE line = ?", (line,))
        if dice.random() < 0.5:
            last = database.execute("SELECT max(position) FROM audit_seals").fetchone()[0]
            for one in range(position + 1, last + 1):
                database.execute(
                    "UPDATE audit_seals SET position = ? WHERE position = ?", (one - 1, one)
                )
    return Attack("delete with its seal")


def swap(folder: Path, dice: random.Random) -> Attack:
    """Let two lines change places."""
    with unguarded(folder) as database:
        one, other = sorted(dice.sample(range(1, DAYS * A_DAY + 1), 2))
        for old, new in ((one, -1), (other, one), (-1, other)):
            database.execute("UPDATE audit SET id = ? WHERE id = ?", (new, old))
    return Attack("reorder", one)


def swap_seals(folder: Path, dice: random.Random) -> Attack:
    """Let two seals change places, each with its line."""
    with unguarded(folder) as database:
        one, other = sorted(dice.sample(range(1, DAYS * A_DAY + 1), 2))
        for old, new in ((one, -1), (other, one), (-1, other)):
            database.execute("UPDATE audit_seals SET position = ? WHERE position = ?", (new, old))
    return Attack("reorder the seals")


def cut(folder: Path, dice: random.Random) -> Attack:
    """Cut the newest lines off with their seals, and set the heads back as far as one can."""
    with unguarded(folder) as database:
        keep = DAYS * A_DAY - dice.randint(1, A_DAY * 2)
        database.execute("DELETE FROM audit WHERE id > ?", (keep,))
        database.execute("DELETE FROM audit_seals WHERE position > ?", (keep,))
        if dice.random() < 0.7:
            database.execute(
                "UPDATE audit_heads SET count = coalesce((SELECT max(number) FROM audit_seals"
                " WHERE audit_seals.chain = audit_heads.chain), count)"
            )
    return Attack("cut the tail")


def roll_back(folder: Path, dice: random.Random) -> Attack:
    """Put the whole database back as it was a day before."""
    source = folder.parent / EARLIER / "kanglu.sqlite"
    shutil.copy(source, folder / "kanglu.sqlite")
    if dice.random() < 0.5:
        shutil.rmtree(folder / "anchors")
    return Attack("roll the database back")


def fork(folder: Path, dice: random.Random) -> Attack:
    """Go on from the day before with other lines, sealed with the house's own key."""
    roll_back(folder, random.Random(0))
    clock = Clock(BEGIN + timedelta(days=DAYS - 1))
    house = open_house(folder, clock)
    write_some(house, clock, dice, A_DAY + dice.randint(0, 10))
    tick(house)
    house.close()
    return Attack("fork")


def insert(folder: Path, dice: random.Random) -> Attack:
    """Add a line the house did not write, a copy of another one or one quite new, and seal it."""
    copied = dice.random() < 0.5
    with _without_unique_marks(folder) as database:
        line = _some_line(database, dice)
        mark = "mark" if copied else "NULL" if dice.random() < 0.5 else "randomblob(32)"
        names = "at, action, allowed, rule, by, record, purpose, kinds, ref, face, consent, trace"
        database.execute(
            f"INSERT INTO audit ({names}, mark) SELECT {names}, {mark} FROM audit WHERE id = ?",
            (line,),
        )
        (new,) = database.execute("SELECT max(id) FROM audit").fetchone()
        waits = dice.random() < 0.7
        if waits:
            database.execute("INSERT INTO audit_waiting (line) VALUES (?)", (new,))
    if waits and dice.random() < 0.7:
        house = open_house(folder, Clock(BEGIN + timedelta(days=DAYS)))
        tick(house)
        house.close()
    return Attack("insert", new)


def break_a_root(folder: Path, dice: random.Random) -> Attack:
    """Change or remove one day's root in one place."""
    place = dice.choice(("private", "public", "anchors/roots"))
    roots = sorted((folder / place).rglob("root-*"))
    chosen = dice.choice([one for one in roots if one.is_file()])
    if dice.random() < 0.5:
        chosen.unlink()
    else:
        content = chosen.read_bytes()
        spot = dice.randrange(len(content))
        changed = content[:spot] + bytes([content[spot] ^ 1]) + content[spot + 1 :]
        chosen.chmod(0o600)
        chosen.write_bytes(changed)
    return Attack("break a root")


ATTACKS: tuple[Callable[[Path, random.Random], Attack], ...] = (
    flip,
    backdate,
    take_out,
    take_out_with_seal,
    swap,
    swap_seals,
    cut,
    roll_back,
    fork,
    insert,
    break_a_root,
)


def soak(count: int, seed: int = 1) -> Figures:
    """Attack a house so many times, each time a fresh copy of it."""
    figures, dice = Figures(), random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        lay_out(Path(place), seed)
        for number in range(count):
            _one(Path(place), ATTACKS[number % len(ATTACKS)], dice, figures)
    return figures


def _one(
    place: Path,
    attack: Callable[[Path, random.Random], Attack],
    dice: random.Random,
    figures: Figures,
) -> None:
    copy = place / "copy"
    shutil.copytree(place / LIVE, copy)
    done = attack(copy, dice)
    house = open_house(copy, Clock(BEGIN + timedelta(days=DAYS)))
    report = house.log.verify()
    house.close()
    shutil.rmtree(copy)
    figures.attacks[done.name] += 1
    if report.whole:
        figures.missed.append(done.name)
    elif done.line is not None and report.faults[0].where != f"line {done.line}":
        figures.elsewhere.append(f"{done} shown at {report.faults[0]}")


@contextmanager
def _without_unique_marks(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a database in which two lines may have one mark."""
    with unguarded(folder) as database:
        database.execute("CREATE TABLE copied AS SELECT * FROM audit")
        database.execute("DROP TABLE audit")
        names = [row[1] for row in database.execute("PRAGMA table_info(copied)")]
        columns = ", ".join(n if n != "id" else "id INTEGER PRIMARY KEY" for n in names)
        database.execute(f"CREATE TABLE audit ({columns})")
        database.execute("INSERT INTO audit SELECT * FROM copied")
        database.execute("DROP TABLE copied")
        yield database


def _some_line(database: sqlite3.Connection, dice: random.Random) -> int:
    (last,) = database.execute("SELECT max(id) FROM audit").fetchone()
    return dice.randint(1, last)


def main(arguments: Sequence[str]) -> int:
    """Attack, and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1_100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(list(arguments))
    figures = soak(asked.count, asked.seed)
    for name, count in sorted(figures.attacks.items()):
        print(f"   {name:<24}{count - figures.missed.count(name):>6} of {count} found")
    for line in figures.elsewhere[:10]:
        print(f"   named elsewhere: {line}")
    return int(bool(figures.missed or figures.elsewhere))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
