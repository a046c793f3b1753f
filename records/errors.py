"""What can go wrong in the core; each face says it once in its own way."""


class KangluError(Exception):
    """The family of our own errors."""


class NotPermitted(KangluError):
    """Raised when the policy refuses; a face answers as if the thing were not there."""


class NotFound(KangluError):
    """Raised when a thing does not exist, or is not this person's to know of."""


class NotValid(KangluError):
    """Raised when what somebody entered cannot be kept as it is; `field` names the place."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class Stale(KangluError):
    """Raised when somebody else changed the thing in between."""


class TooOften(KangluError):
    """Raised when somebody asks more often than the house can bear."""


class LinkUsed(KangluError):
    """Raised when a one-time link is opened a second time."""


class LinkExpired(KangluError):
    """Raised when a one-time link is opened too late, or never was one."""
