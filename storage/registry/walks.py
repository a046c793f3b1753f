"""Walks over one session."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from records.services.walks import Walk, WalkName, WalkState
from records.tracking import ChatId, RecordId
from storage.registry.desk import Desk
from storage.rows.walks import WalkRow


class WalkRegistry:
    """The walks of a chat, one of each name."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_chat(self, chat: ChatId) -> Sequence[Walk]:
        """Return the newest walk of each name."""
        rows = self.desk.session.scalars(select(WalkRow).where(WalkRow.chat == chat))
        return [_read(row) for row in rows]

    def put(self, walk: Walk) -> None:
        """Keep a walk, new or changed."""
        self.desk.session.merge(
            WalkRow(
                chat=walk.chat,
                name=walk.name,
                record=walk.record,
                day=walk.day.isoformat() if walk.day else "",
                step=walk.step,
                passed=" ".join(walk.passed),
                state=walk.state,
            )
        )
        self.desk.session.flush()


def _read(row: WalkRow) -> Walk:
    return Walk(
        chat=ChatId(row.chat),
        name=WalkName(row.name),
        record=RecordId(row.record),
        day=date.fromisoformat(row.day) if row.day else None,
        step=row.step,
        passed=tuple(row.passed.split()),
        state=WalkState(row.state),
    )
