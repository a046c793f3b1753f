"""Keep everything in the private cloud: what waits, what is left over, whom nobody brings back.

All that is there waits once more: objects made before hold less than is needed to restore them.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

OF_PERSON = "coalesce((SELECT r.id FROM records r WHERE r.patient = {}), 'house')"
VERSIONS = {
    "relationship": "relationships",
    "grant": "grants",
    "hiding": "hidings",
    "emergency": "emergencies",
    "segment": "segments",
    "order": "orders",
}
WAITING = (
    ("'house'", "organisation", "t.id", "0", "organisations t"),
    ("'house'", "record", "t.id", "0", "records t"),
    (OF_PERSON.format("t.id"), "person", "t.id", "0", "people t"),
    (OF_PERSON.format("t.person_id"), "account", "CAST(t.id AS VARCHAR(64))", "0", "accounts t"),
    (
        OF_PERSON.format("a.person_id"),
        "passkey",
        "CAST(t.id AS VARCHAR(64))",
        "0",
        "account_passkeys t JOIN accounts a ON a.id = t.user_id",
    ),
    (OF_PERSON.format("t.person"), "chat", "t.id", "0", "chats t WHERE t.person IS NOT NULL"),
    (OF_PERSON.format("t.person"), "prompting", "t.person", "0", "prompting t"),
    (OF_PERSON.format("t.ref"), "rule", "t.id", "0", "rules t"),
    *(
        ("t.record", family, "t.id", "t.version", f"{rows} t")
        for family, rows in VERSIONS.items()
    ),
    ("t.record", "attachment", "t.id", "0", "attachments t WHERE t.record IS NOT NULL"),
    ("t.record", "occurrence", "t.id", "0", "occurrences t"),
    ("t.record", "device", "t.id", "0", "devices t"),
    ("t.record", "publication", "t.name", "0", "publications t"),
    ("t.record", "measures", "t.record", "0", "measures t"),
    ("t.record", "look_notice", "t.record", "0", "look_notices t"),
    ("t.record", "walk", "t.chat || ':' || t.name", "0", "walks t"),
    (
        "s.record",
        "intake",
        "t.key",
        "0",
        "intake t JOIN observations o ON o.id = substr(t.observations, 3, 32)"
        " JOIN segments s ON s.id = o.segment AND s.version = 1",
    ),
)


def upgrade() -> None:
    op.create_table('unsynced',
    sa.Column('owner', sa.String(length=64), nullable=False),
    sa.Column('family', sa.String(length=32), nullable=False),
    sa.Column('ref', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('owner', 'family', 'ref', 'version', name=op.f('pk_unsynced'))
    )
    op.create_index(op.f('ix_unsynced_since'), 'unsynced', ['since'])
    op.create_table('leftovers',
    sa.Column('container', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('container', 'name', name=op.f('pk_leftovers'))
    )
    op.create_index(op.f('ix_leftovers_since'), 'leftovers', ['since'])
    op.create_table('erasures',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('erased', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_erasures'))
    )
    op.create_index(op.f('ix_objects_family_ref'), 'objects', ['family', 'ref'])
    _let_all_wait()
    op.drop_index(op.f('ix_segments_record_synced'), 'segments')
    op.drop_column('segments', 'synced')
    op.drop_index(op.f('ix_attachments_record_stored'), 'attachments')
    op.drop_column('attachments', 'stored')
    op.create_index(op.f('ix_attachments_record'), 'attachments', ['record'])


def _let_all_wait() -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    connection = op.get_bind()
    for owner, family, ref, version, rows in WAITING:
        connection.execute(
            sa.text(
                'INSERT INTO unsynced (owner, family, ref, version, changes, since)'
                f" SELECT {owner}, '{family}', {ref}, {version}, 1, :now FROM {rows}"
            ),
            {'now': now},
        )
    connection.execute(
        sa.text(
            'INSERT INTO leftovers (container, name, since) SELECT r.container, o.name, :now'
            ' FROM objects o JOIN records r ON r.id = o.record'
        ),
        {'now': now},
    )
    connection.execute(sa.text('DELETE FROM objects'))
    connection.execute(sa.text("UPDATE heads SET pages = ''"))


def downgrade() -> None:
    op.drop_index(op.f('ix_attachments_record'), 'attachments')
    op.add_column('attachments', sa.Column('stored', sa.DateTime(), nullable=True))
    op.create_index(op.f('ix_attachments_record_stored'), 'attachments', ['record', 'stored'])
    op.add_column('segments', sa.Column('synced', sa.DateTime(), nullable=True))
    op.create_index(op.f('ix_segments_record_synced'), 'segments', ['record', 'synced'])
    op.drop_index(op.f('ix_objects_family_ref'), 'objects')
    op.drop_table('erasures')
    op.drop_table('leftovers')
    op.drop_table('unsynced')
