"""The private PostgreSQL answers, and its databases are empty and owned by nobody special."""

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.parts.missing import MissingPartError, skip_or_fail
from tests.parts.postgres import Postgres, find_binaries


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def test_a_row_comes_back_as_it_went_in(postgres: Postgres) -> None:
    with psycopg.connect(_plain(postgres.new_database())) as connection:
        connection.execute("CREATE TABLE note (said text)")
        connection.execute("INSERT INTO note VALUES (%s)", ("头晕",))
        assert connection.execute("SELECT said FROM note").fetchone() == ("头晕",)


def test_each_database_is_empty_and_its_own(postgres: Postgres) -> None:
    first, second = postgres.new_database(), postgres.new_database()
    with psycopg.connect(_plain(first)) as connection:
        connection.execute("CREATE TABLE note (said text)")
    with psycopg.connect(_plain(second)) as connection:
        found = connection.execute("SELECT to_regclass('note')").fetchone()
    assert found == (None,)


def test_the_owner_of_a_database_is_no_superuser(postgres: Postgres) -> None:
    with psycopg.connect(_plain(postgres.new_database())) as connection:
        assert connection.execute("SHOW is_superuser").fetchone() == ("off",)


def test_the_url_is_one_sqlalchemy_opens(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()


def test_the_server_is_gone_after_its_end() -> None:
    try:
        with Postgres() as cluster:
            place = _plain(cluster.url)
    except MissingPartError as error:
        skip_or_fail(str(error))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(place, connect_timeout=2)


def test_a_missing_server_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("tests.parts.postgres.Path.glob", lambda *_: [])
    with pytest.raises(MissingPartError, match="apt-get install postgresql"):
        find_binaries()
