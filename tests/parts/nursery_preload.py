"""What the fork server imports before it forks the house's processes."""

import importlib

from tests.parts.nursery import PRELOADED

for _name in PRELOADED:
    importlib.import_module(_name)
