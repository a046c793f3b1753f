"""Measure everything, or what is named: `python -m tests.bench records`; writes bench.json."""

import importlib
import pkgutil
import sys
from pathlib import Path

from tests.bench.figures import Figure, show, write

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]


def main() -> int:
    """Run the measurements one after another; return 1 if a row failed."""
    names = [one.name for one in pkgutil.iter_modules([str(HERE)]) if one.name != "__main__"]
    figures: list[Figure] = []
    for name in names:
        measure = getattr(importlib.import_module(f"tests.bench.{name}"), "measure", None)
        if measure is None or (len(sys.argv) > 1 and name not in sys.argv[1:]):
            continue
        print(f"== {name}", flush=True)
        found = measure(REPOSITORY / ".parts")
        show(found)
        figures += found
    write(figures, REPOSITORY / "bench.json")
    return int(any(one.missed for one in figures))


if __name__ == "__main__":
    sys.exit(main())
