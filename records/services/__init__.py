"""The use cases: check, do, note; each with its own small ports beside it."""
