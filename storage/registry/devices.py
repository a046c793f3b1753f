"""Devices over one session: names sealed, tokens by their digest, calls counted for all."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from records.devices import Device
from records.errors import NotFound
from records.tracking import DeviceId, RecordId
from storage.registry.desk import Desk
from storage.rows.devices import DeviceRow
from storage.wall import row_by_name

MARK = "kd_"  # so that a token found lying about is known for what it is


class DeviceRegistry:
    """The devices of records."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def make(self, device: Device) -> str:
        """Keep a new device and return its token."""
        token = MARK + secrets.token_urlsafe(32)
        self.desk.session.add(
            DeviceRow(
                id=device.id,
                record=device.record,
                digest=_digest(token),
                name=self.desk.cells.seal(
                    device.record, f"device:{device.id}", device.name.encode()
                ),
                made=device.made,
                calls=0,
            )
        )
        self.desk.session.flush()
        return token

    def of_record(self, record_id: RecordId) -> tuple[Device, ...]:
        """Return the devices of a record that are not revoked, the newest first."""
        rows = self.desk.session.scalars(
            select(DeviceRow)
            .where(DeviceRow.record == record_id, DeviceRow.revoked.is_(None))
            .order_by(DeviceRow.made.desc())
        )
        return tuple(self._device(row) for row in rows)

    def behind(self, token: str) -> Device:
        """Return the device with this token, or raise NotFound; a revoked one has none."""
        digest = _digest(token)
        found = select(DeviceRow).where(DeviceRow.digest == digest, DeviceRow.revoked.is_(None))
        row = row_by_name(self.desk.session, "devices", digest, found)
        if row is None:
            raise NotFound
        return self._device(row)

    def count(self, device_id: DeviceId, now: datetime, window: timedelta) -> int:
        """Note a call of a device and return how many there were within the window."""
        row = self.desk.session.get_one(
            DeviceRow, device_id, with_for_update=True, populate_existing=True
        )
        if row.window is None or now - row.window >= window:
            row.window, row.calls = now, 0
        row.calls += 1
        row.used = now
        self.desk.session.flush()
        return row.calls

    def revoke(self, device_id: DeviceId, now: datetime) -> None:
        """Take a device's token away for good."""
        row = self.desk.session.get(DeviceRow, device_id)
        if row is not None and row.revoked is None:
            row.revoked = now
            self.desk.session.flush()

    def _device(self, row: DeviceRow) -> Device:
        name = self.desk.cells.open(row.record, f"device:{row.id}", row.name).decode()
        return Device(DeviceId(row.id), RecordId(row.record), name, row.made, row.used, row.revoked)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
