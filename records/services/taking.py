"""Taking all of a record along: cut into steps, each decided anew when its turn comes.

A step is one transaction and holds one year, one file or the log at a time. Whoever loses the
leave in between gets no further step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from records.attachments import Media
from records.errors import NotPermitted
from records.people import Person
from records.policy import Action
from records.services.attaching import open_attachment
from records.services.exporting import as_bundle, as_table
from records.services.handing import hand_out
from records.services.parting import summaries
from records.services.permitting import admit
from records.services.ports import Unit
from records.tracking import AttachmentId, RecordId, TrackingId
from records.vocabulary import Language

OF_AN_ENTRY = 150  # bytes in the file: as document, for apps and in a table, packed together
BESIDE = 12_000  # bytes of what stands around the entries, and of who looked
ENDINGS = {Media.PICTURE: "jpg", Media.VOICE: "ogg", Media.FILE: "bin"}


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes what along, and in whose language."""

    record: RecordId
    by: Person
    language: Language
    zone: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """What was told of one year; with the newest goes what lasts, and what is ordered."""

    name: str
    chosen: tuple[TrackingId, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One picture, voice note or file."""

    name: str
    attachment: AttachmentId


Step = Year | Kept


@dataclass(frozen=True, slots=True)
class Contents:
    """What the file of everything will hold, and roughly how many bytes that is."""

    entries: int
    files: int
    size: int


def contents_of(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Contents:
    """Return what a patient would take along; to nobody else, whom it would tell of the rest."""
    record, _ = admit(unit, Action.SEE_RECORD, by=by, record_id=record_id, now=now, quietly=True)
    if record.patient != by.id:
        raise NotPermitted
    held = unit.copies.held(record_id)
    size = BESIDE + held.entries * OF_AN_ENTRY + held.bytes_of_files
    return Contents(held.entries, held.files, size)


def steps_of(unit: Unit, taking: Taking, *, now: datetime) -> tuple[Step, ...]:
    """Return what is to be drawn, the newest year first; the copy is noted here, once."""
    handout = hand_out(unit, taking.record, by=taking.by, now=now, private=taking.private)
    years: dict[str, list[TrackingId]] = {}
    for one in handout.segments:
        if one.told_on is not None:
            years.setdefault(f"{one.told_on:%Y}", []).append(one.id)
    older = sorted(years, reverse=True)
    newest = older.pop(0) if older else f"{now:%Y}"
    first = Year(newest, (), date(int(newest), 1, 1))
    told = [Year(one, tuple(years[one])) for one in older]
    came = ((one, ref) for one in handout.observations for ref in one.attachments)
    kept = [
        Kept(f"files/{one.effective:%Y%m%d}-{number:04}", ref)
        for number, (one, ref) in enumerate(came, 1)
    ]
    return (first, *told, *kept)


def draw_step(
    unit: Unit, taking: Taking, step: Step, *, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """Draw the files of one step by their names; raises NotPermitted where the leave has ended.

    The line of the whole copy tells of each step: none is noted again.
    """
    unit.audit.beside_page()
    if isinstance(step, Kept):
        found, content = open_attachment(unit, step.attachment, by=taking.by, now=now)
        yield f"{step.name}.{ENDINGS[found.media]}", content
        return
    handout = hand_out(
        unit,
        taking.record,
        by=taking.by,
        now=now,
        only=step.chosen or None,
        since=step.since,
        private=taking.private,
    )
    for part in summaries(unit, handout, now=now):
        yield f"record-{part.period or step.name}.xml", part.content
    yield f"record-{step.name}.json", as_bundle(unit, handout, by=taking.by, now=now)
    table = as_table(unit, handout, language=taking.language, zone=taking.zone)
    yield f"entries-{step.name}.csv", table
