"""What flows over in figures: how much lies where, what would move, and moving all of it now."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, func, select

from records.placing import Load, Overflow
from storage.cloud.misplaced import may_go, misplaced
from storage.cloud.moving import Moving
from storage.cloud.places import AT_HOME, MOVED
from storage.overflow import Prices
from storage.queue import DONE
from storage.rows.cloud import ObjectRow, SyncRow
from storage.unit import StorageUnit

Progress = Callable[[int, int], None]


class Planning:
    """Figures of one house's overflow, and the moving of everything by hand."""

    def __init__(
        self, moving: Moving, move: Callable[[int], int], prices: Prices | None = None
    ) -> None:
        self.moving = moving
        self.database = moving.database
        self.prices = prices or Prices()
        self._move = move

    def figures(self) -> Overflow | None:
        """Return how much lies where and what it costs; None where nothing can flow over."""
        if self.moving.cloud.overflow is None:
            return None
        policy, prices = self.moving.policy, self.prices
        with self.database.begin(False) as unit:
            home, moved, going = (
                _load(unit, condition)
                for condition in (
                    ObjectRow.place == AT_HOME,
                    ObjectRow.place == MOVED,
                    may_go(policy, self.database.clock()),
                )
            )
        return Overflow(
            kinds=policy.kinds, days=policy.after.days, least=policy.least, quota=policy.quota,
            home=home, moved=moved, may_go=going, home_price=prices.home,
            moved_price=prices.moved, currency=prices.currency,
        )  # fmt: skip

    def plan(self, progress: Progress) -> tuple[Load, Load]:
        """Return what would move out and what back, labels opened; nothing is moved."""
        back, out = self.moving.records(at_once=True)
        goes = dict.fromkeys(owner for owner, _, _ in out)
        owners = [*dict.fromkeys([owner for owner, _, _ in back] + list(goes))]
        loads = {AT_HOME: Load(), MOVED: Load()}
        policy, now = self.moving.policy, self.database.clock()
        for number, owner in enumerate(owners, start=1):
            with self.database.begin(False) as unit:
                for row, place in misplaced(unit, owner, policy, now, out=owner in goes):
                    load = loads[place]
                    loads[place] = Load(load.count + 1, load.size + row.length)
            progress(number, len(owners))
        return loads[MOVED], loads[AT_HOME]

    def run(self, progress: Progress) -> tuple[int, int]:
        """Move everything now; return how many objects moved, and of how many records some wait."""
        total = sum(count for found in self.moving.records(at_once=True) for _, count, _ in found)
        self.moving.wish(at_once=True)
        done, before, left = 0, -1, self._waiting()
        while left != before:
            before = left
            while moved := self._move(1):
                done += moved
                progress(min(done, total), total)
            left = self._waiting()
        progress(total, total)
        return done, left

    def _waiting(self) -> int:
        left = select(func.count()).where(SyncRow.lane == MOVED, SyncRow.state != DONE)
        with self.database.session(writing=False) as session:
            return session.scalar(left) or 0


def _load(unit: StorageUnit, condition: ColumnElement[bool]) -> Load:
    found = select(func.count(), func.coalesce(func.sum(ObjectRow.length), 0)).where(condition)
    count, size = unit.desk.session.execute(found).one()
    return Load(count, int(size))
