"""The web chat's lines: what the person wrote and what the house answered, in order."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.attachments import Media
from records.chats import Card, ChatChannel
from records.errors import NotFound
from records.services.posting import Line
from records.tracking import PersonId
from records.vocabulary import Language
from storage.database import Database
from storage.drawing import draw_picture
from storage.post import shown_buttons
from storage.queue import CLAIMED, WAITING
from storage.rows.chats import ChatRow, OutboxRow, SpoolRow
from storage.spool import WEB

SIGNS = {Media.PICTURE: "📷", Media.VOICE: "🎤"}


def web_lines(database: Database, person_id: PersonId, limit: int) -> Sequence[Line]:
    """Return the last lines of a person's web chat, oldest first."""
    with database.session(writing=False) as session:
        written = [_written(database, row) for row in _spooled(session, person_id, limit)]
        said = [_said(database, session, row) for row in _queued(session, person_id, limit)]
    # Both come newest first; turned round, cards of one moment stay in the order they were said.
    lines = [line for line in reversed(written) if line is not None] + said[::-1]
    return sorted(lines, key=lambda line: (line.at, not line.mine))[-limit:]


def _spooled(session: Session, person_id: PersonId, limit: int) -> Sequence[SpoolRow]:
    return session.scalars(
        select(SpoolRow)
        .where(SpoolRow.bot == WEB, SpoolRow.address == person_id)
        .order_by(SpoolRow.id.desc())
        .limit(limit)
    ).all()


def _queued(session: Session, person_id: PersonId, limit: int) -> Sequence[OutboxRow]:
    return session.scalars(
        select(OutboxRow)
        .join(ChatRow, ChatRow.id == OutboxRow.chat)
        .where(ChatRow.channel == ChatChannel.WEB, ChatRow.person == person_id)
        .order_by(OutboxRow.seq.desc())
        .limit(limit)
    ).all()


def _written(database: Database, row: SpoolRow) -> Line | None:
    identity = f"spool:{row.bot}:{row.update_id}"
    body = json.loads(database.cells.open(row.sealed_for, identity, row.body or b""))
    if body.get("kind") not in ("text", "file"):
        return None
    sign = SIGNS.get(body.get("media", ""), "📄") + " " if body["kind"] == "file" else ""
    waiting = row.state in (WAITING, CLAIMED)
    return Line(row.update_id, row.received, True, sign + body.get("text", ""), waiting=waiting)


def _said(database: Database, session: Session, row: OutboxRow) -> Line:
    card = database.cells.read(row.sealed_for, f"card:{row.id}", row.card, Card)
    buttons = shown_buttons(session, row.id, card)
    pictured = card.picture is not None
    return Line(row.id, row.queued, False, card.text, buttons, card.keys, picture=pictured)


def web_picture(database: Database, person_id: PersonId, line: str) -> bytes:
    """Draw the picture of a line in a person's own web chat, or raise NotFound."""
    with database.session(writing=False) as session:
        row = session.scalar(
            select(OutboxRow)
            .join(ChatRow, ChatRow.id == OutboxRow.chat)
            .where(
                OutboxRow.id == line,
                ChatRow.channel == ChatChannel.WEB,
                ChatRow.person == person_id,
            )
        )
        if row is None:
            raise NotFound
        card = database.cells.read(row.sealed_for, f"card:{row.id}", row.card, Card)
        language = Language(session.get_one(ChatRow, row.chat).language)
    if card.picture is None:
        raise NotFound
    return draw_picture(database, card.picture, language)
