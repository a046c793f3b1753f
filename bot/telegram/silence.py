"""Keeping the token out of the logs, whoever writes them."""

import logging
from collections.abc import Callable

LOUD = ("httpx", "httpcore", "telegram")
HIDDEN = "[token]"


def hush(token: str) -> Callable[[], None]:
    """Quiet the libraries that print addresses, and take the token out of every other record.

    Returns what undoes it.
    """
    levels = {name: logging.getLogger(name).level for name in LOUD}
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    before = logging.getLogRecordFactory()

    def scrubbed(*given: object, **named: object) -> logging.LogRecord:
        record: logging.LogRecord = before(*given, **named)
        _scrub(record, token)
        return record

    def undo() -> None:
        logging.setLogRecordFactory(before)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    logging.setLogRecordFactory(scrubbed)
    return undo


def _scrub(record: logging.LogRecord, token: str) -> None:
    words = str(record.msg) if not record.args else record.getMessage()
    if token in words:
        record.msg, record.args = words.replace(token, HIDDEN), ()
    if record.exc_info and record.exc_info[0] is not None:
        trace = logging.Formatter().formatException(record.exc_info)
        if token in trace:
            record.exc_text = trace.replace(token, HIDDEN)
            record.exc_info = None
