"""Find patients by name and birthday over digests that only the house can make."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('found_by',
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('what', sa.String(length=32), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('subject', 'what', name=op.f('pk_found_by'))
    )
    with op.batch_alter_table('found_by', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_found_by_digest'), ['digest'], unique=False)


def downgrade() -> None:
    op.drop_table('found_by')
