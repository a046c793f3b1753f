"""What is remembered of second factors, so that no process takes a code another has taken."""

from datetime import datetime
from typing import Protocol

from records.tracking import PersonId


class SecondFactors(Protocol):
    """The codes taken and missed of each person."""

    def last(self, person_id: PersonId) -> int | None:
        """Return the counter of the code last taken, or None."""
        ...

    def take(self, person_id: PersonId, counter: int) -> bool:
        """Remember a code as taken; False where that or a later one was taken before."""
        ...

    def miss(self, person_id: PersonId, now: datetime, since: datetime) -> None:
        """Count a wrong code; those from before `since` no longer count."""
        ...

    def misses(self, person_id: PersonId, since: datetime) -> int:
        """Return how many wrong codes were typed, if the first of them was since then."""
        ...
