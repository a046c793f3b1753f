"""What a word can be in a chat line."""

from enum import StrEnum, auto

from records.vocabulary import Code


class Tag(StrEnum):
    """One role of a word; a word may have several."""

    BP = auto()
    SYSTOLIC = auto()
    DIASTOLIC = auto()
    PULSE = auto()
    GLUCOSE = auto()
    WEIGHT = auto()
    HEIGHT = auto()
    TEMPERATURE = auto()
    SPO2 = auto()
    HBA1C = auto()
    PAIN = auto()
    SLEEP = auto()
    STEPS = auto()
    WAIST = auto()
    BMI = auto()
    WEAK = auto()  # a label that is also said of tyres, rooms and ovens
    OVER = auto()  # what stands between the two pressures
    FASTING = auto()
    BEFORE_MEAL = auto()
    AFTER_MEAL = auto()
    BEDTIME = auto()
    RANDOM = auto()
    SELF = auto()
    OTHER = auto()
    ANIMAL = auto()
    NOT = auto()
    TARGET = auto()
    NORMAL = auto()
    ASKS = auto()
    HISTORY = auto()
    WAS = auto()
    COMPARE = auto()
    BETWEEN = auto()
    CHANGE = auto()
    DROP = auto()
    CORRECTS = auto()
    SAME = auto()
    FOREIGN = auto()
    DEVICE_ERROR = auto()
    METER = auto()
    TAKE = auto()
    TAKEN = auto()
    MISS = auto()
    MEDICINE = auto()
    DRUG = auto()
    EAT = auto()
    FOOD = auto()
    MEAL = auto()
    MOVE = auto()
    MOOD = auto()
    SYMPTOM = auto()
    RED = auto()
    EMERGENCY = auto()
    EVENT = auto()
    NOTE = auto()
    REST = auto()
    EXERCISE = auto()
    PREGNANT = auto()
    SHARE = auto()
    PRIVATE = auto()
    NO_RECORD = auto()
    REMIND = auto()
    PLAN = auto()
    MEASURE = auto()
    LEVEL = auto()
    PART = auto()
    BODY = auto()  # a part of the body that can hurt
    UNKEPT = auto()  # measured, but nothing this record keeps: cholesterol, body fat
    CARE = auto()  # a place where somebody else takes the reading
    VOUCH = auto()  # a word that says figures were read off a body
    NEUTRAL = auto()


LABELS: dict[Tag, Code] = {
    Tag.BP: Code.BLOOD_PRESSURE,
    Tag.SYSTOLIC: Code.SYSTOLIC,
    Tag.DIASTOLIC: Code.DIASTOLIC,
    Tag.PULSE: Code.HEART_RATE,
    Tag.GLUCOSE: Code.GLUCOSE,
    Tag.WEIGHT: Code.WEIGHT,
    Tag.HEIGHT: Code.HEIGHT,
    Tag.TEMPERATURE: Code.TEMPERATURE,
    Tag.SPO2: Code.SPO2,
    Tag.HBA1C: Code.HBA1C,
    Tag.PAIN: Code.PAIN,
    Tag.SLEEP: Code.SLEEP,
    Tag.STEPS: Code.STEPS,
    Tag.WAIST: Code.WAIST,
    Tag.BMI: Code.BMI,
}
MEALTIMES: dict[Tag, str] = {
    Tag.FASTING: "fasting",
    Tag.BEFORE_MEAL: "before_meal",
    Tag.AFTER_MEAL: "after_meal",
    Tag.BEDTIME: "bedtime",
    Tag.RANDOM: "random",
}
