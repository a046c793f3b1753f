"""Keep which objects lie in packs; every record's closed months are to be packed."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('packs',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_packs'))
    )
    op.create_index(op.f('ix_packs_record'), 'packs', ['record'])
    op.add_column('objects',
    sa.Column('pack', sa.String(length=64), nullable=False, server_default=''))
    op.add_column('objects',
    sa.Column('start', sa.Integer(), nullable=False, server_default='0'))
    op.get_bind().execute(
        sa.text(
            'INSERT INTO sync (lane, ref, changes, state, due, attempts, token, event)'
            " SELECT 'pack', h.record, 1, 'waiting', :now, 0, 0, '' FROM heads h"
            " WHERE h.record <> 'house'"
        ),
        {'now': datetime.now(UTC).replace(tzinfo=None)},
    )


def downgrade() -> None:
    op.get_bind().execute(sa.text("DELETE FROM sync WHERE lane = 'pack'"))
    op.drop_column('objects', 'start')
    op.drop_column('objects', 'pack')
    op.drop_table('packs')
