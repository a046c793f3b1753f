"""What a due slot does, by the name of its job; a slot of a rule hands in its own key as ref."""

from collections.abc import Callable

from records.prompts import PROMPT, WEEKLY
from records.services import (
    adding,
    alerting,
    asking,
    bringing,
    doubting,
    expiring,
    importing,
    lapsing,
    measuring,
    noticing,
    repeating,
    summing,
)
from records.services.ordering import fall_due
from records.tracking import GrantId, OccurrenceId, RecordId
from storage.registry.wishes import wish_public
from storage.unit import StorageUnit


def _order_falls_due(unit: StorageUnit, ref: str) -> None:
    fall_due(unit, OccurrenceId(ref), now=unit.desk.clock())


def _release_ends(unit: StorageUnit, ref: str) -> None:
    wish_public(unit.desk, GrantId(ref), unit.desk.clock())


def _measure_again(unit: StorageUnit, ref: str) -> None:
    measuring.remind(unit, ref, now=unit.desk.clock())


def _import_goes_on(unit: StorageUnit, ref: str) -> None:
    importing.go_on(unit, ref, now=unit.desk.clock())


def _looks_are_told(unit: StorageUnit, ref: str) -> None:
    noticing.tell_of_looks(unit, RecordId(ref), now=unit.desk.clock())


def _of(act: Callable[..., None]) -> Callable[[StorageUnit, str], None]:
    return lambda unit, key: act(unit, key, now=unit.desk.clock())


JOBS: dict[str, Callable[[StorageUnit, str], None]] = {
    "order": _order_falls_due,
    lapsing.LAPSED: _of(lapsing.note_no_answer),
    lapsing.HELPERS: _of(lapsing.tell_helpers),
    repeating.JOB: _of(repeating.come_round),
    measuring.JOB: _measure_again,
    "release": _release_ends,
    alerting.JOB: lambda unit, ref: alerting.check(unit, RecordId(ref), now=unit.desk.clock()),
    PROMPT: _of(asking.ask),
    asking.NUDGE: _of(asking.nudge),
    asking.AGAIN: _of(asking.ask_again),
    asking.SILENCE: _of(asking.note_silence),
    WEEKLY: _of(summing.sum_up),
    importing.JOB: _import_goes_on,
    adding.JOB: lambda unit, ref: adding.go_on(unit, ref, now=unit.desk.clock()),
    noticing.JOB: _looks_are_told,
    bringing.SWEEP: _of(bringing.forget_unchosen),
    doubting.JOB: lambda unit, ref: doubting.ask(unit, ref, now=unit.desk.clock()),
    expiring.ENDS: lambda unit, ref: expiring.warn_of_end(
        unit, RecordId(ref), now=unit.desk.clock()
    ),
    expiring.AGE: lambda unit, ref: expiring.come_of_age(
        unit, RecordId(ref), now=unit.desk.clock()
    ),
}
