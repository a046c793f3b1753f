"""Times as documents write them as moments of the world."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

FRACTION = re.compile(r"\.([0-9]*)")


def moment_of(at: str, zone: ZoneInfo) -> datetime | None:
    """Return a time of HL7 as a moment: noon of a day without a clock, in this zone without one."""
    fraction = FRACTION.search(at)
    finer = timedelta(microseconds=int(fraction[1][:6].ljust(6, "0"))) if fraction else timedelta()
    digits = FRACTION.sub("", at)
    stamp, sign, offset = digits.partition("+") if "+" in digits else digits.partition("-")
    shapes = {8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
    whole = {4: stamp + "0101", 6: stamp + "01"}.get(len(stamp), stamp)
    shape = shapes.get(len(whole))
    if shape is None or not whole.isascii() or not whole.isdigit():
        return None
    try:
        if sign and len(whole) > 8:
            return datetime.strptime(f"{whole}{sign}{offset}", f"{shape}%z") + finer
        found = datetime.strptime(whole, shape).replace(tzinfo=zone)
    except ValueError:
        return None
    return found + timedelta(hours=12) if len(whole) == 8 else found + finer
