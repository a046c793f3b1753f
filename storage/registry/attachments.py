"""Attachments over one session: bytes as sealed cells, and where each belongs."""

from datetime import timedelta

from sqlalchemy import delete, select

from records.attachments import Attachment, Awaited, Cleaned, Media, Stage
from records.errors import NotFound
from records.tracking import AttachmentId, ObservationId, RecordId
from storage.queue import DONE, WAITING
from storage.registry.desk import Desk
from storage.registry.wishes import wish_private
from storage.rows.attachments import AttachmentRow
from storage.wall import row_by_name

LOST = "lost"
STAGES = {DONE: Stage.HERE, LOST: Stage.LOST}
CELLS = ("source", "content", "small")


class AttachmentRegistry:
    """The bytes that came with messages."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def put(self, attachment_id: AttachmentId, what: Cleaned | Awaited, owner: str) -> None:
        """Keep bytes, or where they are to be fetched, under somebody's key until they are tied."""
        now = self.desk.clock()
        here = isinstance(what, Cleaned)
        row = AttachmentRow(
            id=attachment_id,
            sealed_for=owner,
            media=what.media,
            told=now,
            due=now,
            state=DONE if here else WAITING,
            address="" if isinstance(what, Cleaned) else what.address,
            attempts=0,
            token=0,
            event="",
        )
        if isinstance(what, Cleaned):
            put_bytes(self.desk, row, what)
        else:
            row.source = seal(self.desk, row, "source", what.source.encode())
        self.desk.session.add(row)
        self.desk.session.flush()

    def find(self, attachment_id: AttachmentId) -> Attachment:
        """Return what is known of an attachment, or raise NotFound."""
        row = self._row(attachment_id)
        return Attachment(
            AttachmentId(row.id),
            Media(row.media),
            STAGES.get(row.state, Stage.AWAITED),
            RecordId(row.record) if row.record else None,
            ObservationId(row.observation) if row.observation else None,
        )

    def tie(
        self, attachment_id: AttachmentId, record_id: RecordId, observation_id: ObservationId
    ) -> None:
        """Note where an attachment belongs: from now on it is sealed for that record."""
        row = self.desk.session.get(
            AttachmentRow, attachment_id, with_for_update=True, populate_existing=True
        )
        if row is None:
            raise NotFound
        row.observation = observation_id
        if row.record != record_id:
            self._seal_for(row, record_id)
            row.record = record_id
        self.desk.session.flush()
        if row.state == DONE:
            due = self.desk.clock() + timedelta(seconds=self.desk.quiet)
            wish_private(self.desk, record_id, due)

    def drop(self, attachment_id: AttachmentId) -> None:
        """Forget an attachment that is tied to nothing."""
        self.desk.session.execute(
            delete(AttachmentRow).where(
                AttachmentRow.id == attachment_id, AttachmentRow.record.is_(None)
            )
        )

    def content(self, attachment_id: AttachmentId, *, small: bool = False) -> bytes:
        """Return the bytes, or those of the small picture; raise NotFound where none are here."""
        row = self._row(attachment_id)
        field = "small" if small and row.small else "content"
        return open_bytes(self.desk, row, field)

    def _row(self, attachment_id: AttachmentId) -> AttachmentRow:
        found = select(AttachmentRow).where(AttachmentRow.id == attachment_id)
        row = row_by_name(self.desk.session, "attachments", attachment_id, found)
        if row is None:
            raise NotFound
        return row

    def _seal_for(self, row: AttachmentRow, owner: str) -> None:
        opened = {name: open_bytes(self.desk, row, name) for name in CELLS if getattr(row, name)}
        row.sealed_for = owner
        for name, content in opened.items():
            setattr(row, name, seal(self.desk, row, name, content))


def seal(desk: Desk, row: AttachmentRow, field: str, content: bytes) -> bytes:
    """Return one cell of an attachment, bound to its row and column."""
    return desk.cells.seal(row.sealed_for, f"attachment:{row.id}:{field}", content)


def open_bytes(desk: Desk, row: AttachmentRow, field: str) -> bytes:
    """Return what a cell of an attachment holds, or raise NotFound where it is empty."""
    sealed = getattr(row, field)
    if sealed is None:
        raise NotFound
    return desk.cells.open(row.sealed_for, f"attachment:{row.id}:{field}", sealed)


def put_bytes(desk: Desk, row: AttachmentRow, cleaned: Cleaned) -> None:
    """Put bytes into a row that has none yet."""
    row.media = cleaned.media
    row.content = seal(desk, row, "content", cleaned.content)
    row.small = seal(desk, row, "small", cleaned.small) if cleaned.small else None
