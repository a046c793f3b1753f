"""Share the limits of sending."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lanes',
    sa.Column('lane', sa.String(length=32), nullable=False),
    sa.Column('paused_until', sa.DateTime(), nullable=True),
    sa.Column('alive', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('lane', name=op.f('pk_lanes'))
    )
    op.create_table('wrong_links',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('chat', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wrong_links'))
    )
    op.create_index(op.f('ix_wrong_links_chat_at'), 'wrong_links', ['chat', 'at'], unique=False)
    op.add_column('outbox', sa.Column('rank', sa.Integer(), server_default='0', nullable=False))
    op.add_column('outbox', sa.Column('settled', sa.DateTime(), nullable=True))
    op.create_index(op.f('ix_outbox_lane_settled'), 'outbox', ['lane', 'settled'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_outbox_lane_settled'), table_name='outbox')
    op.drop_column('outbox', 'settled')
    op.drop_column('outbox', 'rank')
    op.drop_index(op.f('ix_wrong_links_chat_at'), table_name='wrong_links')
    op.drop_table('wrong_links')
    op.drop_table('lanes')
