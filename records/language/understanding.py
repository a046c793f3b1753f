"""What a chat line came to: readings, a question, a command, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from records.vocabulary import Code


class Expect(StrEnum):
    """What is to be done with a line."""

    STORE = "store"
    ASK = "ask"
    URGENT = "urgent"
    IGNORE = "ignore"
    NO_RECORD = "no_record"
    STORE_PRIVATE = "store_private"
    SHARE_REQUEST = "share_request"


class Command(StrEnum):
    """What the words of a line ask the bot to do."""

    START = "start"
    HELP = "help"
    MENU = "menu"
    UNDO = "undo"
    TODAY = "today"
    SHARE = "share"
    WHO_LOOKED = "who_looked"
    STOP = "stop"
    PAUSE = "pause"
    SKIP = "skip"
    YES = "yes"
    NO = "no"
    LATER = "later"
    FAMILY = "family"
    MY_NUMBERS = "my_numbers"
    SETTINGS = "settings"
    LANGUAGE = "language"
    SIGN_IN = "sign_in"
    REMIND = "remind"
    PLACES = "places"
    THANKS = "thanks"


class Reason(StrEnum):
    """Why a line is asked about, or answered with advice."""

    REVERSED = "reversed"
    GLUED = "glued"
    OUT_OF_RANGE = "out_of_range"
    UNIT_UNCLEAR = "unit_unclear"
    BARE_NUMBER = "bare_number"
    LOWER_MISSING = "lower_missing"
    NO_NUMBER = "no_number"
    UNEXPLAINED_DIGITS = "unexplained_digits"
    UNKNOWN_WORDS = "unknown_words"
    SEPARATOR = "separator"
    DIGIT_BY_DIGIT = "digit_by_digit"
    AGAINST_HISTORY = "against_history"
    DECIMAL_PRESSURE = "decimal_pressure"
    SEVERAL_PEOPLE = "several_people"
    NOT_NOW = "not_now"
    FUTURE = "future"
    DATE_UNCLEAR = "date_unclear"
    QUESTION = "question"
    INEQUALITY = "inequality"
    TAKEN_BACK = "taken_back"
    LOST_POINT = "lost_point"
    VERY_HIGH = "very_high"
    VERY_LOW = "very_low"
    LOW_GLUCOSE = "low_glucose"
    HIGH_GLUCOSE = "high_glucose"
    FAST_PULSE = "fast_pulse"
    SLOW_PULSE = "slow_pulse"
    LOW_OXYGEN = "low_oxygen"
    HIGH_FEVER = "high_fever"
    PREGNANCY = "pregnancy"
    RED_FLAG = "red_flag"
    METER_HI = "meter_hi"
    METER_LO = "meter_lo"


@dataclass(frozen=True, slots=True)
class Stated:
    """The number as it was typed, where it was converted; its unit in UCUM where it has one."""

    value: Decimal | None
    second: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a reading came about, as far as the line says so; empty where it does not."""

    site: str = ""  # left arm, knee
    position: str = ""  # sitting, standing, lying
    place: str = ""  # home, clinic, hospital, pharmacy
    when: str = ""  # yesterday evening
    trend: str = ""  # up, flat, down: the arrow of a sensor
    meal: str = ""  # breakfast
    comparator: str = ""  # > or <: beyond the number


UNSAID = Circumstances()


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing measured or said, in the canonical unit of its code.

    Blood pressure: value systolic, second diastolic. Glucose is always mmol/L. `at` is naive local
    wall time, None for now.
    """

    code: Code
    value: Decimal | None = None
    second: Decimal | None = None
    unit: str = ""
    text: str = ""
    context: str = ""
    at: datetime | None = None
    stated: Stated | None = None
    unit_inferred: bool = False
    about: Circumstances = UNSAID


@dataclass(frozen=True, slots=True)
class Understanding:
    """What to do with a line; for ask, `readings` is what may be proposed (two: alternatives)."""

    expect: Expect
    readings: tuple[Reading, ...] = ()
    reason: Reason | None = None
    command: Command | None = None
    correction: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the house knows when a line arrives; `now` is the naive local wall time of the person.

    `question` is what the bot last asked for, `recent_pressure` the median of the last seven days,
    `last` what this person told last; the units are those the person usually measures in.
    """

    now: datetime
    question: Code | Command | None = None
    glucose_unit: str | None = None
    weight_unit: str | None = None
    recent_pressure: tuple[Decimal, Decimal] | None = None
    last: tuple[Reading, ...] = ()
    pregnant: bool = False

    def usual(self, code: Code) -> str | None:
        """Return the unit this person usually measures something in, None where not known."""
        units = {Code.GLUCOSE: self.glucose_unit, Code.WEIGHT: self.weight_unit}
        return units.get(code)
