"""The bot process: `python -m bot` receives, converses and carries the post."""

import signal
import sys
import threading

from bot.running import Handed, start_chat
from records.chats import ChatChannel
from storage.house import CANNOT_OPEN, StorageHouse
from storage.logs import quiet_logs
from storage.media import clean
from storage.settings import read_environment, read_settings


def main() -> int:
    """Run the chat until somebody asks to stop."""
    quiet_logs()
    environ = read_environment()
    if not environ.get("TELEGRAM_BOT_TOKEN"):
        sys.stderr.write("TELEGRAM_BOT_TOKEN is not set. Get one from @BotFather (/token).\n")
        return 2
    try:
        house = StorageHouse(read_settings(environ))
    except CANNOT_OPEN as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    post = house.post(ChatChannel.TELEGRAM)
    watch, fetches = house.watch(ChatChannel.TELEGRAM), house.fetches(ChatChannel.TELEGRAM)
    handed = Handed(house.at_chat, house.spool, post, house.clock, watch, fetches, clean)
    base_url = environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    for thread in start_chat(handed, environ, base_url, stop):
        thread.join()
    house.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
