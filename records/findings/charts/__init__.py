"""Chart specs: Vega-Lite as plain dicts, drawn elsewhere.

Times are put on the axis as the patient's wall time, so a drawing is the same on every machine.
"""

from records.findings.charts.frame import SHAPES, Format, Frame
from records.findings.charts.kinds import chart_of, glucose_chart, pressure_chart, weight_chart
from records.findings.charts.layers import Spec

__all__ = [
    "SHAPES",
    "Format",
    "Frame",
    "Spec",
    "chart_of",
    "glucose_chart",
    "pressure_chart",
    "weight_chart",
]
