"""One chart for each thing that is charted: blood pressure, glucose, weight."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from records.findings.adherence import KeptTime
from records.findings.charts.frame import Frame
from records.findings.charts.layers import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    VERMILLION,
    Spec,
    aim,
    band,
    dot_layer,
    foot_of,
    hour_axis,
    marks_of_kept,
    marks_of_orders,
    span,
    time_axis,
    value_axis,
    whole,
)
from records.findings.targets import GLUCOSE_HIGH, GLUCOSE_LOW
from records.findings.weeks import by_week
from records.series import Point
from records.vocabulary import Code
from records.wording import say
from records.wording.own_units import unit_name

A_YEAR = 366
ROUND = ["circle", "diamond"]
POINTED = ["circle", "triangle-up", "triangle-down"]


def chart_of(
    code: Code, points: Sequence[Point], frame: Frame, kept: Sequence[KeptTime] = ()
) -> Spec:
    """Return the chart of a code: glucose, weight, or else blood pressure.

    On the same axis stands how orders were `kept`. Over years each dot is a week's mean: thousands
    of readings would be one blot, and so would the orders.
    """
    if frame.days > A_YEAR:
        points, kept = by_week(points, frame.zone), ()
    match code:
        case Code.GLUCOSE:
            return _with_kept(glucose_chart(points, frame), kept, frame)
        case Code.WEIGHT:
            return _with_kept(weight_chart(points, frame), kept, frame)
        case _:
            return _with_kept(pressure_chart(points, frame), kept, frame)


def pressure_chart(points: Sequence[Point], frame: Frame, orders: Sequence[datetime] = ()) -> Spec:
    """Return the blood pressure over time: pairs of dots joined, the target, orders as ▲."""
    language = frame.language
    names = [say(language, "Systolic"), say(language, "Diastolic")]
    low, high = span([n for one in points for n in one.numbers], 60, 160)
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
    shade = band(frame.target.diastolic, frame.target.systolic)
    joined: Spec = {
        "data": {"values": pairs},
        "mark": {"type": "rule", "color": GREY, "opacity": 0.6, "aria": False},
        "encoding": {
            "x": time_axis(frame),
            "y": value_axis("systolic", "mmHg", low, high),
            "y2": {"field": "diastolic"},
        },
    }
    layers = [
        shade,
        joined,
        dot_layer(dots, frame, value_axis("value", "mmHg", low, high), names, [BLUE, GREEN], ROUND),
    ]
    title = say(language, "Blood pressure, {days} days", days=frame.days)
    legend = aim(frame.target.diastolic, frame.target.systolic, "mmHg", language)
    if orders:
        layers.append(marks_of_orders(orders, frame, low))
        legend += f" · ▲ {say(language, 'Order')}"
    return whole(title, layers, frame, legend)


def glucose_chart(points: Sequence[Point], frame: Frame, *, by_hour: bool = False) -> Spec:
    """Return the glucose over time, or by the hour of the day, with the range to aim at."""
    language = frame.language
    names = [say(language, "In range"), say(language, "Above"), say(language, "Below")]
    own = frame.measures
    unit = own.unit_of(Code.GLUCOSE)

    def shown(value: Decimal | int) -> Decimal:
        return own.number(Code.GLUCOSE, Decimal(value))

    low, high = span([shown(one.numbers[0]) for one in points], shown(2), shown(14))
    dots: list[Spec] = [
        {
            "at": frame.wall(one.at),
            "hour": _hour(one.at, frame.zone),
            "value": float(shown(one.numbers[0])),
            "part": names[_level(one.numbers[0])],
            "said": f"{frame.spoken(one.at)} · {shown(one.numbers[0])}",
        }
        for one in points
    ]
    colours = [BLUE, VERMILLION, BLACK]
    where = hour_axis(frame) if by_hour else None
    values = value_axis("value", unit, low, high)
    layers = [
        band(float(shown(GLUCOSE_LOW)), float(shown(GLUCOSE_HIGH))),
        dot_layer(dots, frame, values, names, colours, POINTED, where),
    ]
    title = (
        say(language, "Glucose by hour, {days} days", days=frame.days)
        if by_hour
        else say(language, "Glucose, {days} days", days=frame.days)
    )
    legend = aim(shown(GLUCOSE_LOW), shown(GLUCOSE_HIGH), unit, language)
    return whole(title, layers, frame, legend)


def weight_chart(points: Sequence[Point], frame: Frame) -> Spec:
    """Return the weight over time as a line with its dots."""
    unit = unit_name(frame.measures.unit_of(Code.WEIGHT), frame.language)
    weights = [frame.measures.number(Code.WEIGHT, one.numbers[0]) for one in points]
    low, high = span(weights, min(weights, default=60) - 2, max(weights, default=60) + 2)
    rows = [
        {
            "at": frame.wall(one.at),
            "value": float(weight),
            "said": f"{frame.spoken(one.at)} · {weight} {unit}",
        }
        for one, weight in zip(points, weights, strict=True)
    ]
    line: Spec = {
        "data": {"values": rows},
        "mark": {"type": "line", "color": BLUE, "point": {"color": BLUE, "size": 50}},
        "encoding": {
            "x": time_axis(frame),
            "y": value_axis("value", unit, low, high),
            "description": {"field": "said"},
        },
    }
    return whole(say(frame.language, "Weight, {days} days", days=frame.days), [line], frame)


def _with_kept(spec: Spec, kept: Sequence[KeptTime], frame: Frame) -> Spec:
    """Return the chart with how orders were answered at its foot, with a legend of its own."""
    layers = spec["layer"]
    if not kept or not isinstance(layers, list):
        return spec
    marks = marks_of_kept(kept, frame, foot_of(layers))
    own = {"scale": {"color": "independent", "shape": "independent"}}
    return {**spec, "layer": [*layers, marks], "resolve": own}


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
