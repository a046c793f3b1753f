"""Logs: constant events and ids, as JSON lines; libraries that would print a secret are quiet."""

import logging

import structlog

LOUD = (
    "httpx",
    "httpcore",
    "telegram",
    "boto3",
    "botocore",
    "swiftclient",
    "urllib3",
    "apscheduler",
)


def quiet_logs(level: int = logging.INFO) -> None:
    """Send our events as JSON lines to standard error and keep loud libraries at warnings."""
    logging.basicConfig(level=level, format="%(message)s")
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A tick that takes longer than its interval is meant to be skipped, not to be told of.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(),
    )
