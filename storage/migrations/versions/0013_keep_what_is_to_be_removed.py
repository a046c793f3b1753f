"""Keep what is still to be destroyed, and how far the rounds through the cloud are."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('removals',
    sa.Column('place', sa.String(length=32), nullable=False),
    sa.Column('container', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('due', sa.DateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(), nullable=True),
    sa.Column('event', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('place', 'container', 'name', name=op.f('pk_removals'))
    )
    op.create_table('rounds',
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('after', sa.String(length=64), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('faults', sa.Integer(), nullable=False),
    sa.Column('repaired', sa.Integer(), nullable=False),
    sa.Column('orphans', sa.Integer(), nullable=False),
    sa.Column('ended', sa.DateTime(), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('due', sa.DateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(), nullable=True),
    sa.Column('event', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_rounds'))
    )
    op.create_index(op.f('ix_removals_state_due'), 'removals', ['state', 'due'])


def downgrade() -> None:
    op.drop_table('rounds')
    op.drop_table('removals')
