"""For whom, over what time and for which screen a chart is drawn."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from records.findings.targets import HOME_TARGET, PressureTarget
from records.measures import HOUSE, Measures
from records.vocabulary import Language


class Format(StrEnum):
    """For which screen a chart is made."""

    DESKTOP = "desktop"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Shape:
    """The drawing area in px and the size of the letters."""

    width: int
    height: int
    letters: int


SHAPES = {Format.DESKTOP: Shape(720, 300, 13), Format.PHONE: Shape(320, 240, 14)}


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom and over what time a chart is drawn."""

    language: Language
    zone: str
    now: datetime
    days: int = 30
    form: Format = Format.DESKTOP
    measures: Measures = HOUSE
    target: PressureTarget = HOME_TARGET

    def wall(self, moment: datetime) -> str:
        """Return the patient's wall time, marked as UTC so that nothing shifts it."""
        return moment.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def spoken(self, moment: datetime) -> str:
        """Return the patient's wall time as the language writes it."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.language is Language.CHINESE:
            return f"{local.month}月{local.day}日 {local:%H:%M}"
        return f"{local.day} {local:%b %H:%M}"
