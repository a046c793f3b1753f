"""Keep rules of recurring times, and what people wish of prompts."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rules',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('job', sa.String(length=32), nullable=False),
    sa.Column('ref', sa.String(length=64), nullable=False),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('rrule', sa.String(length=500), nullable=False),
    sa.Column('starts', sa.DateTime(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('useful_seconds', sa.Integer(), nullable=False),
    sa.Column('ended', sa.Boolean(), nullable=False),
    sa.Column('next_due', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rules'))
    )
    op.create_index(op.f('ix_rules_next_due'), 'rules', ['next_due'], unique=False)
    op.create_index(op.f('ix_rules_ref'), 'rules', ['ref'], unique=False)
    op.create_table('prompting',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_prompting'))
    )
    op.add_column('timetable', sa.Column('rule', sa.String(length=64), nullable=True))
    op.add_column('timetable', sa.Column('useful_until', sa.DateTime(), nullable=True))
    op.create_index(op.f('ix_timetable_rule'), 'timetable', ['rule'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_timetable_rule'), table_name='timetable')
    with op.batch_alter_table('timetable', schema=None) as batch_op:
        batch_op.drop_column('useful_until')
        batch_op.drop_column('rule')
    op.drop_table('prompting')
    op.drop_index(op.f('ix_rules_ref'), table_name='rules')
    op.drop_index(op.f('ix_rules_next_due'), table_name='rules')
    op.drop_table('rules')
