"""Keep alerts, limits of patients, what clinics write, and the addresses of calendars."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

OPEN = sa.text('closed IS NULL')


def upgrade() -> None:
    op.create_table('alerts',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('cause', sa.String(length=32), nullable=False),
    sa.Column('opened', sa.DateTime(), nullable=False),
    sa.Column('closed', sa.DateTime(), nullable=True),
    sa.Column('seen_by', sa.String(length=64), nullable=True),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alerts'))
    )
    op.create_index(op.f('ix_alerts_record_closed'), 'alerts', ['record', 'closed'])
    op.create_index('uq_alerts_open', 'alerts', ['record', 'cause'], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table('limits',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_limits'))
    )
    op.create_table('advices',
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('cause', sa.String(length=32), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('organisation', 'cause', name=op.f('pk_advices'))
    )
    op.create_table('templates',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('gone', sa.DateTime(), nullable=True),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_templates'))
    )
    op.create_index(op.f('ix_templates_organisation_gone'), 'templates', ['organisation', 'gone'])
    op.create_table('calendars',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_calendars')),
    sa.UniqueConstraint('digest', name=op.f('uq_calendars_digest'))
    )
    with op.batch_alter_table('organisations') as organisations:
        organisations.add_column(sa.Column('guideline', sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('organisations') as organisations:
        organisations.drop_column('guideline')
    op.drop_table('calendars')
    op.drop_table('templates')
    op.drop_table('advices')
    op.drop_table('limits')
    op.drop_table('alerts')
