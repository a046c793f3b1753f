"""The core: frozen dataclasses and plain functions. It knows no face, no clock, no store."""
