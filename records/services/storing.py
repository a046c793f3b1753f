"""The port to where documents lie: a file system, Swift or S3, all under one contract."""

from collections.abc import Iterator
from typing import Protocol


class StoreUnavailable(Exception):
    """The store cannot do its work now; the text is one sentence that says what to do.

    `passing` says that the same may work in a moment: a lost line, not a wrong key.
    """

    def __init__(self, text: str, *, passing: bool = False) -> None:
        super().__init__(text)
        self.passing = passing


class NoSuchDocument(LookupError):
    """The store holds nothing under this name."""


class AlreadyStored(Exception):
    """The name is taken by other bytes; a stored document is never overwritten."""


class CannotRestore(Exception):
    """Nothing can be brought back here; the text is one sentence or two that say what to do."""


class DocumentStore(Protocol):
    """Keep documents by container and name, each written once and never changed.

    A container and each part of a name between slashes is of letters, digits, dot, dash and
    underscore and begins with a letter or digit; anything else raises ValueError. Every method
    raises StoreUnavailable when the store cannot answer; none lets another error of the store out.
    """

    def put(self, container: str, name: str, content: bytes) -> None:
        """Store the document under a new name, durably, or raise AlreadyStored.

        The same bytes under the same name again are a quiet success: an answer may get lost. It is
        no lock: of writers at the same moment a cloud may tell several that they stored.
        """

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        """Return the document's bytes, or those of one part of it, or raise NoSuchDocument.

        Where the document ends before the part does, what there is of it, down to nothing.
        """

    def remove(self, container: str, name: str) -> None:
        """Remove the document; one that is not there is fine."""

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        """Yield the names in the container that begin with the prefix, in order.

        A cloud's listing may be behind the truth by seconds: never decide by it what exists.
        """

    def check(self) -> None:
        """Write, read and remove one document, or raise StoreUnavailable."""
