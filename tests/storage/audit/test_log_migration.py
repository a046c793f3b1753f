"""A log of before the seals is taken over, and the way back and forth leaves its lines alone."""

from alembic import command
from sqlalchemy import Engine, text

from storage.database import open_engine
from storage.migrations import settings

OLD = (
    "INSERT INTO audit (at, action, allowed, rule, purpose, kinds, ref)"
    " VALUES ('2026-11-23 04:00:00', 'read_segment', true, 'r', 'own', '', '')"
)


def test_lines_of_before_wait_to_be_sealed_whatever_way_the_schema_goes(database_url: str) -> None:
    engine = open_engine(database_url)
    command.upgrade(settings(engine), "0007")
    _run(engine, OLD)
    for _ in range(2):
        command.upgrade(settings(engine), "0008")
        assert _run(engine, "SELECT count(*) FROM audit_waiting") == 1
        command.downgrade(settings(engine), "0007")
        assert _run(engine, "SELECT count(*) FROM audit") == 1
    engine.dispose()


def _run(engine: Engine, statement: str) -> int:
    with engine.execution_options(writing=True).begin() as connection:
        result = connection.execute(text(statement))
        return int(result.scalar() or 0) if result.returns_rows else 0
