"""Units as real documents write them, and what number of ours they make: a table of facts.

UCUM (https://ucum.org) is what C-CDA asks for; what stands in documents is `lbs`, `MM[HG]`, `DEG`.
A unit that is not known here makes no number: what stands there is kept as words.
"""

import re
from decimal import Decimal

from records.language.units import canonical
from records.observations import Quantity
from records.vocabulary import MEANINGS, Code

_SPELLINGS = {
    "mm[Hg]": "mm[hg]|mmhg|mm hg|mm/hg|millimeter of mercury|mm(hg)|毫米汞柱",
    "kPa": "kpa|千帕",
    "/min": "/min|bpm|beats/min|{beats}/min|{beats}/minute|beats per minute|1/min|min-1|/minute"
    "|次/分|次/min|次/分钟|次每分|次每分钟|{breaths}/min",
    "Cel": "cel|c|°c|℃|deg|degc|deg c|degrees c|celsius|摄氏度|度",
    "[degF]": "[degf]|f|°f|℉|degf|deg f|degrees f|fahrenheit|华氏度|华氏",
    "kg": "kg|kgs|kilo|kilos|kilogram|kilograms|公斤|千克",
    "g": "g|gm|gram|grams|克",
    "[lb_av]": "[lb_av]|lb|lbs|lb_av|pound|pounds|[lb_us]|磅",
    "[stone_av]": "[stone_av]|st|stone",
    "cm": "cm|cms|centimeter|centimeters|公分|厘米",
    "m": "m|meter|meters|metre|metres|米",
    "[in_i]": '[in_i]|in|inch|inches|"|[in_us]|in_i|in_us',
    "[ft_i]": "[ft_i]|ft|foot|feet|'|[ft_us]",
    "mg/dL": "mg/dl|mg%|mgdl|mg dl-1|mg/100ml|毫克/分升",
    "mmol/L": "mmol/l|mmol|mm|mm/l|毫摩尔/升|毫摩|毫摩尔",
    "%": "%|percent|pct|{percent}|％",
    "kg/m2": "kg/m2|kg/m²|kg/m^2|kg/sq m|kg/m*2",
    "h": "h|hr|hrs|hour|hours|小时",
    "{score}": "{score}|score|1",
    "{steps}": "{steps}|steps|1|步",
}
_BY_SPELLING: dict[str, tuple[str, ...]] = {}
for _ucum, _words in _SPELLINGS.items():
    for _word in _words.split("|"):
        _BY_SPELLING[_word] = (*_BY_SPELLING.get(_word, ()), _ucum)

USUAL: dict[Code, frozenset[str]] = {
    Code.SYSTOLIC: frozenset({"mm[Hg]", "kPa"}),
    Code.DIASTOLIC: frozenset({"mm[Hg]", "kPa"}),
    Code.HEART_RATE: frozenset({"/min"}),
    Code.GLUCOSE: frozenset({"mmol/L", "mg/dL"}),
    Code.TEMPERATURE: frozenset({"Cel", "[degF]"}),
    Code.SPO2: frozenset({"%"}),
    Code.HBA1C: frozenset({"%"}),
    Code.HEIGHT: frozenset({"cm", "m", "[in_i]", "[ft_i]"}),
    Code.WEIGHT: frozenset({"kg", "g", "[lb_av]", "[stone_av]"}),
    Code.WAIST: frozenset({"cm", "m", "[in_i]"}),
    Code.BMI: frozenset({"kg/m2"}),
    Code.PAIN: frozenset({"{score}"}),
    Code.SLEEP: frozenset({"h"}),
    Code.STEPS: frozenset({"{steps}"}),
}
"""The units a number of a code may come in."""

NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,6})?")
POSSIBLE: dict[Code, tuple[Decimal | int, Decimal | int]] = {
    Code.SYSTOLIC: (40, 320),
    Code.DIASTOLIC: (15, 220),
    Code.HEART_RATE: (15, 330),
    Code.GLUCOSE: (Decimal("0.3"), 80),
    Code.TEMPERATURE: (24, 46),
    Code.SPO2: (20, 100),
    Code.HBA1C: (2, 25),
    Code.HEIGHT: (20, 272),
    Code.WEIGHT: (Decimal("0.2"), 650),
    Code.WAIST: (15, 320),
    Code.BMI: (5, 200),
    Code.PAIN: (0, 10),
    Code.SLEEP: (0, 24),
    Code.STEPS: (0, 200_000),
}
"""What can have been measured of a living person, in our units; the rest is a slip of a form, and a
temperature of `98.6 DEG` one of the scale, which the number has to bear."""


def ucum_of(spelling: str, code: Code) -> str | None:
    """Return the UCUM unit a spelling stands for with this code, or None where it is not known."""
    said = " ".join(spelling.split()).casefold()
    found = _BY_SPELLING.get(said, ())
    return next((one for one in found if one in USUAL.get(code, ())), None)


def measured(code: Code, number: str, spelling: str) -> Quantity | None:
    """Return a number in the unit we keep it in, or None where it is no number of a known unit."""
    unit = ucum_of(spelling, code)
    if unit is None or not NUMBER.fullmatch(number):
        return None
    value = Decimal(number)
    if unit == "g":
        value, unit = value / 1000, "kg"
    value, unit = canonical(value, unit)
    low, high = POSSIBLE[code]
    return Quantity(value, unit) if unit == MEANINGS[code].ucum and low <= value <= high else None
