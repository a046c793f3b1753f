"""Numbers said in two breaths (37度5, 一米七二, 11 stone 4, 7 hours 30): made one."""

import re
from decimal import Decimal

from records.language.numbers import ENGLISH, HAN, from_english, from_han

_H = HAN[:11]
_NUM = rf"(?:\d+(?:\.\d+)?|[{HAN}]+)"
_HALF_OF = re.compile(
    rf"({_NUM})(个)?半(个)?(小时|钟头|钟|斤|公斤|千克)|({_NUM})(斤|公斤|千克|度|米|小时)半(?!小)"
)
_HALF = re.compile(r"半个?(小时|钟头)|(?<![a-z])half an hour")
_DEGREES = re.compile(rf"(\d\d|[{HAN}]{{2,4}})度(\d(?!\d)|[{_H}](?![{HAN}]))")
_POINT = re.compile(
    r"((?:血糖|空腹|餐后|饭后|餐前|饭前|糖化|体温|随机)\D{0,3}\d{1,2})点(\d)(?![\d分点半])"
)
_POINT_UNIT = re.compile(r"(\d+)点(\d+)(?=\s?(?:公斤|千克|kg|斤|度|mmol|%|厘米|公分))")
_TAELS = re.compile(rf"({_NUM})斤(\d|[{_H}])两")
_METRES = re.compile(
    rf"([12]|[一二两])\s?(?:米|m(?=\s?\d))\s?(\d{{1,2}}(?![\d.]|\s?(?:kg|lb|公斤|斤))|[{_H}]{{1,2}}(?![{HAN}]))(?:厘米|公分|cm)?"
)
_STONE = re.compile(
    r"(?<![\d./])(\d{1,2})\s?(?:stones?|st)\s?(\d{1,2}(?:\.\d)?)(?:\s?(?:lbs?|pounds?))?(?![\d/])"
)
_HOURS = re.compile(
    r"(?<![\d./:])(\d{1,2})\s?(?:个?小时|hours?|hrs?|h)\s?(?:and\s|零)?(\d{1,2})(?![\d/.])\s?(?:分钟?|minutes?|mins?|min|m\b)?"
)
_DAY = 24  # hours; more before HR is a reading beside a heart rate: spo2 96 HR 56
_SPELLED = "|".join(sorted(ENGLISH - {"hundred"}, key=len, reverse=True))
_FOOT = re.compile(
    rf"\b(four|five|six)[ -](?:foot|feet|ft)(?:(?:[ -]and)?[ -]({_SPELLED}|\d{{1,2}}))?\b"
    r"(?:[ -]inch(?:es)?)?"
)
_SPELLED_HALF = re.compile(rf"\b({_SPELLED}) and a half\b")
_OUT_OF_TEN = re.compile(rf"\b({_SPELLED}) (?:out of|of|on|over) ten\b")
_SPELLED_THOUSAND = re.compile(
    rf"\b((?:{_SPELLED})(?:[ -](?:{_SPELLED}|hundred|and))*) thousand\b"
    rf"(?: ((?:{_SPELLED}) hundred))?"
)
_AND_A_HALF = re.compile(
    r"(?<![\d./])(\d{1,3}) and a half|(?<![\d./])(\d{1,3}) ?1/2(?=\s?(?:h|kg|lb|st|°|cm))"
)
_PER_CENT = re.compile(rf"百分之({_NUM})")
_CHI = re.compile(rf"([1-4]|[{_H}])尺(\d|[{_H}])寸?")
_THOUSANDS = re.compile(r"(\d+(?:\.\d+)?)\s?(千|万|k)(?=\s?(?:步|steps))")


_UNIT_FIRST = re.compile(
    r"\s?\((mmhg|kpa|kg|lbs?|cm|mmol/l|mg/dl|bpm|°?[cf]|%|公斤|千克|斤|毫米汞柱|千帕|厘米|次/分)\)"
    r"\s?[:=]?\s?(\d+(?:\.\d+)?(?:\s?/\s?\d+(?:\.\d+)?)?)"
)
"""A form's heading names the unit before the number: weight (kg) 64."""
_UNIT_BEHIND_NAME = re.compile(
    r"(?:(?<=[a-z一-鿿])|(?<=spo2))(?:\s|(?=/))(mmhg|kpa|kg|kgs|lbs?|mmol/l|mg/dl|bpm|/min|%|°[cf]|公斤|千克|毫米汞柱|千帕|次/分)"
    r"\s?[:=]?\s?(\d+(?:\.\d+)?(?:\s?/\s?\d+(?:\.\d+)?)?)(?![\d.]|\s?(?:mm|kpa|kg|lb|mmol|mg|bpm|%|°|公斤|千克|斤))"
)
"""The same without brackets, as a meter shows it: Pulse/min 81."""
_SIDE = re.compile(r"(?<![a-z\d/])(?<![a-z/] )(?:([l])|r)(?:\s?[:=]\s?|\s)(?=\d{2,3}\s?/\s?\d)")
"""Left and right by their first letter, before a pressure."""
_TENS = re.compile(r"(\d0)s?(\s?(?:/|over)\s?)(\d0)s?\b")
_HIGH_LOW = re.compile(
    r"^((?:my )?(?:bp|blood pressure|pressure)?[ :,]*)high:? "
    r"(\d{3})[, ]+(?:and )?low:? (?=\d{2,3}\b)"
)
_BY_LETTER = re.compile(
    r"(?<![a-z])s[ :=]*(?=\d{2,3}\b)(\d+)[ ,;/]*d[ :=]*(?=\d{2,3}\b)(\d+)(?:[ ,;/]*p(?=[ :=]*\d))?"
)
_STEPS_FIRST = re.compile(r"(\bsteps?[ :]{1,2}|步数[ :]?)(\d{1,2}(?:\.\d+)?)k\b")
_MYRIAD = re.compile(r"(\d{1,2})万(\d)千?(?=\s?步)")


