"""Keep the units a record is shown in, and when its patient has died."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('measures',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_measures'))
    )
    with op.batch_alter_table('records') as records:
        records.add_column(sa.Column('deceased', sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('records') as records:
        records.drop_column('deceased')
    op.drop_table('measures')
