"""The settings of what flows over, and what a gigabyte costs a month in either place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from records.placing import GIGABYTE, MAY_MIGRATE
from records.vocabulary import SegmentKind
from storage.cloud.misplaced import Policy
from storage.settings import SettingUnreadable, number

DAYS = 90  # how old something must be, unless the operator says otherwise


@dataclass(frozen=True, slots=True)
class Prices:
    """Of a gigabyte and month in the private cloud and in the overflow store; None: not told."""

    home: float | None = None
    moved: float | None = None
    currency: str = "USD"


def read_policy(environ: Mapping[str, str]) -> Policy:
    """Return what may flow over, or raise SettingUnreadable."""
    quota = number(environ, "PRIVATE_QUOTA_GB", 0)
    return Policy(
        kinds=_kinds(environ.get("OVERFLOW_KINDS", "")),
        after=timedelta(days=number(environ, "OVERFLOW_AFTER_DAYS", DAYS)),
        least=int(number(environ, "OVERFLOW_MIN_KB", 0) * 1000),
        quota=int(quota * GIGABYTE) if "PRIVATE_QUOTA_GB" in environ else None,
    )


def read_prices(environ: Mapping[str, str]) -> Prices:
    """Return what a gigabyte costs a month, or raise SettingUnreadable."""
    home, moved = (
        number(environ, name, 0) if name in environ else None
        for name in ("PRIVATE_GB_MONTH", "OVERFLOW_GB_MONTH")
    )
    return Prices(home, moved, environ.get("PRICE_CURRENCY", "USD")[:12])


def _kinds(written: str) -> frozenset[SegmentKind]:
    """Return the kinds that may move: the insensitive ones, or those of them that are named."""
    named = {one.strip() for one in written.split(",") if one.strip()}
    if not named <= MAY_MIGRATE:
        may = ",".join(sorted(MAY_MIGRATE))
        raise SettingUnreadable(f"OVERFLOW_KINDS can only name what is insensitive: {may}.")
    return frozenset(SegmentKind(one) for one in named) or MAY_MIGRATE
