"""Grants and one-time links over one session."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import func, select, update

from records.consent import Grant
from records.errors import LinkExpired, LinkUsed, NotFound
from records.services.ports import Link
from records.tracking import ChatId, GrantId, OrganisationId, PersonId, RecordId
from storage.registry.desk import Desk
from storage.registry.people import bump_consent
from storage.registry.versions import keep_version
from storage.rows.consent import GrantRow, LinkRow, WrongLinkRow
from storage.wall import row_by_name


class GrantRegistry:
    """Grants, in all their versions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_record(self, record_id: RecordId) -> tuple[Grant, ...]:
        """Return the newest version of each grant of this record, the first given first."""
        self.desk.wall.ask([record_id])
        rows = self.desk.session.scalars(
            select(GrantRow).where(GrantRow.record == record_id, GrantRow.newest)
        )
        grants = (open_grant(self.desk, row) for row in rows)
        # By time, not as the rows lie: that is another order after a restore.
        return tuple(sorted(grants, key=lambda one: (one.given, one.id)))

    def of_organisation(self, organisation_id: OrganisationId) -> tuple[Grant, ...]:
        """Return the newest version of each grant given to this organisation."""
        rows = self.desk.session.scalars(
            select(GrantRow).where(GrantRow.organisation == organisation_id, GrantRow.newest)
        )
        return tuple(open_grant(self.desk, row) for row in rows)

    def grant(self, grant_id: GrantId) -> Grant:
        """Return the newest version of this grant, or raise NotFound."""
        found = select(GrantRow).where(GrantRow.id == grant_id, GrantRow.newest)
        row = row_by_name(self.desk.session, "grants", grant_id, found)
        if row is None:
            raise NotFound
        return open_grant(self.desk, row)

    def versions(self, grant_id: GrantId) -> tuple[Grant, ...]:
        """Return all versions of this grant, oldest first; none where there is no such grant."""
        rows = self.desk.session.scalars(
            select(GrantRow).where(GrantRow.id == grant_id).order_by(GrantRow.version)
        )
        return tuple(open_grant(self.desk, row) for row in rows)

    def put(self, grant: Grant) -> None:
        """Keep a grant, or its next version."""
        row = GrantRow(
            id=grant.id,
            version=grant.version,
            record=grant.record,
            organisation=grant.organisation,
            newest=True,
            document=self.desk.cells.write(
                grant.record, f"grant:{grant.id}:{grant.version}", grant
            ),
        )
        keep_version(self.desk, row)
        bump_consent(self.desk, grant.record)


def open_grant(desk: Desk, row: GrantRow) -> Grant:
    """Return the grant a row holds."""
    identity = f"grant:{row.id}:{row.version}"
    return desk.cells.read(row.record, identity, row.document, Grant)


class LinkRegistry:
    """One-time links; only the digest of a token is kept."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def make(self, link: Link) -> str:
        """Keep a link and return its token: 43 characters of A-Za-z0-9_-."""
        token = secrets.token_urlsafe(32)
        self.desk.session.add(
            LinkRow(
                digest=_digest(token),
                purpose=link.purpose,
                person=link.person,
                record=link.record,
                ref=link.ref,
                expires=link.expires,
            )
        )
        self.desk.session.flush()
        return token

    def look(self, token: str, now: datetime) -> Link:
        """Return what the token stands for, or raise LinkUsed or LinkExpired."""
        row = self.desk.session.get(LinkRow, _digest(token))
        if row is None or row.expires <= now:
            raise LinkExpired
        if row.used is not None:
            raise LinkUsed
        return _link(row)

    def use(self, token: str, now: datetime) -> Link:
        """Return what the token stands for and use it up, or raise LinkUsed or LinkExpired."""
        link = self.look(token, now)
        used = self.desk.session.execute(
            update(LinkRow)
            .where(LinkRow.digest == _digest(token), LinkRow.used.is_(None))
            .values(used=now)
        )
        if not used.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise LinkUsed
        return link

    def at(self, digest: str) -> Link:
        """Return the unused link with this digest, or raise NotFound."""
        row = self.desk.session.get(LinkRow, digest)
        if row is None or row.used is not None:
            raise NotFound
        return _link(row)

    def change(self, digest: str, ref: str) -> None:
        """Change what an unused link refers to."""
        self.desk.session.execute(
            update(LinkRow).where(LinkRow.digest == digest, LinkRow.used.is_(None)).values(ref=ref)
        )


def _link(row: LinkRow) -> Link:
    return Link(
        purpose=row.purpose,
        person=PersonId(row.person) if row.person else None,
        record=RecordId(row.record) if row.record else None,
        expires=row.expires,
        ref=row.ref,
    )


class WrongLinkRegistry:
    """Tries with links that stand for nothing."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def note(self, chat: ChatId, now: datetime) -> None:
        """Remember that a chat tried one."""
        self.desk.session.add(WrongLinkRow(chat=chat, at=now))
        self.desk.session.flush()

    def since(self, chat: ChatId, moment: datetime) -> int:
        """Return how often a chat tried one since then."""
        asked = select(func.count()).where(WrongLinkRow.chat == chat, WrongLinkRow.at > moment)
        return self.desk.session.scalar(asked) or 0


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
