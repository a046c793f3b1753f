"""How Alembic reaches the database: over our own engine, or over Flask-Migrate's."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Engine, text
from sqlalchemy.types import TypeDecorator

from storage.rows import Base
from storage.wall import EVERYTHING

SEE_EVERYTHING = text(
    "SELECT set_config('kanglu.records', :all, true), set_config('kanglu.asked', :all, true)"
).bindparams(all=EVERYTHING)


def _plain(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    # A migration is history: it names the database's types, not ours, which may change.
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


def _engine() -> Engine:
    engine: Engine | None = context.config.attributes.get("engine")
    return engine or current_app.extensions["migrate"].db.engine


with _engine().connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_plain,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":  # a migration moves everybody's rows
            connection.execute(SEE_EVERYTHING)
        context.run_migrations()
    connection.commit()
