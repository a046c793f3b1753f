"""APScheduler as a clock only: one job in memory that ticks; what is due stands in the database."""

from collections.abc import Callable

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

log = structlog.get_logger()


def start_clock(tick: Callable[[], int], seconds: float) -> BackgroundScheduler:
    """Call `tick` every so many seconds in a thread of its own until the clock is shut down.

    A tick that fails is logged and the next one comes; none overlaps, none is made up for.
    """

    def safely() -> None:
        try:
            tick()
        except Exception as error:  # the clock must go on, whatever one tick ran into
            log.error("tick_failed", error=type(error).__name__)

    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        safely,
        "interval",
        seconds=seconds,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    return scheduler
