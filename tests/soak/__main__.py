"""Run every proof, or those named: `python -m tests.soak polling webhook`."""

import importlib
import pkgutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the proofs one after another and return how many failed."""
    names = [one.name for one in pkgutil.iter_modules([str(HERE)]) if one.name != "__main__"]
    failed = 0
    for name in names:
        run = getattr(importlib.import_module(f"tests.soak.{name}"), "main", None)
        if run is None or (len(sys.argv) > 1 and name not in sys.argv[1:]):
            continue
        began = time.monotonic()
        print(f"== {name}", flush=True)
        try:
            failed += bool(run([]))
        except AssertionError as error:
            failed += 1
            print(f"   FAILED: {error}", flush=True)
        print(f"   {time.monotonic() - began:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
