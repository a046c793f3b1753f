"""A walk through several questions: where somebody is in one, kept in rows and never in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from records.tracking import ChatId, RecordId


class WalkName(StrEnum):
    """What is walked through."""

    CHECK_IN = "check_in"  # the day: readings, mood, diet, medicine
    ABOUT_ME = "about_me"  # once: conditions, medicines, allergies, family history


class WalkState(StrEnum):
    """How far a walk is."""

    ON = "on"
    OFFERED = "offered"  # something else came between, and the chat offered to go on
    LEFT = "left"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk of a chat; `day` is the patient's local day where the walk is of a day.

    `step` is what was asked last, `passed` what is not to be asked again in this walk. What was
    answered stands in the record and nowhere else.
    """

    chat: ChatId
    name: WalkName
    record: RecordId
    day: date | None
    step: str = ""
    passed: tuple[str, ...] = ()
    state: WalkState = WalkState.ON

    @property
    def goes_on(self) -> bool:
        """Say whether the next answer belongs to this walk."""
        return self.state in (WalkState.ON, WalkState.OFFERED)


class Walks(Protocol):
    """The walks of a chat, one of each name."""

    def of_chat(self, chat: ChatId) -> Sequence[Walk]:
        """Return the newest walk of each name."""
        ...

    def put(self, walk: Walk) -> None:
        """Keep a walk, new or changed."""
        ...
