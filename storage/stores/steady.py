"""What stands before every cloud: trying again with full jitter, and a circuit breaker."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from tenacity import (
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from records.services.storing import DocumentStore, StoreUnavailable
from storage.stores.breaker import Breaker

TRIES = 3  # after them the outbox tries again, minutes later
LONGEST = 25.0  # seconds after which no further try begins

T = TypeVar("T")


class SteadyStore:
    """A cloud that is asked again when a failure may pass, and left alone while it is down.

    Every method may be repeated: names are written once, and the same bytes again are no change.
    """

    def __init__(
        self, store: DocumentStore, *, breaker: Breaker | None = None, step: float = 0.2
    ) -> None:
        self.store = store
        self.breaker = breaker or Breaker()
        self._retrying = Retrying(
            stop=stop_after_attempt(TRIES) | stop_after_delay(LONGEST),
            wait=wait_random_exponential(multiplier=step, max=2),
            retry=retry_if_exception(_passes),
            reraise=True,
        )
        self._last = StoreUnavailable("The store cannot be reached; try again.")

    def put(self, container: str, name: str, content: bytes) -> None:
        """Store the document under a new name, durably, or raise AlreadyStored."""
        self._steadily(lambda: self.store.put(container, name, content))

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        """Return the document's bytes, or those of one part of it, or raise NoSuchDocument."""
        return self._steadily(lambda: self.store.get(container, name, part))

    def remove(self, container: str, name: str) -> None:
        """Remove the document; one that is not there is fine."""
        self._steadily(lambda: self.store.remove(container, name))

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        """Yield the names in the container that begin with the prefix, in order."""
        yield from self._steadily(lambda: list(self.store.names(container, prefix)))

    def check(self) -> None:
        """Write, read and remove one document now, whatever was before, or raise."""
        self.store.check()
        self.breaker.succeeded()

    def _steadily(self, act: Callable[[], T]) -> T:
        if not self.breaker.lets_through():
            raise StoreUnavailable(str(self._last))
        try:
            result = self._retrying(act)
        except StoreUnavailable as error:
            self._last = StoreUnavailable(str(error))
            self.breaker.failed()
            raise
        except Exception:  # an answer, if not the one that was hoped for
            self.breaker.succeeded()
            raise
        self.breaker.succeeded()
        return result


def _passes(error: BaseException) -> bool:
    return isinstance(error, StoreUnavailable) and error.passing
