"""Our local Bot API server: what the real python-telegram-bot speaks to in tests, over HTTP.

It is true to the real one in what a bot can notice: limits, error texts, update ids, confirmation
by offset, webhooks held back per chat. It offers the methods this project calls and no others.
"""

from tests.parts.botapi.chats import Button, Sent
from tests.parts.botapi.faults import Fault
from tests.parts.botapi.server import BotApi

__all__ = ["BotApi", "Button", "Fault", "Sent"]
