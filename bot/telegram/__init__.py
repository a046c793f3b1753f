"""Telegram as a channel: the real python-telegram-bot, our own loop around it."""

import os

# The library then gives times to wait as timedeltas, as its next version always will; without it
# the mere raising of RetryAfter warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