def _plain(text: str) -> str:
    return text if text[0].isdigit() else str(from_han(text).value or 0)


def _half_of(m: re.Match[str]) -> str:
    number, unit = (m[1], m[4]) if m[1] else (m[5], m[6])
    return f"{Decimal(_plain(number)) + Decimal('0.5')}{unit}"


def _metres(m: re.Match[str]) -> str:
    part = m[2] if m[2].isdigit() else "".join(str(_h(c)) for c in m[2])
    return f"{_plain(m[1])}.{part}米"


def _h(char: str) -> int:
    return int(from_han(char).value or 0)


def _whole_steps(m: re.Match[str]) -> str:
    return str(int(Decimal(m[1]) * (10000 if m[2] == "万" else 1000)))


def _spelled_out(m: re.Match[str]) -> str:
    pulse = " pulse" if m[0].endswith("p") else ""
    return f"systolic {m[1]} diastolic {m[2]}{pulse}"


def _tenths(m: re.Match[str]) -> str:
    score = from_english([m[1]])
    return f"{score[0].value}/10" if score else m[0]


def _feet(m: re.Match[str]) -> str:
    """Write a spelled height in figures: five foot four."""
    feet, inches = from_english([m[1]]), from_english([m[2]]) if m[2] else None
    more = inches[0].value if inches else Decimal(m[2] or 0)
    return f"{feet[0].value}'{more}\"" if feet and more is not None and more < 12 else m[0]


def _thousands(m: re.Match[str]) -> str:
    high, low = from_english(m[1].replace("-", " ").split()), from_english((m[2] or "").split())
    if high is None or high[0].value is None:
        return m[0]
    return str(high[0].value * 1000 + (low[0].value or 0 if low else 0))


def _hours(m: re.Match[str]) -> str:
    minutes = int(m[2])
    if minutes > 59 or int(m[1]) > _DAY or "\n" in m[0]:
        return m[0]
    hours = (int(m[1]) + Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize()
    return f"{hours:f}h "


def fused(line: str) -> str:
    """Return the line with every number said in two breaths written as one with a point."""
    line = _UNIT_FIRST.sub(r" \2 \1", line) if "(" in line else line
    line = _UNIT_BEHIND_NAME.sub(r" \2 \1", line)
    if "半" in line or "half" in line or "1/2" in line:
        line = _HALF_OF.sub(_half_of, line)
        line = _HALF.sub(lambda m: "0.5小时" if m[1] else "0.5h", line)
        line = _SPELLED_HALF.sub(r"\1 point five", line)
        line = _AND_A_HALF.sub(lambda m: f"{m[1] or m[2]}.5", line)
    line = _FOOT.sub(_feet, line)
    if "ten" in line:
        line = _OUT_OF_TEN.sub(_tenths, line)
    if "thousand" in line:
        line = _SPELLED_THOUSAND.sub(_thousands, line)
    if "度" in line:
        line = _DEGREES.sub(lambda m: f"{_plain(m[1])}.{_plain(m[2])}度", line)
    if "点" in line:
        line = _POINT_UNIT.sub(r"\1.\2", _POINT.sub(r"\1.\2", line))
    if "两" in line:
        line = _TAELS.sub(lambda m: f"{_plain(m[1])}.{_plain(m[2])}斤", line)
    if "百分之" in line:
        line = _PER_CENT.sub(lambda m: f"{_plain(m[1])}%", line)
    if "尺" in line:
        line = _CHI.sub(lambda m: f"{_plain(m[1])}.{_plain(m[2])}尺", line)
    if "0s" in line:
        line = _TENS.sub(r"\1ish\2\3ish", line)
    line = _HIGH_LOW.sub(r"\1systolic \2 diastolic ", line)
    line = _BY_LETTER.sub(_spelled_out, line)
    line = _SIDE.sub(lambda m: "left arm " if m[1] else "right arm ", line)
    line = _STEPS_FIRST.sub(lambda m: f"{m[1]}{int(Decimal(m[2]) * 1000)}", line)
    line = _MYRIAD.sub(lambda m: str(int(m[1]) * 10000 + int(m[2]) * 1000), line)
    line = _THOUSANDS.sub(_whole_steps, line)
    line = _METRES.sub(_metres, line)
    line = _STONE.sub(lambda m: f"{int(m[1]) * 14 + Decimal(m[2])}lb", line)
    return _HOURS.sub(_hours, line)
