"""The numbers a clinician must confirm: what is plausible, what is urgent, what is aimed at.

Each limit stands here once, with the guideline or the choice it comes from. Nothing else in the
house may hold a clinical number of its own.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from records.vocabulary import Code
from records.wording import later

OUR_CHOICE = "our choice, to be confirmed by a clinician"
METER = "usual range of a home glucose meter"


@dataclass(frozen=True, slots=True)
class Range:
    """What a home reading may plausibly be, both ends included, in the canonical unit."""

    low: Decimal
    high: Decimal
    unit: str
    source: str

    def holds(self, value: Decimal) -> bool:
        """Say whether the value lies inside."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Limit:
    """One clinical number with its unit and where it comes from."""

    value: Decimal
    unit: str
    source: str


def _range(low: str, high: str, unit: str, source: str = OUR_CHOICE) -> Range:
    return Range(Decimal(low), Decimal(high), unit, source)


def _limit(value: str, unit: str, source: str) -> Limit:
    return Limit(Decimal(value), unit, source)


PLAUSIBLE: dict[Code, Range] = {
    Code.SYSTOLIC: _range("60", "260", "mm[Hg]"),
    Code.DIASTOLIC: _range("30", "150", "mm[Hg]"),
    Code.HEART_RATE: _range("40", "150", "/min"),
    Code.GLUCOSE: _range("1.1", "33.3", "mmol/L", METER),
    Code.WEIGHT: _range("30", "250", "kg"),
    Code.HEIGHT: _range("130", "220", "cm"),
    Code.TEMPERATURE: _range("35.0", "42.0", "Cel"),
    Code.SPO2: _range("70", "100", "%"),
    Code.HBA1C: _range("3.5", "18", "%"),
    Code.PAIN: _range("0", "10", "{score}"),
    Code.SLEEP: _range("0.5", "20", "h"),
    Code.STEPS: _range("10", "100000", "{steps}"),
    Code.WAIST: _range("40", "200", "cm"),
    Code.BMI: _range("10", "70", "kg/m2"),
}
"""Stored without a question; outside, the chat asks."""

POSSIBLE_PULSE = _range("30", "220", "/min")
"""Outside, a pulse is a slip of the finger."""

GLUCOSE_MG = _range("20", "600", "mg/dL", METER)
GLUCOSE_MMOL_TOP = _limit("20", "mmol/L", "a number up to here can only be mmol/L")
GLUCOSE_MG_BOTTOM = _limit("35", "mg/dL", "a number above can only be mg/dL")
MG_PER_MMOL = Decimal("18.016")
"""mg/dL of glucose in one mmol/L (molar mass 180.16 g/mol)."""

HBA1C_IFCC = _range("15", "173", "mmol/mol")

PULSE_PRESSURE_LEAST = _limit("10", "mm[Hg]", OUR_CHOICE)
HISTORY_APART = _limit("40", "mm[Hg]", "distance from the 7-day median that is asked about; ours")
WEIGHT_APART = _limit("10", "%", "distance from the 60-day median that is asked about; ours")

_AHA = "American Heart Association, When to call 911 for high blood pressure"
_ADA = "ADA Standards of Care in Diabetes, section 6"
URGENT_SYSTOLIC = _limit("180", "mm[Hg]", _AHA)
URGENT_DIASTOLIC = _limit("120", "mm[Hg]", _AHA)
URGENT_LOW_SYSTOLIC = _limit("80", "mm[Hg]", OUR_CHOICE)
URGENT_LOW_DIASTOLIC = _limit("50", "mm[Hg]", OUR_CHOICE)
LOW_SYSTOLIC_WITH_SYMPTOMS = _limit("90", "mm[Hg]", "device manuals (ADC 6024N, page 24)")
LOW_DIASTOLIC_WITH_SYMPTOMS = _limit("60", "mm[Hg]", "device manuals (ADC 6024N, page 24)")
PREGNANCY_SYSTOLIC = _limit("140", "mm[Hg]", "usual same-day threshold in pregnancy; ours")
PREGNANCY_DIASTOLIC = _limit("90", "mm[Hg]", "usual same-day threshold in pregnancy; ours")
URGENT_LOW_GLUCOSE = _limit("3.0", "mmol/L", f"{_ADA}: hypoglycaemia level 2")
LOW_GLUCOSE = _limit("3.9", "mmol/L", f"{_ADA}: hypoglycaemia level 1")
URGENT_HIGH_GLUCOSE = _limit("13.3", "mmol/L", "usual advice to check ketones and call (240 mg/dL)")
URGENT_LOW_PULSE = _limit("40", "/min", OUR_CHOICE)
URGENT_HIGH_PULSE = _limit("150", "/min", f"at rest; {OUR_CHOICE}")
URGENT_LOW_SPO2 = _limit("90", "%", f"usual clinical threshold; {OUR_CHOICE}")
URGENT_TEMPERATURE = _limit("40.0", "Cel", OUR_CHOICE)

