"""Keep where patients stand on lists, beside what that was made from."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('standings',
    sa.Column('reader', sa.String(length=64), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('reader_as', sa.String(length=32), nullable=False),
    sa.Column('consent', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('reader', 'record', name=op.f('pk_standings'))
    )
    op.create_index(op.f('ix_standings_record'), 'standings', ['record'])
    op.create_table('changes',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_changes'))
    )
    op.create_table('list_readers',
    sa.Column('reader', sa.String(length=64), nullable=False),
    sa.Column('looked', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('reader', name=op.f('pk_list_readers'))
    )


def downgrade() -> None:
    op.drop_table('list_readers')
    op.drop_table('changes')
    op.drop_table('standings')
