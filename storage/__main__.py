"""The worker process: `python -m storage`. It alone holds the cloud credentials."""

import signal
import sys
import threading

from storage.house import CANNOT_OPEN, StorageHouse
from storage.logs import quiet_logs
from storage.settings import read_environment, read_settings
from storage.ticking import start_clock

SECONDS = 2.0


def main() -> int:
    """Tick until somebody asks to stop."""
    quiet_logs()
    try:
        house = StorageHouse(read_settings(read_environment()))
    except CANNOT_OPEN as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    clock = start_clock(house.worker.tick, SECONDS)
    stop.wait()
    house.worker.stop()
    clock.shutdown(wait=True)
    house.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