HOME_TARGET_SYSTOLIC = _limit("135", "mm[Hg]", "ESH 2023, home, mean")
HOME_TARGET_DIASTOLIC = _limit("85", "mm[Hg]", "ESH 2023, home, mean")
NEAR_TARGET = _limit("10", "mm[Hg]", "above target by less, a second reading is asked for; ours")
"""NICE NG136 takes two readings at least a minute apart; one far off needs no second to tell."""

REST_BEFORE_SECOND = _limit("1", "min", "NICE NG136: two readings at least 1 minute apart")
REST_WHEN_URGENT = _limit("5", "min", f"{_AHA}: rest 1 to 5 minutes and measure again")
AFTER_SUGAR = _limit("15", "min", f"{_ADA}: measure again 15 minutes after taking sugar")
AFTER_HIGH_GLUCOSE = _limit("60", "min", OUR_CHOICE)


class Guideline(StrEnum):
    """By which guideline a home average is named."""

    ESC = "esc_2024"
    ACC_AHA = "acc_aha_2017"
    CHINA = "china_2024"


@dataclass(frozen=True, slots=True)
class Band:
    """One category of a mean home blood pressure: it begins where either number reaches it."""

    name: str
    systolic: int
    diastolic: int | None = None


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of one guideline for home readings, lowest first, in mm[Hg]."""

    title: str
    bands: tuple[Band, ...]
    source: str


HOME_CATEGORIES: dict[Guideline, Categories] = {
    Guideline.ESC: Categories(
        "ESC 2024",
        (
            Band(later("Non-elevated"), 0, 0),
            Band(later("Elevated"), 120, 70),
            Band(later("Hypertension"), 135, 85),
        ),
        "ESC 2024 guidelines on elevated blood pressure and hypertension, home readings",
    ),
    Guideline.ACC_AHA: Categories(
        "ACC/AHA 2017",
        (
            Band(later("Normal"), 0, 0),
            Band(later("Elevated"), 120),
            Band(later("Hypertension, stage 1"), 130, 80),
            Band(later("Hypertension, stage 2"), 135, 85),
        ),
        "ACC/AHA 2017, home values corresponding to 120/80, 130/80 and 140/90 in the office",
    ),
    Guideline.CHINA: Categories(
        "China 2024",
        (Band(later("Below the home limit"), 0, 0), Band(later("Hypertension"), 135, 85)),
        "Chinese guidelines for hypertension 2024, home readings",
    ),
}

HOME_DAYS_DROPPED = 1
"""NICE NG136: the readings of the first day do not count."""

ALERT_FROM: dict[Guideline, tuple[Limit, Limit]] = {
    Guideline.ESC: (
        _limit("135", "mm[Hg]", "ESC 2024: home hypertension from 135/85"),
        _limit("85", "mm[Hg]", "ESC 2024: home hypertension from 135/85"),
    ),
    Guideline.ACC_AHA: (
        _limit("130", "mm[Hg]", "ACC/AHA 2017: treat to below 130/80, at home too"),
        _limit("80", "mm[Hg]", "ACC/AHA 2017: treat to below 130/80, at home too"),
    ),
    Guideline.CHINA: (
        _limit("135", "mm[Hg]", "China 2024: home hypertension from 135/85"),
        _limit("85", "mm[Hg]", "China 2024: home hypertension from 135/85"),
    ),
}
"""From which home average a patient is listed where the doctor set no own target."""

BACK_BELOW = _limit("5", "mm[Hg]", f"so far below the target an alert closes; {OUR_CHOICE}")
BACK_ABOVE = _limit("0.3", "mmol/L", f"so far above the limit a low alert closes; {OUR_CHOICE}")
BACK_STEADY = _limit("5", "mm[Hg]", f"a smaller rise closes the alert; {OUR_CHOICE}")
BACK_IN_RANGE = _limit("8", "%", f"fewer points lost than this close the alert; {OUR_CHOICE}")

OWN_SYSTOLIC = _range("100", "180", "mm[Hg]")
OWN_DIASTOLIC = _range("60", "110", "mm[Hg]")
OWN_GLUCOSE_LOW = _range("3.0", "7.0", "mmol/L", f"{_ADA}: never below level 2")
OWN_RISE = _range("5", "40", "mm[Hg]")
OWN_SILENT = _range("1", "90", "d")
"""What a doctor may set for one patient; beyond it, it is a slip of the finger."""
