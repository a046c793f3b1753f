"""A table of readings taken into a record: shown first, added once, the file kept beside it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from records.attachments import Attachment
from records.errors import NotFound
from records.imports import Measured, Order, Table, read_table
from records.observations import Channel, Component, Quantity, Status
from records.people import Person
from records.services.correcting import reinstate, retract
from records.services.intake import Draft, file_observations, observation_at
from records.services.ports import Unit
from records.services.telling import tell
from records.tracking import AttachmentId, ObservationId, RecordId
from records.vocabulary import Code
from records.wording.imports import added_card

AT_ONCE = 300  # readings in one transaction: others wait for the record meanwhile
JOB = "import"
SAME = timedelta(seconds=60)
TYPED_AFTER = timedelta(minutes=10)  # the same numbers told so near are the same reading


@dataclass(frozen=True, slots=True)
class Found:
    """A table as it would be added: its readings, and how many of them are here already."""

    table: Table
    known: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """How far a file has been added: readings in it, readings added so far, and where to go on."""

    total: int
    added: int
    reached: int

    @property
    def done(self) -> bool:
        """Whether the whole file has been gone through."""
        return self.reached >= self.total


def look_into(
    unit: Unit, attachment: Attachment, *, now: datetime, order: Order | None = None
) -> Found:
    """Return what a file holds; raises NotATable where it is no table of readings."""
    table = _table(unit, attachment, now, order)
    known = _known(unit, _record(attachment), table.measured) if table.measured else []
    return Found(table, sum(known))


def add_readings(
    unit: Unit,
    attachment: Attachment,
    *,
    by: Person,
    now: datetime,
    order: Order | None = None,
    start: int = 0,
) -> Added:
    """Add the readings of a file from `start` on, as many as go at once.

    What is here already is passed over, so that a file may be added any number of times.
    """
    table = _table(unit, attachment, now, order)
    rows = table.measured[start : start + AT_ONCE]
    if rows:
        record_id = _record(attachment)
        unit.records.lock(record_id)
        known = _known(unit, record_id, rows)
        new = [row for row, here in zip(rows, known, strict=True) if not here]
        _file(unit, attachment, new, by=by, now=now)
    return Added(len(table.measured), _pressures(unit, attachment.id), start + len(rows))


def go_on_later(
    unit: Unit, attachment: AttachmentId, order: Order | None, start: int, *, now: datetime
) -> None:
    """Let the worker go on with a long file from this reading on."""
    ref = f"{attachment}:{order or ''}:{start}"
    unit.timetable.set(f"{JOB}:{ref}", now, JOB, ref)


def go_on(unit: Unit, ref: str, *, now: datetime) -> None:
    """Add the next readings of a long file, and say so once all are added."""
    name, order, start = ref.split(":")
    attachment = unit.attachments.find(AttachmentId(name))
    if attachment.observation is None:
        raise NotFound
    by = unit.people.person(observation_at(unit, attachment.observation)[1].author)
    chosen = Order(order) if order else None
    added = add_readings(unit, attachment, by=by, now=now, order=chosen, start=int(start))
    if not added.done:
        go_on_later(unit, attachment.id, chosen, added.reached, now=now)
        return
    tell(
        unit,
        by.id,
        lambda chat: added_card(
            added.added, added.total, attachment=attachment.id, language=chat.language
        ),
        about=attachment.id,
    )


def take_back(unit: Unit, attachment: AttachmentId, *, by: Person, now: datetime) -> int:
    """Take back what was added from a file, and return how many readings that were."""
    for one in added_from(unit, attachment):
        if observation_at(unit, one)[1].status is Status.FINAL:
            retract(unit, one, by=by, now=now)
    return _pressures(unit, attachment)


def put_back(unit: Unit, attachment: AttachmentId, *, by: Person, now: datetime) -> int:
    """Let what was taken back of a file count again, and return how many readings that are."""
    for one in added_from(unit, attachment):
        if observation_at(unit, one)[1].status is Status.ENTERED_IN_ERROR:
            reinstate(unit, one, by=by, now=now)
    return _pressures(unit, attachment)


def _record(attachment: Attachment) -> RecordId:
    if attachment.record is None:
        raise NotFound
    return attachment.record


def _zone(unit: Unit, record_id: RecordId) -> ZoneInfo:
    return ZoneInfo(unit.people.person(unit.records.record(record_id).patient).zone)


def _table(unit: Unit, attachment: Attachment, now: datetime, order: Order | None) -> Table:
    wall = now.astimezone(_zone(unit, _record(attachment))).replace(tzinfo=None)
    return read_table(unit.attachments.content(attachment.id), now=wall, order=order)


def _moment(row: Measured, zone: ZoneInfo) -> datetime:
    return row.at if row.at.tzinfo else row.at.replace(tzinfo=zone)


def _known(unit: Unit, record_id: RecordId, rows: Sequence[Measured]) -> list[bool]:
    """Say of each reading whether it is in the record, from this file or told in another way."""
    zone = _zone(unit, record_id)
    moments = [_moment(row, zone) for row in rows]
    since, until = min(moments) - TYPED_AFTER, max(moments) + TYPED_AFTER
    here: dict[tuple[Decimal, ...], list[datetime]] = defaultdict(list)
    for point in unit.series.points(record_id, Code.BLOOD_PRESSURE, since, until):
        here[point.numbers].append(point.at)
    found = [_taken(here[(row.systolic, row.diastolic)], at, SAME)
             for row, at in zip(rows, moments, strict=True)]  # fmt: skip
    found = [
        one or _taken(here[(row.systolic, row.diastolic)], at, TYPED_AFTER)
        for one, row, at in zip(found, rows, moments, strict=True)
    ]
    if len(rows) > AT_ONCE:
        return found
    return [
        one or bool(unit.intake.filed(_key(record_id, row, at)))
        for one, row, at in zip(found, rows, moments, strict=True)
    ]


def _taken(moments: list[datetime], at: datetime, apart: timedelta) -> bool:
    """Use up the reading nearest to a moment, if one is near enough."""
    nearest = min(moments, key=lambda one: abs(one - at), default=None)
    if nearest is None or abs(nearest - at) >= apart:
        return False
    moments.remove(nearest)
    return True


def _key(record_id: RecordId, row: Measured, at: datetime) -> str:
    """Return the intake key of a row: the same reading in another file is the same."""
    told = at.astimezone(UTC).strftime("%Y%m%d%H%M")
    return f"import:{record_id}:{told}:{row.systolic}/{row.diastolic}"


def remember_added(unit: Unit, attachment: AttachmentId, filed: Sequence[ObservationId]) -> None:
    """Remember what else was added from a file, so that it can be taken back with one tap."""
    key = _key_of_file(attachment)
    for each in (key, f"{key}:pressures"):
        unit.intake.remember(each, [*unit.intake.filed(each), *filed])


def _key_of_file(attachment: AttachmentId) -> str:
    return f"import:{attachment}"


def added_from(unit: Unit, attachment: AttachmentId) -> tuple[ObservationId, ...]:
    """Return all that was added from a file."""
    return unit.intake.filed(_key_of_file(attachment))


def _pressures(unit: Unit, attachment: AttachmentId) -> int:
    return len(unit.intake.filed(f"{_key_of_file(attachment)}:pressures"))


def _drafts(row: Measured, at: datetime, source: AttachmentId) -> list[Draft]:
    parts = tuple(
        Component(code, Quantity(number, "mm[Hg]"))
        for code, number in ((Code.SYSTOLIC, row.systolic), (Code.DIASTOLIC, row.diastolic))
    )
    drafts = [Draft(Code.BLOOD_PRESSURE, at, components=parts, source=source)]
    if row.pulse is not None:
        drafts.append(Draft(Code.HEART_RATE, at, value=Quantity(row.pulse, "/min"), source=source))
    return drafts


def _file(
    unit: Unit, attachment: Attachment, rows: Sequence[Measured], *, by: Person, now: datetime
) -> None:
    """File rows with the file as their source, and remember each under its own key."""
    record_id = _record(attachment)
    zone = _zone(unit, record_id)
    told = [(row, _drafts(row, _moment(row, zone), attachment.id)) for row in rows]
    filed = file_observations(
        unit,
        [draft for _, drafts in told for draft in drafts],
        record_id=record_id,
        by=by,
        channel=Channel.DOCUMENT,
        now=now,
    )
    ids = iter([one.id for one in filed.observations])
    pressures, all_of_them = [], []
    for row, drafts in told:
        mine = [next(ids) for _ in drafts]
        unit.intake.remember(_key(record_id, row, _moment(row, zone)), mine)
        pressures.append(mine[0])
        all_of_them += mine
    key = _key_of_file(attachment.id)
    unit.intake.remember(key, [*unit.intake.filed(key), *all_of_them])
    before = unit.intake.filed(f"{key}:pressures")
    unit.intake.remember(f"{key}:pressures", [*before, *pressures])
