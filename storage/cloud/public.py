"""Into the public cloud: what the patient released, rebuilt de-identified, for one recipient."""

import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from records.consent import Grant
from records.deidentify import leaks, pseudonym, public_document, shift
from records.segments import Segment
from records.services.publishing import public_facts, what_to_publish
from records.services.storing import AlreadyStored, DocumentStore
from records.tracking import GrantId, OrganisationId
from storage.cloud.composing import everything_that_names
from storage.database import Database
from storage.keys import KeyStore
from storage.rows.cloud import PublicationRow
from storage.unit import StorageUnit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Published:
    """What one claim has put out and what it found no longer covered."""

    grant: Grant
    organisation: OrganisationId
    pseudonym: str
    at: datetime
    put: tuple[tuple[str, Segment], ...]
    gone: tuple[str, ...]


class PublicCloud:
    """De-identified documents, a container for each recipient, under the recipient's pseudonyms."""

    def __init__(self, database: Database, keys: KeyStore, store: DocumentStore) -> None:
        self.database = database
        self.keys = keys
        self.store = store

    @property
    def _key(self) -> bytes:
        return self.keys.house_key("pseudonyms")

    def bring_up_to_date(self, grant_id: GrantId) -> Published | None:
        """Publish what the release covers and is not out yet; take back what it covers no more."""
        now = self.database.clock()
        with self.database.begin(False) as unit:
            grant = unit.grants.grant(grant_id)
            if grant.organisation is None:
                return None
            out = _now_out(unit.desk.session, grant_id)
            covered = {(one.id, one.version): one for one in what_to_publish(unit, grant, now)}
            known = {(row.segment, row.version) for row in out}
            drafts = [
                (one, self._document(unit, grant, one, now))
                for key, one in covered.items()
                if key not in known
            ]
        gone = tuple(row.name for row in out if (row.segment, row.version) not in covered)
        for name in gone:
            self.store.remove(grant.organisation, name)
        put = tuple(
            (self._put(grant.organisation, self._name(grant, one), content), one)
            for one, content in drafts
            if content
        )
        name = self._pseudonym(grant, grant.organisation)
        return Published(grant, grant.organisation, name, now, put, gone)

    def note(self, session: Session, done: Published) -> None:
        """Note in the database what went out and what was taken back."""
        session.add_all(
            PublicationRow(
                name=name,
                container=done.organisation,
                organisation=done.organisation,
                grant=done.grant.id,
                record=done.grant.record,
                pseudonym=done.pseudonym,
                segment=one.id,
                version=one.version,
                kind=one.kind,
                purpose=done.grant.purpose,
                published=done.at,
            )
            for name, one in done.put
        )
        gone = select(PublicationRow).where(PublicationRow.name.in_(done.gone))
        for row in session.scalars(gone):
            row.withdrawn = done.at

    def _document(
        self, unit: StorageUnit, grant: Grant, segment: Segment, now: datetime
    ) -> bytes | None:
        """Return the de-identified document, or None when nothing may go out."""
        organisation = grant.organisation or OrganisationId("")
        content = public_document(
            segment,
            facts=public_facts(unit, segment.record),
            pseudonym=self._pseudonym(grant, organisation),
            document_id=self._name(grant, segment),
            shift_days=shift(self._key, organisation, segment.record),
            on=now.date(),
        )
        if content is None:
            return None
        found = leaks(content, everything_that_names(unit, segment))
        if found:
            # Only the classes are named: the log must not repeat what must not go out.
            log.error("publication_refused", grant=grant.id, classes=found)
            return None
        return content

    def _pseudonym(self, grant: Grant, organisation: OrganisationId) -> str:
        return pseudonym(self._key, organisation, grant.purpose, grant.record)

    def _name(self, grant: Grant, segment: Segment) -> str:
        """Return the object's name: the same for a second try, so that none is left behind."""
        told = f"object:{grant.id}:{segment.id}:{segment.version}".encode()
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()[:32]

    def _put(self, container: str, name: str, content: bytes) -> str:
        # A try that was cut off before it was noted left this version behind already.
        with suppress(AlreadyStored):
            self.store.put(container, name, content)
        return name


def _now_out(session: Session, grant_id: GrantId) -> Sequence[PublicationRow]:
    return session.scalars(
        select(PublicationRow).where(
            PublicationRow.grant == grant_id, PublicationRow.withdrawn.is_(None)
        )
    ).all()
