"""Seal the log: marks, chains, heads and roots; its lines can be added and nothing else.

On PostgreSQL a role that may only add and read lines comes with it, where whoever migrates may
make roles: give it to the login of a process that is to write the log and never change it.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KEPT = ('audit', 'audit_seals')


def upgrade() -> None:
    op.add_column('audit', sa.Column('face', sa.String(length=32), server_default='', nullable=False))
    op.add_column('audit', sa.Column('consent', sa.Integer(), nullable=True))
    op.add_column('audit', sa.Column('trace', sa.String(length=64), server_default='', nullable=False))
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mark', sa.LargeBinary(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_audit_mark'), ['mark'])
    op.create_table('audit_waiting',
    sa.Column('line', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('line', name=op.f('pk_audit_waiting'))
    )
    op.create_table('audit_seals',
    sa.Column('position', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('line', sa.BigInteger(), nullable=False),
    sa.Column('chain', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_audit_seals')),
    sa.UniqueConstraint('line', name=op.f('uq_audit_seals_line'))
    )
    op.create_table('audit_heads',
    sa.Column('chain', sa.String(length=64), nullable=False),
    sa.Column('count', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('mac', sa.LargeBinary(), nullable=False),
    sa.Column('sealed', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('chain', name=op.f('pk_audit_heads'))
    )
    _create_claimable('audit_work', sa.Column('job', sa.String(length=32), nullable=False))
    _create_claimable(
        'audit_roots',
        sa.Column('day', sa.String(length=10), nullable=False),
        sa.Column('document', sa.LargeBinary(), nullable=True),
    )
    op.create_table('look_notices',
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('often', sa.String(length=32), nullable=False),
    sa.Column('told', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('record', name=op.f('pk_look_notices'))
    )
    op.execute('INSERT INTO audit_waiting (line) SELECT id FROM audit')
    op.execute(
        "INSERT INTO audit_work (job, state, due, attempts, token, event)"
        " VALUES ('seal', 'waiting', '2000-01-01 00:00:00', 0, 0, '')"
    )
    if op.get_bind().dialect.name == 'postgresql':
        _keep_in_postgresql()
    else:
        _keep_in_sqlite()


def _create_claimable(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name,
    *columns,
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('due', sa.DateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(), nullable=True),
    sa.Column('event', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint(columns[0].name, name=op.f(f'pk_{name}'))
    )


def _keep_in_sqlite() -> None:
    for table, key in zip(KEPT, ('id', 'position'), strict=True):
        for change in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
            " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
        )
    op.execute(
        "CREATE TRIGGER audit_waits AFTER INSERT ON audit"
        " BEGIN INSERT INTO audit_waiting (line) VALUES (NEW.id); END"
    )


def _keep_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION 'the log is only added to'"
        " USING ERRCODE = 'insufficient_privilege'; END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_waits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path FROM CURRENT AS $$"
        " BEGIN INSERT INTO audit_waiting (line) SELECT id FROM added; RETURN NULL; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION audit_only_added()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()"
        )
    op.execute(
        "CREATE TRIGGER audit_waits AFTER INSERT ON audit REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_waits()"
    )
    op.execute(
        "DO $$ BEGIN"
        " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kanglu_log') THEN"
        " CREATE ROLE kanglu_log NOLOGIN; END IF;"
        " EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;"
        " END $$"
    )
    op.execute(
        "DO $$ BEGIN"
        " IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kanglu_log') THEN"
        " GRANT SELECT, INSERT ON audit TO kanglu_log;"
        " GRANT USAGE ON SEQUENCE audit_id_seq TO kanglu_log; END IF; END $$"
    )
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON audit, audit_seals FROM PUBLIC")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("DROP TRIGGER audit_waits ON audit")
        for table in KEPT:
            op.execute(f"DROP TRIGGER {table}_only_added ON {table}")
            op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
        op.execute("DROP FUNCTION audit_waits()")
        op.execute("DROP FUNCTION audit_only_added()")
        op.execute(
            "DO $$ BEGIN"
            " IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kanglu_log') THEN"
            " REVOKE ALL ON audit FROM kanglu_log;"
            " REVOKE ALL ON SEQUENCE audit_id_seq FROM kanglu_log; END IF; END $$"
        )
    else:
        op.execute("DROP TRIGGER audit_waits")
        for table in KEPT:
            for change in ('update', 'delete', 'replace'):
                op.execute(f"DROP TRIGGER {table}_no_{change}")
    op.drop_table('look_notices')
    for table in ('audit_roots', 'audit_work', 'audit_heads', 'audit_seals', 'audit_waiting'):
        op.drop_table(table)
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_audit_mark'), type_='unique')
        batch_op.drop_column('mark')
        batch_op.drop_column('trace')
        batch_op.drop_column('consent')
        batch_op.drop_column('face')
