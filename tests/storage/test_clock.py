"""The house keeps the database's time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, event

from storage.clock import DatabaseClock
from storage.database import open_engine


def test_the_clock_tells_the_databases_time(database_url: str) -> None:
    engine = open_engine(database_url)
    clock = DatabaseClock(engine)
    first, second = clock(), clock()
    assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)
    assert first <= second
    engine.dispose()


def test_a_server_that_is_an_hour_ahead_is_believed(database_url: str) -> None:
    engine = open_engine(database_url)
    if engine.dialect.name == "sqlite":
        assert DatabaseClock(engine)().tzinfo is UTC
        engine.dispose()
        return
    _run_ahead(engine)
    ahead = DatabaseClock(engine)() - datetime.now(UTC)
    assert timedelta(minutes=59) < ahead < timedelta(minutes=61)
    engine.dispose()


def _run_ahead(engine: Engine) -> None:
    """Let this connection's own function stand before the server's."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _ahead(*given: object) -> tuple[object, object]:
        statement = str(given[2])
        return statement.replace(
            "clock_timestamp()", "clock_timestamp() + interval '1 hour'"
        ), given[3]


def test_time_goes_on_while_the_server_is_away() -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/nothing")
    assert abs(DatabaseClock(engine)() - datetime.now(UTC)) < timedelta(minutes=1)
    engine.dispose()
