"""Keep what a doctor's morning needs: words beside the numbers of the last weeks."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('summaries', sa.Column('said', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column('summaries', 'said')
