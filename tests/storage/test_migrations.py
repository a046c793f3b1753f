"""The schema made by the migrations is the schema the rows describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.database import open_engine
from storage.migrations import is_current, upgrade
from storage.rows import Base


def test_the_migrations_make_the_schema_of_the_rows(database_url: str) -> None:
    engine = open_engine(database_url)
    assert not is_current(engine)
    upgrade(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []
    assert is_current(engine)
    engine.dispose()


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()
