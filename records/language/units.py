"""Units as people write them, what they measure, and how they become the canonical one."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from records.findings.guidelines import MG_PER_MMOL
from records.vocabulary import Code


class Use(StrEnum):
    """What a unit says its number is."""

    READING = "reading"
    DOSE = "dose"
    FOOD = "food"
    COUNT = "count"
    DURATION = "duration"
    AGE = "age"
    DISTANCE = "distance"
    ELSEWHERE = "elsewhere"  # money, floors, psi: a number that is no business of a health record


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its UCUM spelling (or our word), its use, and the codes it can belong to."""

    ucum: str
    use: Use
    codes: tuple[Code, ...] = ()


_READING_UNITS: dict[str, tuple[tuple[Code, ...], str]] = {
    "mm[Hg]": (
        (Code.BLOOD_PRESSURE,),
        (
            "millimetres of mercury|millimeters of mercury|millimetres mercury|"
            "mmhg|mm hg|mm of hg|mm of mercury|mm/hg|毫米汞柱|mm[hg]|毫米水银柱|mmgh"
        ),
    ),
    "kPa": ((Code.BLOOD_PRESSURE,), "kpa|千帕|kilopascals|kilopascal"),
    "/min": (
        (Code.HEART_RATE,),
        (
            "bpm|beats/min|beats per minute|beats per min|beats a minute|beats|/min|per minute|"
            "次/分|次/分钟|次每分|次每分钟|下/分|下每分钟|跳/分|b.p.m.|/分|/分钟|b/min"
        ),
    ),
    "Cel": (
        (Code.TEMPERATURE,),
        (
            "c|°c|º c|ºc|° c|摄氏度|celsius|centigrade|degrees centigrade|"
            "degrees c|degrees celsius|deg c|degc"
        ),
    ),
    "[degF]": (
        (Code.TEMPERATURE,),
        "f|°f|ºf|° f|华氏度|华氏|fahrenheit|degrees f|degrees fahrenheit|deg f|degf",
    ),
    "deg": ((Code.TEMPERATURE,), "度|°|degrees|degree|º"),
    "kg": ((Code.WEIGHT,), "kg|kgs|kilo|kilos|公斤|千克|kilogram|kilograms|kg."),
    "[lb_av]": ((Code.WEIGHT,), "lb|lbs|pound|pounds|磅|lb.|lbs."),
    "#": ((Code.WEIGHT,), "#"),
    "斤": ((Code.WEIGHT,), "斤|市斤|jin"),
    "[stone_av]": ((Code.WEIGHT,), "st|stone|stones"),
    "cm": ((Code.HEIGHT, Code.WAIST), "cm|公分|厘米|cms|centimeters|centimetres"),
    "尺": ((Code.WAIST,), "尺|市尺"),
    "m": ((Code.HEIGHT,), "m|米|meter|meters|metre|metres"),
    "[in_i]": ((Code.HEIGHT, Code.WAIST), "in|inch|inches|\"|英寸|''"),
    "[ft_i]": ((Code.HEIGHT,), "ft|foot|feet|'|英尺"),
    "mg/dL": (
        (Code.GLUCOSE,),
        (
            "milligrams per deciliter|milligrams per decilitre|毫克每分升|"
            "mg/dl|mg%|mgdl|mg dl-1|mg dl|毫克/分升|mg per dl|mg/100ml"
        ),
    ),
    "mmol/L": (
        (Code.GLUCOSE,),
        (
            "millimoles per litre|millimoles per liter|mmol per litre|mmol per liter|毫摩尔每升|"
            "毫摩每升|mmol/l|mmol|mmols|mm|毫摩尔/升|毫摩|毫摩尔|mmol l-1|mmol per l|mmoll"
        ),
    ),
    "mmol/mol": ((Code.HBA1C,), "mmol/mol"),
    "%": ((Code.SPO2, Code.HBA1C), "%|percent|per cent|pct"),
    "kg/m2": ((Code.BMI,), "kg/m2|kg/m^2|kg/sq m|kg m-2|公斤/平方米|千克/平方米"),
    "h": ((Code.SLEEP,), "h|hr|hrs|hour|hours|小时|个小时|钟头|个钟头|h.|个钟"),
    "{steps}": ((Code.STEPS,), "steps|step|步"),
}
_OTHER_UNITS: dict[Use, str] = {
    Use.DOSE: (
        "mg|mcg|ug|µg|μg|microgram|micrograms|milligram|milligrams|tablet|tablets|tab|tabs|pill|"
        "pills|capsule|capsules|cap|caps|unit|units|iu|u|puff|puffs|drop|drops|dose|doses|片|粒|"
        "颗|毫克|微克|单位|个单位|支|滴|针|丸|包|袋|盒|喷|国际单位"
    ),
    Use.FOOD: (
        "cup|cups|slice|slices|bowl|bowls|glass|glasses|egg|eggs|spoon|spoons|teaspoon|teaspoons|"
        "tablespoon|tablespoons|tsp|tbsp|oz|ounce|ounces|g|gram|grams|ml|l|litre|litres|liter|"
        "liters|kcal|cal|calories|carbs|piece|pieces|plate|plates|can|cans|bottle|bottles|beers|"
        "beer|banana|bananas|apple|apples|biscuits|cookies|portion|portions|serving|servings|"
        "碗|杯|个|两|克|毫升|份|根|只|勺|口|瓶|大卡|千卡|卡|升|罐|盘|枚|串|斤菜|条|把|块饼干|块蛋糕"
    ),
    Use.COUNT: (
        "times|time|x a day|x daily|reps|laps|rounds|次|遍|趟|圈|下|th|nd|rd|readings|cigarettes|"
        "cigs|支烟|根烟"
    ),
    Use.DURATION: (
        "min|mins|minute|minutes|sec|secs|second|seconds|day|days|week|weeks|wk|wks|month|months|"
        "year|years|yrs|天|周|个月|年|年半|分钟|秒|星期|个星期|礼拜|月|hour ago|days ago|天前"
    ),
    Use.AGE: "岁|周岁|years old|year old|yo|y/o|yrs old|years of age|多岁|weeks pregnant|周孕",
    Use.DISTANCE: "km|kms|mile|miles|公里|里路|里|千米|kilometers|kilometres|站路|楼梯",
    Use.ELSEWHERE: (
        "元|块|块钱|毛|角|美元|欧元|人民币|日元|usd|dollars|dollar|euro|euros|yuan|rmb|"
        "pounds sterling|"
        "€|£|¥|$|psi|bar|km/h|mph|kmh|楼|房|号床|床|层|室|栋|弄|座|门|路|px|volts|v|watts|w|gb|mb|ghz|mhz|人|"
        "名|位|floor|people|million|billion|percent off|万元|亿|折|分之|页|题|goals|points|球|"
        "公里/小时|"
        "平米|平方米|平|号楼|号房|单元|路车|路公交|期|届|级|集|章|岁的|k|ampm|weeks of age|c $|"
        "mm rain"
    ),
}


