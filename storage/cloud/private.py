"""Into the private cloud: document, seal, put under a random name, manifest, mark as synced."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from records import documents
from records.people import Record
from records.services.composing import compose
from records.services.storing import AlreadyStored, DocumentStore
from records.tracking import AttachmentId, RecordId, fresh
from storage.cloud.manifest import (
    Entry,
    Head,
    Page,
    PageRef,
    head_name,
    read_pages,
    with_page,
    write,
)
from storage.database import Database
from storage.keys import KeyStore
from storage.queue import DONE as HERE
from storage.registry.segments import open_segment_row
from storage.rows.attachments import AttachmentRow
from storage.rows.cloud import HeadRow, ObjectRow
from storage.rows.segments import SegmentRow
from storage.sealing import open_document, seal_document
from storage.telling import key_id_of

AT_ONCE = 50  # versions in one go: bounds memory and the length of a claim
FILES_AT_ONCE = 5  # attachments in one go: each may have ten megabytes
SEGMENT, ATTACHMENT = "segment", "attachment"  # families of objects in the manifest


@dataclass(frozen=True, slots=True)
class Put:
    """What one claim has put into the cloud, before the database knows of it."""

    record: RecordId
    month: str
    at: datetime
    entries: tuple[Entry, ...]
    head: Entry
    seq: int
    pages: tuple[PageRef, ...]


class PrivateCloud:
    """The complete, identified record as sealed objects, one container a patient."""

    def __init__(self, database: Database, keys: KeyStore, store: DocumentStore) -> None:
        self.database = database
        self.keys = keys
        self.store = store

    def put_what_waits(self, record_id: RecordId, token: int) -> Put | None:
        """Put the record's unsynced versions and attachments, the month's page and a head.

        Returns None if none waits.

        The claim's token numbers the head: a stalled worker's head is never the highest, so what
        it wrote late is never taken for the newest.
        """
        with self.database.begin(False) as unit:
            record = unit.records.record(record_id)
            session = unit.desk.session
            segments = [open_segment_row(unit.desk, row) for row in _waiting(session, record_id)]
            contents = [compose(unit, segment) for segment in segments]
            files = [
                (one, unit.attachments.content(one)) for one in _files_waiting(session, record_id)
            ]
            month = self.database.clock().strftime("%Y-%m")
            listed = _listed(session, record_id, month)
            last = session.get(HeadRow, record_id)
        if not segments and not files:
            return None
        self._escrow(record)
        new = tuple(
            self.put(record, content, family=SEGMENT, ref=one.id, version=one.version)
            for one, content in zip(segments, contents, strict=True)
        ) + tuple(
            self.put(record, content, family=ATTACHMENT, ref=one, version=1)
            for one, content in files
        )
        page = self.put(record, write(Page(record_id, month, (*listed, *new))))
        ref = PageRef(month, page.name, page.digest, page.length)
        pages = with_page(read_pages(last.pages if last else ""), ref)
        head = Head(record_id, token, last.digest if last else "", pages)
        put = self.put(record, write(head), name=head_name(token))
        return Put(record_id, month, self.database.clock(), new, put, token, pages)

    def note(self, session: Session, put: Put) -> None:
        """Note in the database what was put; the caller's transaction checks the claim."""
        session.add_all(_object_row(put, entry) for entry in put.entries)
        session.merge(
            HeadRow(
                record=put.record,
                seq=put.seq,
                digest=put.head.digest,
                pages=documents.write(put.pages).decode(),
            )
        )
        done = [(entry.ref, entry.version) for entry in put.entries if entry.family == SEGMENT]
        session.execute(
            update(SegmentRow)
            .where(tuple_(SegmentRow.id, SegmentRow.version).in_(done))
            .values(synced=put.at)
        )
        files = [entry.ref for entry in put.entries if entry.family == ATTACHMENT]
        session.execute(
            update(AttachmentRow)
            .where(AttachmentRow.id.in_(files), AttachmentRow.record == put.record)
            .values(stored=put.at)
        )

    def open(self, record: Record, entry: Entry) -> bytes:
        """Return the document an entry names, as it was before sealing, or raise CannotOpen.

        Any of the patient's keys opens it: the newest seals, those before still open.
        """
        sealed = self.store.get(record.place.container, entry.name)
        key_id, key = self.keys.key_for(record.id, key_id_of(sealed))
        return open_document(
            sealed,
            key=key,
            key_id=key_id,
            container=record.place.container,
            name=entry.name,
            digest=entry.digest,
            length=entry.length,
        )

    def put(
        self,
        record: Record,
        content: bytes,
        *,
        name: str = "",
        family: str = "manifest",
        ref: str = "",
        version: int = 0,
    ) -> Entry:
        """Seal a content under the newest key, store it under a new name, and return its entry."""
        key_id, key = self.keys.key_of(record.id)
        container = record.place.container
        chosen = name or fresh()
        sealed = seal_document(content, key=key, key_id=key_id, container=container, name=chosen)
        self.store.put(container, chosen, sealed)
        digest = hashlib.sha256(sealed).hexdigest()
        return Entry(chosen, family, ref, version, digest, len(sealed))

    def _escrow(self, record: Record) -> None:
        """Put the wrapped key beside what it opens: with the master key it brings all back."""
        key_id, _ = self.keys.key_of(record.id)
        with suppress(AlreadyStored):  # the same key, wrapped under another master key
            self.store.put(record.place.container, f"key-{key_id}", self.keys.wrapped(record.id))


def _waiting(session: Session, record_id: RecordId) -> Sequence[SegmentRow]:
    return session.scalars(
        select(SegmentRow)
        .where(SegmentRow.record == record_id, SegmentRow.synced.is_(None))
        .order_by(SegmentRow.recorded, SegmentRow.id, SegmentRow.version)
        .limit(AT_ONCE)
    ).all()


def _files_waiting(session: Session, record_id: RecordId) -> Sequence[AttachmentId]:
    found = session.scalars(
        select(AttachmentRow.id)
        .where(
            AttachmentRow.record == record_id,
            AttachmentRow.stored.is_(None),
            AttachmentRow.state == HERE,
        )
        .order_by(AttachmentRow.told, AttachmentRow.id)
        .limit(FILES_AT_ONCE)
    )
    return [AttachmentId(one) for one in found]


def _listed(session: Session, record_id: RecordId, month: str) -> tuple[Entry, ...]:
    rows = session.scalars(
        select(ObjectRow)
        .where(ObjectRow.record == record_id, ObjectRow.month == month)
        .order_by(ObjectRow.stored, ObjectRow.name)
    )
    return tuple(
        Entry(row.name, row.family, row.ref, row.version, row.digest, row.length) for row in rows
    )


def _object_row(put: Put, entry: Entry) -> ObjectRow:
    return ObjectRow(
        name=entry.name,
        record=put.record,
        family=entry.family,
        ref=entry.ref,
        version=entry.version,
        month=put.month,
        digest=entry.digest,
        length=entry.length,
        stored=put.at,
    )
