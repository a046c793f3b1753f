"""What was published for whom, over one session; the bytes lie in the public store."""

from sqlalchemy import select

from records.consent import Grant
from records.errors import NotFound
from records.policy import RELEASE_PURPOSES
from records.segments import Segment
from records.services.ports import Released
from records.services.storing import DocumentStore
from records.tracking import GrantId, OrganisationId, RecordId, TrackingId
from records.vocabulary import SegmentKind
from storage.registry.consent import GrantRegistry
from storage.registry.desk import Desk
from storage.registry.timetable import TimetableRegistry
from storage.registry.wishes import wish_public
from storage.rows.cloud import PublicationRow


class PublicationRegistry:
    """What was published for an organisation, and the way back from a pseudonym."""

    def __init__(self, desk: Desk, grants: GrantRegistry, public: DocumentStore | None) -> None:
        self.desk = desk
        self.grants = grants
        self.public = public
        self.timetable = TimetableRegistry(desk)

    def of_organisation(self, organisation_id: OrganisationId) -> tuple[Released, ...]:
        """Return the documents now published for this organisation, read from the public store."""
        rows = self.desk.session.scalars(
            select(PublicationRow)
            .where(
                PublicationRow.organisation == organisation_id,
                PublicationRow.withdrawn.is_(None),
            )
            .order_by(PublicationRow.pseudonym, PublicationRow.published.desc())
        )
        return tuple(self._released(row) for row in rows)

    def behind(self, organisation_id: OrganisationId, pseudonym: str) -> RecordId:
        """Return the record behind a pseudonym of this organisation, or raise NotFound."""
        record = self.desk.session.scalar(
            select(PublicationRow.record)
            .where(
                PublicationRow.organisation == organisation_id,
                PublicationRow.pseudonym == pseudonym,
            )
            .limit(1)
        )
        if record is None:
            raise NotFound
        return RecordId(record)

    def request(self, grant: Grant) -> None:
        """Note that what this grant covers must be published, or taken back, now."""
        wish_public(self.desk, grant.id, self.desk.clock())
        if grant.until is not None:
            key = f"release:{grant.id}:{grant.version}"
            self.timetable.set(key, grant.until, "release", grant.id)

    def changed(self, segment: Segment) -> None:
        """Note that a segment which an open release covers has a new version."""
        now = self.desk.clock()
        for grant in self.grants.of_record(segment.record):
            released = grant.purpose in RELEASE_PURPOSES and segment.kind in grant.touched
            if released and grant.open(now):
                wish_public(self.desk, grant.id, now)

    def _released(self, row: PublicationRow) -> Released:
        if self.public is None:
            raise NotFound
        content = self.public.get(row.container, row.name)
        purpose = self.grants.grant(GrantId(row.grant)).purpose
        kind, segment = SegmentKind(row.kind), TrackingId(row.segment)
        return Released(row.name, row.pseudonym, purpose, kind, segment, content)
