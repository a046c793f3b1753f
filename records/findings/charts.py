"""Chart specs: Vega-Lite as plain dicts, drawn elsewhere.

Times are put on the axis as the patient's wall time, so a drawing is the same on every machine.
Colours are of Okabe and Ito (https://jfly.uni-koeln.de/color/), and never the only sign: each
series and each level has a shape of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil, floor
from zoneinfo import ZoneInfo

from records.findings.targets import GLUCOSE_HIGH, GLUCOSE_LOW, HOME_TARGET
from records.series import Point
from records.vocabulary import Code, Language
from records.wording import say

Spec = dict[str, object]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
FONTS = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"

BLUE = "#0072B2"
GREEN = "#009E73"
VERMILLION = "#D55E00"
BLACK = "#000000"
GREY = "#767676"
BAND = "#E3E8EC"


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

    def wall(self, moment: datetime) -> str:
        """Return the patient's wall time, marked as UTC so that nothing shifts it."""
        return moment.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def spoken(self, moment: datetime) -> str:
        """Return the patient's wall time as the language writes it."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.language is Language.CHINESE:
            return f"{local.month}月{local.day}日 {local:%H:%M}"
        return f"{local.day} {local:%b %H:%M}"


def chart_of(code: Code, points: Sequence[Point], frame: Frame) -> Spec:
    """Return the chart of a code: glucose, weight, or else blood pressure."""
    match code:
        case Code.GLUCOSE:
            return glucose_chart(points, frame)
        case Code.WEIGHT:
            return weight_chart(points, frame)
        case _:
            return pressure_chart(points, frame)


def pressure_chart(points: Sequence[Point], frame: Frame, orders: Sequence[datetime] = ()) -> Spec:
    """Return the blood pressure over time: pairs of dots joined, the target, orders as ▲."""
    language = frame.language
    names = [say(language, "Systolic"), say(language, "Diastolic")]
    low, high = _span([n for one in points for n in one.numbers], 60, 160)
    pairs = [
        {
            "at": frame.wall(one.at),
            "systolic": float(one.numbers[0]),
            "diastolic": float(one.numbers[1]),
        }
        for one in points
    ]
    dots = [
        {"at": frame.wall(one.at), "value": float(number), "part": name, "said": _pair(one, frame)}
        for one in points
        for name, number in zip(names, one.numbers, strict=True)
    ]
    band = _band(HOME_TARGET.diastolic, HOME_TARGET.systolic)
    joined: Spec = {
        "data": {"values": pairs},
        "mark": {"type": "rule", "color": GREY, "opacity": 0.6, "aria": False},
        "encoding": {
            "x": _time(frame),
            "y": _values("systolic", "mmHg", low, high),
            "y2": {"field": "diastolic"},
        },
    }
    layers = [
        band,
        joined,
        _dots(dots, frame, _values("value", "mmHg", low, high), names, [BLUE, GREEN], _ROUND),
    ]
    title = say(language, "Blood pressure, {days} days", days=frame.days)
    legend = _aim(HOME_TARGET.diastolic, HOME_TARGET.systolic, "mmHg", language)
    if orders:
        layers.append(_orders(orders, frame, low))
        legend += f" · ▲ {say(language, 'Order')}"
    return _chart(title, layers, frame, legend)


def glucose_chart(points: Sequence[Point], frame: Frame, *, by_hour: bool = False) -> Spec:
    """Return the glucose over time, or by the hour of the day, with the range to aim at."""
    language = frame.language
    names = [say(language, "In range"), say(language, "Above"), say(language, "Below")]
    low, high = _span([one.numbers[0] for one in points], 2, 14)
    dots: list[Spec] = [
        {
            "at": frame.wall(one.at),
            "hour": _hour(one.at, frame.zone),
            "value": float(one.numbers[0]),
            "part": names[_level(one.numbers[0])],
            "said": f"{frame.spoken(one.at)} · {one.numbers[0]}",
        }
        for one in points
    ]
    colours = [BLUE, VERMILLION, BLACK]
    where = _hours(frame) if by_hour else None
    values = _values("value", "mmol/L", low, high)
    layers = [
        _band(float(GLUCOSE_LOW), float(GLUCOSE_HIGH)),
        _dots(dots, frame, values, names, colours, _POINTED, where),
    ]
    title = (
        say(language, "Glucose by hour, {days} days", days=frame.days)
        if by_hour
        else say(language, "Glucose, {days} days", days=frame.days)
    )
    legend = _aim(GLUCOSE_LOW, GLUCOSE_HIGH, "mmol/L", language)
    return _chart(title, layers, frame, legend)


def weight_chart(points: Sequence[Point], frame: Frame) -> Spec:
    """Return the weight over time as a line with its dots."""
    weights = [one.numbers[0] for one in points]
    low, high = _span(weights, min(weights, default=60) - 2, max(weights, default=60) + 2)
    rows = [
        {
            "at": frame.wall(one.at),
            "value": float(one.numbers[0]),
            "said": f"{frame.spoken(one.at)} · {one.numbers[0]} kg",
        }
        for one in points
    ]
    line: Spec = {
        "data": {"values": rows},
        "mark": {"type": "line", "color": BLUE, "point": {"color": BLUE, "size": 50}},
        "encoding": {
            "x": _time(frame),
            "y": _values("value", "kg", low, high),
            "description": {"field": "said"},
        },
    }
    return _chart(say(frame.language, "Weight, {days} days", days=frame.days), [line], frame)


_ROUND = ["circle", "diamond"]
_POINTED = ["circle", "triangle-up", "triangle-down"]


def _chart(title: str, layers: Sequence[Spec], frame: Frame, legend: str = "") -> Spec:
    shape = SHAPES[frame.form]
    return {
        "$schema": SCHEMA,
        "description": f"{title} · {legend}" if legend else title,
        "title": {
            "text": title,
            "subtitle": legend,
            "anchor": "start",
            "fontWeight": "normal",
            "subtitleFontSize": shape.letters,
        },
        "width": shape.width,
        "height": shape.height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 5, "top": 5, "right": 28, "bottom": 5},  # the last day's name
        "layer": list(layers),
        "config": {
            "font": FONTS,
            "title": {"fontSize": shape.letters + 1},
            "axis": {
                "labelFontSize": shape.letters,
                "titleFontSize": shape.letters,
                "labelColor": "#333333",
                "titleFontWeight": "normal",
                "gridColor": "#E6E6E6",
                "aria": False,
            },
            "legend": {"labelFontSize": shape.letters, "aria": False},
            "view": {"stroke": None},
        },
    }


def _dots(
    rows: Sequence[Spec],
    frame: Frame,
    values: Spec,
    names: Sequence[str],
    colours: Sequence[str],
    forms: Sequence[str],
    where: Spec | None = None,
) -> Spec:
    legend = {"orient": "bottom", "title": None, "symbolSize": 90}
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
        "encoding": {
            "x": where or _time(frame),
            "y": values,
            "color": {
                "field": "part",
                "type": "nominal",
                "scale": {"domain": list(names), "range": list(colours)},
                "legend": legend,
            },
            "shape": {
                "field": "part",
                "type": "nominal",
                "scale": {"domain": list(names), "range": list(forms)},
                "legend": legend,
            },
            "description": {"field": "said"},
        },
    }


def _orders(orders: Sequence[datetime], frame: Frame, low: int) -> Spec:
    word = say(frame.language, "Order")
    rows = [
        {"at": frame.wall(one), "value": low, "said": f"{word} · {frame.spoken(one)}"}
        for one in orders
    ]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "point",
            "shape": "triangle-up",
            "filled": True,
            "size": 130,
            "color": BLACK,
            "opacity": 1,
            "clip": False,
        },
        "encoding": {
            "x": _time(frame),
            "y": {"field": "value", "type": "quantitative"},
            "description": {"field": "said"},
        },
    }


def _aim(low: int | Decimal, high: int | Decimal, unit: str, language: Language) -> str:
    return say(language, "Band: {low} to {high} {unit}", low=low, high=high, unit=unit)


def _band(low: float, high: float) -> Spec:
    return {
        "data": {"values": [{"low": low, "high": high}]},
        "mark": {"type": "rect", "color": BAND, "aria": False},
        "encoding": {
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _time(frame: Frame) -> Spec:
    first = frame.now - timedelta(days=frame.days)
    chinese = frame.language is Language.CHINESE
    return {
        "field": "at",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [frame.wall(first), frame.wall(frame.now)]},
        "axis": {
            "format": "%-m月%-d日" if chinese else "%-d %b",
            "title": None,
            "tickCount": 4 if frame.form is Format.PHONE else 8,
            "labelOverlap": "greedy",
            "grid": False,
        },
    }


def _hours(frame: Frame) -> Spec:
    return {
        "field": "hour",
        "type": "quantitative",
        "scale": {"domain": [0, 24]},
        "axis": {
            "values": [0, 4, 8, 12, 16, 20, 24],
            "title": say(frame.language, "Hour of the day"),
            "grid": False,
        },
    }


def _values(field: str, unit: str, low: int, high: int) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [low, high], "zero": False, "nice": False},
        "axis": {"title": unit, "tickCount": 6},
    }


def _span(numbers: Sequence[Decimal], low: int | Decimal, high: int | Decimal) -> tuple[int, int]:
    """Return whole ends of an axis that hold the usual span and every number."""
    return floor(min([low, *numbers])), ceil(max([high, *numbers]))


def _hour(moment: datetime, zone: str) -> float:
    local = moment.astimezone(ZoneInfo(zone))
    return round(local.hour + local.minute / 60, 2)


def _level(value: Decimal) -> int:
    if value < GLUCOSE_LOW:
        return 2
    return 1 if value > GLUCOSE_HIGH else 0


def _pair(point: Point, frame: Frame) -> str:
    systolic, diastolic = point.numbers
    return f"{frame.spoken(point.at)} · {systolic}/{diastolic}"
