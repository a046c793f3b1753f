"""Raise the second wall: on PostgreSQL a transaction sees only records the decision admitted.

What a transaction may see it is told by settings of its own (storage/wall.py); forced, so that the
tables' owner is held to them too. The role a process of the house signs in with comes with it,
where whoever migrates may make roles: it reads and writes, and can take no wall down.
SQLite has no such wall.
"""

from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

TOLD = (
    'alerts',
    'attachments',
    'audit',
    'devices',
    'limits',
    'measures',
    'objects',
    'occurrences',
    'orders',
    'packs',
    'reviews',
    'segments',
    'series',
    'stays',
    'summaries',
)
PAPERS = (
    'emergencies',
    'grants',
    'hidings',
    'publications',
    'records',
    'relationships',
    'requests',
)
OWN = {
    'grants': "organisation = (SELECT NULLIF(current_setting('kanglu.organisation', true), ''))",
    'publications': "organisation = (SELECT NULLIF(current_setting('kanglu.organisation', true), ''))",
    'records': "patient = (SELECT NULLIF(current_setting('kanglu.person', true), ''))",
    'relationships': "person = (SELECT NULLIF(current_setting('kanglu.person', true), ''))",
    'requests': "asked_by = (SELECT NULLIF(current_setting('kanglu.person', true), ''))",
    'reviews': "by = (SELECT NULLIF(current_setting('kanglu.person', true), ''))",
    'attachments': "record IS NULL",
}
WHOSE = {
    'alerts': 'id',
    'attachments': 'id',
    'devices': 'digest',
    'emergencies': 'id',
    'grants': 'id',
    'hidings': 'id',
    'occurrences': 'id',
    'orders': 'id',
    'requests': 'id',
    'segments': 'id',
}
EVERYTHING = '{"*": 1}'


def upgrade() -> None:
    if op.get_bind().dialect.name != 'postgresql':
        return
    for table in (*TOLD, *PAPERS):
        _confine(table)
    _let_open()
    _make_role()


def _confine(table: str) -> None:
    setting = 'kanglu.asked' if table in PAPERS else 'kanglu.records'
    # Read once a statement, not once a row; an empty setting is what a pooled connection has left.
    told = f"(SELECT NULLIF(current_setting('{setting}', true), '')::jsonb)"
    column = 'id' if table == 'records' else 'record'
    ways = [f"{told} ? '*'", f'{told} ? {column}']
    if table in PAPERS:
        ways.append(f'{told} IS NULL')
    if table in OWN:
        ways.append(OWN[table])
    op.execute(f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE {table} FORCE ROW LEVEL SECURITY')
    # Whoever refuses must be able to say so in the log.
    check = ' WITH CHECK (true)' if table == 'audit' else ''
    op.execute(f"CREATE POLICY admitted ON {table} USING ({' OR '.join(ways)}){check}")


def _let_open() -> None:
    """Let what is named by its own id be seen until it is decided; tied to no record it is ''."""
    cases = ' '.join(
        f"WHEN '{table}' THEN found := (SELECT COALESCE(record, '') FROM {table} WHERE {key} = ref LIMIT 1);"
        for table, key in WHOSE.items()
    )
    op.execute(
        'CREATE FUNCTION kanglu_open(what text, ref text, records text, asked text, person text,'
        ' organisation text) RETURNS text LANGUAGE plpgsql SET search_path FROM CURRENT AS $$'
        ' DECLARE found text; also jsonb; BEGIN'
        f" PERFORM set_config('kanglu.records', '{EVERYTHING}', true),"
        f" set_config('kanglu.asked', '{EVERYTHING}', true);"
        f' CASE what {cases} END CASE;'
        " also := CASE WHEN COALESCE(found, '') = '' THEN '{}' ELSE jsonb_build_object(found, 1) END;"
        " PERFORM set_config('kanglu.records', (records::jsonb || also)::text, true),"
        " set_config('kanglu.asked', (asked::jsonb || also)::text, true),"
        " set_config('kanglu.person', person, true),"
        " set_config('kanglu.organisation', organisation, true);"
        ' RETURN found; END $$'
    )


def _make_role() -> None:
    op.execute(
        'DO $$ BEGIN'
        " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kanglu_app') THEN"
        ' CREATE ROLE kanglu_app NOLOGIN; END IF;'
        ' EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;'
        ' END $$'
    )
    op.execute(
        'DO $$ DECLARE here text := current_schema(); BEGIN'
        " IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kanglu_app') THEN"
        " EXECUTE format('GRANT USAGE ON SCHEMA %I TO kanglu_app', here);"
        " EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I"
        " TO kanglu_app', here);"
        " EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO kanglu_app', here);"
        " EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE,"
        " DELETE ON TABLES TO kanglu_app', here);"
        " EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES"
        " TO kanglu_app', here);"
        ' REVOKE UPDATE, DELETE ON audit, audit_seals FROM kanglu_app; END IF; END $$'
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != 'postgresql':
        return
    op.execute('DROP FUNCTION kanglu_open(text, text, text, text, text, text)')
    for table in (*TOLD, *PAPERS):
        op.execute(f'DROP POLICY admitted ON {table}')
        op.execute(f'ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY')
    op.execute(
        'DO $$ BEGIN'
        " IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kanglu_app') THEN"
        ' DROP OWNED BY kanglu_app; END IF; END $$'
    )
