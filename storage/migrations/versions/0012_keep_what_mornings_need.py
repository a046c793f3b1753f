"""Keep what a doctor's morning needs: words beside the numbers of the last weeks, reviews."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('summaries', sa.Column('said', sa.LargeBinary(), nullable=True))
    op.create_table('reviews',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('undone', sa.DateTime(), nullable=True),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews'))
    )
    op.create_index(op.f('ix_reviews_by_at'), 'reviews', ['by', 'at'])
    op.create_index(op.f('ix_reviews_record'), 'reviews', ['record'])
    op.create_table('practices',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('guideline', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_practices'))
    )


def downgrade() -> None:
    op.drop_table('practices')
    op.drop_table('reviews')
    op.drop_column('summaries', 'said')
