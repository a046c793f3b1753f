"""Devices that file into one record by themselves: a token each, good for nothing but filing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from records.tracking import DeviceId, RecordId


@dataclass(frozen=True, slots=True)
class Device:
    """A device of a patient; its token is shown once and only its digest kept."""

    id: DeviceId
    record: RecordId
    name: str
    made: datetime
    used: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a panel as a device sends it."""

    code: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Told:
    """One reading as a device sends it: the code by LOINC or our name, the unit by UCUM.

    `key` is the sender's own id of the reading; the same key files nothing twice.
    """

    key: str
    code: str
    effective: datetime
    value: Decimal | None = None
    unit: str = ""
    components: tuple[Part, ...] = ()


class Devices(Protocol):
    """The devices of records."""

    def make(self, device: Device) -> str:
        """Keep a new device and return its token."""
        ...

    def of_record(self, record_id: RecordId) -> Sequence[Device]:
        """Return the devices of a record that are not revoked, the newest first."""
        ...

    def behind(self, token: str) -> Device:
        """Return the device with this token, or raise NotFound; a revoked one has none."""
        ...

    def count(self, device_id: DeviceId, now: datetime, window: timedelta) -> int:
        """Note a call of a device and return how many there were within the window."""
        ...

    def revoke(self, device_id: DeviceId, now: datetime) -> None:
        """Take a device's token away for good."""
        ...
