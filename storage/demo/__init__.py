"""The demo's people: invented, and filed the way real people would be."""

from storage.demo.filling import DemoPeople, fill

__all__ = ["DemoPeople", "fill"]
