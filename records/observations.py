"""One thing measured or said: what, how much, when, who told it and who wrote it down."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from records.tracking import AttachmentId, ObservationId, PersonId
from records.vocabulary import MEANINGS, Code, SegmentKind

NO_FILE = AttachmentId("")


class Status(StrEnum):
    """How far an observation counts."""

    FINAL = "final"
    PROVISIONAL = "provisional"  # kept, but asked about; no reader counts it yet
    ENTERED_IN_ERROR = "entered_in_error"  # taken back; history keeps it


class Channel(StrEnum):
    """By which way an observation came in."""

    CHAT = "chat"
    FORM = "form"
    DEVICE = "device"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its UCUM unit."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Component:
    """One number of a panel, such as the systolic pressure."""

    code: Code
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing measured or said.

    `value` is a quantity, or the words (dates as YYYY-MM-DD); a panel has `components` instead.
    `effective` is when it was so, `recorded` when it was written down, both with an offset.
    `informant` told it; `author` wrote it down. `stated` keeps what was typed where the unit was
    converted. `private` keeps it outside every template of sharing. `attachments` came with it, in
    order; `source` is the file it was read from. `site` is where on the body, `position` how the
    body was held (sitting, standing, lying), as far as that was said.
    """

    id: ObservationId
    code: Code
    effective: datetime
    recorded: datetime
    informant: PersonId
    author: PersonId
    channel: Channel
    value: Quantity | str | None = None
    components: tuple[Component, ...] = ()
    status: Status = Status.FINAL
    context: str = ""
    stated: str = ""
    private: bool = False
    attachments: tuple[AttachmentId, ...] = ()
    source: AttachmentId = NO_FILE
    site: str = ""
    position: str = ""

    @property
    def kind(self) -> SegmentKind:
        """The kind of segment this observation is filed in."""
        return MEANINGS[self.code].kind

    def number(self, code: Code) -> Decimal:
        """Return the number of one component, or of the value when `code` is the own code."""
        if code == self.code and isinstance(self.value, Quantity):
            return self.value.value
        return next(part.quantity.value for part in self.components if part.code == code)


def pressure(systolic: Decimal | int, diastolic: Decimal | int) -> tuple[Component, ...]:
    """Return the two components of a blood pressure given in mm[Hg]."""
    return tuple(
        Component(code, Quantity(Decimal(number), "mm[Hg]"))
        for code, number in ((Code.SYSTOLIC, systolic), (Code.DIASTOLIC, diastolic))
    )
