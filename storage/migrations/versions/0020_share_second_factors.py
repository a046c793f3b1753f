"""Share between processes which codes of second factors were taken, and how many were wrong."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('second_factors',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('counter', sa.BigInteger(), nullable=False),
    sa.Column('misses', sa.Integer(), nullable=False),
    sa.Column('missed', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_second_factors'))
    )


def downgrade() -> None:
    op.drop_table('second_factors')
