"""The one clock of the house: the database's, so that several hosts agree on what is due."""

import threading
import time
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger()

ASK_EVERY = 2.0  # seconds; between two answers our own steady clock counts on


def machine_time() -> datetime:
    """Return the moment by this machine's clock."""
    return datetime.now(UTC)


class DatabaseClock:
    """Tells the server's time; a SQLite file has none, there the machine's clock serves.

    While the server does not answer, time goes on from its last answer.
    """

    def __init__(self, engine: Engine, ask_every: float = ASK_EVERY) -> None:
        self.engine = engine
        self.ask_every = ask_every
        self._asking = threading.Lock()
        self._told: tuple[datetime, float] | None = None
        self._asked = float("-inf")

    def __call__(self) -> datetime:
        """Return the moment now, in UTC."""
        if self.engine.dialect.name == "sqlite":
            return machine_time()
        with self._asking:
            if time.monotonic() - self._asked >= self.ask_every:
                self._ask()
            if self._told is None:
                return machine_time()
            told, at = self._told
            return told + timedelta(seconds=time.monotonic() - at)

    def _ask(self) -> None:
        began = time.monotonic()
        self._asked = began
        try:
            with self.engine.connect() as connection:
                told = connection.scalar(select(func.clock_timestamp()))
        except SQLAlchemyError as error:
            log.warning("clock_not_answered", kind=type(error).__name__)
            return
        if told is not None:
            halfway = (began + time.monotonic()) / 2
            self._told = told.astimezone(UTC), halfway
