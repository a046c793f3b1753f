"""Files that other programs wrote, read into readings: pure functions of their bytes."""

from records.imports.cuffs import KeptOut, Measured, NotATable, Table, Why, read_table
from records.imports.dates import Order

__all__ = ["KeptOut", "Measured", "NotATable", "Order", "Table", "Why", "read_table"]
