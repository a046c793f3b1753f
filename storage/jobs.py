"""What a due slot does, by the name of its job; a slot of a rule hands in its own key as ref."""

from collections.abc import Callable

from records.services import measuring
from records.services.ordering import fall_due
from records.tracking import GrantId, OccurrenceId
from storage.registry.wishes import wish_public
from storage.unit import StorageUnit


def _order_falls_due(unit: StorageUnit, ref: str) -> None:
    fall_due(unit, OccurrenceId(ref), now=unit.desk.clock())


def _release_ends(unit: StorageUnit, ref: str) -> None:
    wish_public(unit.desk, GrantId(ref), unit.desk.clock())


def _measure_again(unit: StorageUnit, ref: str) -> None:
    measuring.remind(unit, ref, now=unit.desk.clock())


JOBS: dict[str, Callable[[StorageUnit, str], None]] = {
    "order": _order_falls_due,
    measuring.JOB: _measure_again,
    "release": _release_ends,
}
