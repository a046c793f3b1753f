"""The layers and axes charts are put together from.

Colours are of Okabe and Ito (https://jfly.uni-koeln.de/color/), and never the only sign: each
series and each level has a shape of its own.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil, floor

from records.findings.adherence import KEPT_WORDS, Kept, KeptTime
from records.findings.charts.frame import SHAPES, Format, Frame
from records.vocabulary import Language
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
KEPT_COLOURS = (BLUE, VERMILLION, BLACK)
KEPT_SHAPES = ("triangle-up", "square", "cross")
"""Answered, late, missed."""


def whole(title: str, layers: Sequence[Spec], frame: Frame, legend: str = "") -> Spec:
    """Return the chart of these layers: title, legend in words, and what all charts share."""
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


def dot_layer(
    rows: Sequence[Spec],
    frame: Frame,
    values: Spec,
    names: Sequence[str],
    colours: Sequence[str],
    forms: Sequence[str],
    where: Spec | None = None,
) -> Spec:
    """Return a layer of dots, coloured and shaped by their `part`."""
    legend = {"orient": "bottom", "title": None, "symbolSize": 90}
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
        "encoding": {
            "x": where or time_axis(frame),
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


def marks_of_orders(orders: Sequence[datetime], frame: Frame, low: int) -> Spec:
    """Return a ▲ at the foot for each moment of an order."""
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
            "x": time_axis(frame),
            "y": {"field": "value", "type": "quantitative"},
            "description": {"field": "said"},
        },
    }


def marks_of_kept(times: Sequence[KeptTime], frame: Frame, low: int) -> Spec:
    """Return a mark at the foot for each due time: its shape and its word say how it went."""
    words = {one: say(frame.language, KEPT_WORDS[one]) for one in Kept}
    rows: list[Spec] = [
        {
            "at": frame.wall(one.at),
            "value": low,
            "part": words[one.kept],
            "said": f"{words[one.kept]} · {frame.spoken(one.at)}",
        }
        for one in times
    ]
    y: Spec = {"field": "value", "type": "quantitative"}
    layer = dot_layer(rows, frame, y, list(words.values()), KEPT_COLOURS, KEPT_SHAPES)
    return {**layer, "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1}}


def aim(low: int | Decimal, high: int | Decimal, unit: str, language: Language) -> str:
    """Return the band to aim at, in words."""
    return say(language, "Band: {low} to {high} {unit}", low=low, high=high, unit=unit)


def band(low: float, high: float) -> Spec:
    """Return the shaded band to aim at."""
    return {
        "data": {"values": [{"low": low, "high": high}]},
        "mark": {"type": "rect", "color": BAND, "aria": False},
        "encoding": {
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def time_axis(frame: Frame) -> Spec:
    """Return the axis of days, in the language of the reader."""
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


def hour_axis(frame: Frame) -> Spec:
    """Return the axis of the hours of a day."""
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


def value_axis(field: str, unit: str, low: int, high: int) -> Spec:
    """Return the axis of values in this unit."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [low, high], "zero": False, "nice": False},
        "axis": {"title": unit, "tickCount": 6},
    }


def span(numbers: Sequence[Decimal], low: int | Decimal, high: int | Decimal) -> tuple[int, int]:
    """Return whole ends of an axis that hold the usual span and every number."""
    return floor(min([low, *numbers])), ceil(max([high, *numbers]))


def foot_of(layers: Sequence[Spec]) -> int:
    """Return the lowest value the axis of these layers shows."""
    for one in layers:
        encoding = one.get("encoding")
        y = encoding.get("y") if isinstance(encoding, dict) else None
        if isinstance(y, dict) and "scale" in y:
            return int(y["scale"]["domain"][0])
    return 0
