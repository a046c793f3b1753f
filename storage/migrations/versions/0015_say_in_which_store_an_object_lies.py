"""Say of each object in which store it lies, and which records must stay in the private cloud."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('objects', 'leftovers'):
        place = sa.Column('place', sa.String(length=32), nullable=False, server_default='private')
        op.add_column(table, place)
    op.create_index(op.f('ix_objects_place_record'), 'objects', ['place', 'record'])
    op.create_table('stays',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_stays'))
    )


def downgrade() -> None:
    op.drop_table('stays')
    op.drop_index(op.f('ix_objects_place_record'), 'objects')
    for table in ('objects', 'leftovers'):
        op.drop_column(table, 'place')
