"""Keep attachments and devices."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attachments',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=True),
    sa.Column('observation', sa.String(length=64), nullable=True),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('sealed_for', sa.String(length=64), nullable=False),
    sa.Column('media', sa.String(length=32), nullable=False),
    sa.Column('source', sa.LargeBinary(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('small', sa.LargeBinary(), nullable=True),
    sa.Column('told', sa.DateTime(), nullable=False),
    sa.Column('stored', sa.DateTime(), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('due', sa.DateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(), nullable=True),
    sa.Column('event', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments'))
    )
    op.create_index(op.f('ix_attachments_state_due'), 'attachments', ['state', 'due'])
    op.create_index(op.f('ix_attachments_record_stored'), 'attachments', ['record', 'stored'])
    op.create_table('devices',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.Column('used', sa.DateTime(), nullable=True),
    sa.Column('revoked', sa.DateTime(), nullable=True),
    sa.Column('window', sa.DateTime(), nullable=True),
    sa.Column('calls', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_devices')),
    sa.UniqueConstraint('digest', name=op.f('uq_devices_digest'))
    )
    op.create_index(op.f('ix_devices_record'), 'devices', ['record'])


def downgrade() -> None:
    op.drop_table('devices')
    op.drop_table('attachments')
