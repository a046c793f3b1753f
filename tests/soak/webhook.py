"""kill -9 under load with updates by webhook: `python -m tests.soak.webhook --kills 200`."""

import sys
from collections.abc import Sequence

from tests.soak.killing import run


def main(argv: Sequence[str]) -> int:
    """Run it and print the figures."""
    return run("webhook", argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