def _table() -> dict[str, Unit]:
    table: dict[str, Unit] = {}
    for use, spellings in _OTHER_UNITS.items():
        table |= {s: Unit(s, use) for s in spellings.split("|")}
    for ucum, (codes, spellings) in _READING_UNITS.items():
        table |= {s: Unit(ucum, Use.READING, codes) for s in spellings.split("|")}
    return table


SPELLINGS = _table()
_LONGEST = max(len(s) for s in SPELLINGS)
UNITS = {u.ucum: u for u in SPELLINGS.values()}

_FACTORS: dict[str, tuple[str, Decimal]] = {
    "kPa": ("mm[Hg]", Decimal("7.50062")),
    "[lb_av]": ("kg", Decimal("0.45359237")),
    "#": ("kg", Decimal("0.45359237")),
    "斤": ("kg", Decimal("0.5")),
    "[stone_av]": ("kg", Decimal("6.35029318")),
    "尺": ("cm", Decimal(100) / 3),
    "m": ("cm", Decimal(100)),
    "[in_i]": ("cm", Decimal("2.54")),
    "[ft_i]": ("cm", Decimal("30.48")),
    "mg/dL": ("mmol/L", 1 / MG_PER_MMOL),
}
_OWN_PLACES = {"mg/dL": Decimal(1)}
_TENTH = Decimal("0.1")
_PLACES = {"mm[Hg]": Decimal(1), "Cel": Decimal("0.1")}
_HUNDREDTH = Decimal("0.01")


def unit_at(line: str, at: int) -> tuple[Unit, int] | None:
    """Find the longest unit that begins here, and where it ends; letters may not run on."""
    for end in range(min(len(line), at + _LONGEST), at, -1):
        found = SPELLINGS.get(line[at:end])
        if found and not _runs_on(line, end):
            return found, end
    return None


def _runs_on(line: str, end: int) -> bool:
    last, following = line[end - 1], line[end : end + 1]
    if following == "'":
        following = line[end + 1 : end + 2]  # can't is no can
    return last.isascii() and last.isalpha() and following.isascii() and following.isalpha()


def canonical(value: Decimal, ucum: str) -> tuple[Decimal, str]:
    """Convert to the canonical unit; a value already canonical is handed back untouched."""
    if ucum == "[degF]":
        return ((value - 32) * 5 / 9).quantize(_PLACES["Cel"]), "Cel"
    if ucum not in _FACTORS:
        return value, ucum
    unit, factor = _FACTORS[ucum]
    return tidy((value * factor).quantize(_PLACES.get(unit, _HUNDREDTH))), unit


def own(value: Decimal, ucum: str) -> Decimal:
    """Convert from the canonical unit to another, as finely as people write it in that one."""
    if ucum == "[degF]":
        return tidy((value * 9 / 5 + 32).quantize(_TENTH, ROUND_HALF_UP))
    if ucum not in _FACTORS:
        return value
    places = _OWN_PLACES.get(ucum, _TENTH)
    return tidy((value / _FACTORS[ucum][1]).quantize(places, ROUND_HALF_UP))


def tidy(value: Decimal) -> Decimal:
    """Drop the zeros behind the point that say nothing."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
