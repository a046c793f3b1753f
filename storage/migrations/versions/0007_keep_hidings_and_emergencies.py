"""Keep what stays hidden, and looks in an emergency."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hidings',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('newest', sa.Boolean(), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', 'version', name=op.f('pk_hidings'))
    )
    op.create_index(op.f('ix_hidings_record_newest'), 'hidings', ['record', 'newest'])
    op.create_table('emergencies',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('newest', sa.Boolean(), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.Column('reviewed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', 'version', name=op.f('pk_emergencies'))
    )
    op.create_index(op.f('ix_emergencies_record_newest'), 'emergencies', ['record', 'newest'])
    op.create_index(op.f('ix_emergencies_reviewed_newest'), 'emergencies', ['reviewed', 'newest'])


def downgrade() -> None:
    op.drop_table('emergencies')
    op.drop_table('hidings')
