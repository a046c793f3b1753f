"""Keep requests for leave."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('requests',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('newest', sa.Boolean(), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', 'version', name=op.f('pk_requests'))
    )
    op.create_index(op.f('ix_requests_record_newest'), 'requests', ['record', 'newest'])
    op.create_index(op.f('ix_requests_asked_by_newest'), 'requests', ['asked_by', 'newest'])


def downgrade() -> None:
    op.drop_table('requests')
