"""The names every store accepts, so that what one takes all take."""

import re

_PART = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_CONTAINER = re.compile(_PART)
_NAME = re.compile(f"{_PART}(/{_PART})*")
LONGEST = 180  # what a file system still takes when a slash is written as three characters


def require_names(container: str, name: str | None = None) -> None:
    """Raise ValueError unless container and name are of the kind every store takes.

    The text does not repeat the name: it may reach a log.
    """
    if len(container) > LONGEST or not _CONTAINER.fullmatch(container):
        raise ValueError("This is not a name a container of a document store may have.")
    if name is not None and (len(name) > LONGEST or not _NAME.fullmatch(name)):
        raise ValueError("This is not a name a document of a store may have.")
