"""What a patient of the demo is: who it is, how the readings go, and who may see what."""

from dataclasses import dataclass

from records.findings.reasons import Situation
from records.vocabulary import Language, SegmentKind

HONG_KONG = "Asia/Hong_Kong"
LONDON = "Europe/London"

READINGS = frozenset({SegmentKind.PHYSICAL_SIGNS})
USUAL = READINGS | {
    SegmentKind.PERSONAL_INFORMATION,
    SegmentKind.HEALTH_STATUS,
    SegmentKind.SIGNS,
    SegmentKind.NON_PHYSICAL_SIGNS,
    SegmentKind.RECORD_OF_LIFE,
    SegmentKind.OTHER,
    SegmentKind.DOCTOR_DESCRIPTION,
}
RELEASED = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS, SegmentKind.RECORD_OF_LIFE})


@dataclass(frozen=True, slots=True)
class Profile:
    """One patient: who it is, what the readings are like, and who may see what.

    `pressure` and `week_before` are means in mm[Hg], now and until a week ago; `glucose` is the
    fasting mean in mmol/L; `missed` is the share of days without a reading, none in the last two
    weeks; after `silent_since` days ago nothing was told.
    """

    name: str
    language: Language
    sex: str
    born: str
    phone: str
    address: str
    conditions: tuple[str, ...]
    medicines: tuple[str, ...]
    allergies: tuple[str, ...]
    relatives: tuple[str, ...]
    weight: float
    height: int
    pressure: tuple[int, int] | None = None
    week_before: tuple[int, int] | None = None
    glucose: float | None = None
    zone: str = HONG_KONG
    missed: float = 0.08
    sparse: bool = False
    silent_since: int = 0
    situation: Situation | None = None
    chan: frozenset[SegmentKind] = USUAL
    lee: frozenset[SegmentKind] = frozenset()
    nurse: frozenset[SegmentKind] = frozenset()
    helper: str = ""
    released_to: str = ""
