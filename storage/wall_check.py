"""Whether the second wall is up: whoever signs in must be held to it and unable to take it down."""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from storage.checks import Check
from storage.wall import PAPERS, TOLD

NAME = "wall"
NEEDS_POSTGRES = "On SQLite only the policy stands between records; PostgreSQL adds a second wall."
OUT_OF_REACH = "Start the database, or correct DATABASE_URL."
NOT_RAISED = (
    "The database does not confine transactions to records. Run: flask --app wsgi db upgrade"
)
TOO_MIGHTY = (
    "DATABASE_URL signs in as somebody the wall does not hold. Let an owner migrate, and sign in "
    "with a login that is only: CREATE ROLE … LOGIN IN ROLE kanglu_app"
)
_PASSES = text(
    "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relname = ANY(:tables)"
    " AND relnamespace = current_schema()::regnamespace AND pg_has_role(relowner, 'MEMBER'))"
    " FROM pg_roles WHERE rolname = current_user"
)
_FORCED = text(
    "SELECT count(*) FROM pg_class WHERE relname = ANY(:tables) AND relrowsecurity"
    " AND relforcerowsecurity AND relnamespace = current_schema()::regnamespace"
)


def check_wall(engine: Engine) -> Check:
    """Look whether the database holds this login to the records that are admitted."""
    if engine.dialect.name != "postgresql":
        return Check(NAME, True, NEEDS_POSTGRES)
    try:
        with engine.connect() as connection:
            advice = _advice(connection)
    except OperationalError:
        advice = OUT_OF_REACH
    return Check(NAME, not advice, advice)


def _advice(connection: Connection) -> str:
    tables = {"tables": [*TOLD, *PAPERS]}
    if connection.scalar(_FORCED, tables) != len(tables["tables"]):
        return NOT_RAISED
    return TOO_MIGHTY if connection.scalar(_PASSES, tables) else ""
