"""Keep how far a chat is in a walk through several questions."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('walks',
    sa.Column('chat', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=False),
    sa.Column('passed', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('chat', 'name', name=op.f('pk_walks'))
    )


def downgrade() -> None:
    op.drop_table('walks')
