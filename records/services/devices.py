"""Devices: made and revoked by the patient, and let in by their token."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from records.devices import Device
from records.errors import NotFound, NotPermitted, NotValid, TooOften
from records.people import Person
from records.policy import Action
from records.services.permitting import permit
from records.services.ports import Note, Unit
from records.tracking import DeviceId, RecordId, fresh
from records.vocabulary import Purpose

LONGEST_NAME = 40
CALLS, WINDOW = 60, timedelta(minutes=1)


def make_device(unit: Unit, name: str, *, record_id: RecordId, by: Person, now: datetime) -> str:
    """Make a device for the patient's own record and return its token, which nobody sees again."""
    permit(unit, Action.TIE_DEVICE, by=by, record_id=record_id, now=now)
    called = " ".join(name.split())
    if not called:
        raise NotValid("name", "device_unnamed")
    device = Device(DeviceId(fresh()), record_id, called[:LONGEST_NAME], now)
    return unit.devices.make(device)


def devices_of(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Sequence[Device]:
    """Return the patient's devices."""
    permit(unit, Action.TIE_DEVICE, by=by, record_id=record_id, now=now)
    return unit.devices.of_record(record_id)


def revoke_device(
    unit: Unit, device_id: DeviceId, *, record_id: RecordId, by: Person, now: datetime
) -> None:
    """Take the token of one of the patient's devices away."""
    permit(unit, Action.TIE_DEVICE, by=by, record_id=record_id, now=now)
    if device_id not in {one.id for one in unit.devices.of_record(record_id)}:
        raise NotPermitted
    unit.devices.revoke(device_id, now)


def let_in(unit: Unit, token: str, *, now: datetime) -> Device | None:
    """Return the device with this token and note its call; None, noted, for no such token.

    Raises TooOften for a device that calls more often than is good for the house.
    """
    try:
        device = unit.devices.behind(token)
    except NotFound:
        action, rule = Action.FILE_FROM_DEVICE, "no_such_device"
        unit.audit.note(Note(now, action, False, rule, None, None, Purpose.OWN))
        return None
    if unit.devices.count(device.id, now, WINDOW) > CALLS:
        raise TooOften
    return device
