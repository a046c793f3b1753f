"""The rest of the house as the site sees it: callables, handed in by whoever puts it together."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records.attachments import Clean
from records.placing import Overflow
from records.services.handing import Stored
from records.services.ports import Unit
from records.services.posting import Line
from records.tracking import PersonId


@dataclass(frozen=True, slots=True)
class House:
    """What the site may ask of the other rooms.

    begin     begin one transaction, to write or only to read; leaving it cleanly commits, an
              exception rolls back and keeps the refusals
    clock     the moment, in UTC
    draw      a Vega-Lite chart as "svg" or "png"
    keep      keep an update for the chat under (bot, update id, address); False if it was there
    receive   keep an update pushed by Telegram, whatever it is; it raises where that failed
    lines     the last lines of a person's web chat, oldest first
    picture   the picture of a line of a person's web chat, as a PNG; raises NotFound
    stored    a segment version's document, and where it lies; None where it cannot be had now
    checks    each thing the house needs: its name, whether it works, a few words
    overflow  how much lies where and what it costs; None where nothing can flow over
    gauges    numbers for /metrics
    again     answer once more what was set aside; how many there were
    clean     look into bytes that came from outside and return what may be kept of them
    account   the account of a person, made if there is none yet: what Flask-Security signs in
    """

    begin: Callable[[bool], AbstractContextManager[Unit]]
    clock: Callable[[], datetime]
    draw: Callable[[dict[str, object], str], bytes]
    keep: Callable[[str, str, str, bytes], bool]
    receive: Callable[[bytes], None]
    lines: Callable[[PersonId, int], Sequence[Line]]
    picture: Callable[[PersonId, str], bytes]
    stored: Stored
    checks: Callable[[], Sequence[tuple[str, bool, str]]]
    gauges: Callable[[], Mapping[str, float]]
    overflow: Callable[[], Overflow | None]
    again: Callable[[], int]
    clean: Clean
    account: Callable[[PersonId], Any]
