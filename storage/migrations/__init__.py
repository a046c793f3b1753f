"""The schema's history: `upgrade` brings a database to its newest form, wherever it runs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

HERE = Path(__file__).parent


def settings(engine: Engine | None = None) -> Config:
    """Return Alembic's settings for this history, over an engine."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema; harmless where it is there already."""
    command.upgrade(settings(engine), "head")


def is_current(engine: Engine) -> bool:
    """Say whether the database has the newest schema."""
    newest = ScriptDirectory.from_config(settings()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest
