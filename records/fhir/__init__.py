"""FHIR R4: what a person may read of a record as a Bundle of plain dicts."""

from records.fhir.bundle import Source, bundle_of, to_json

__all__ = ["Source", "bundle_of", "to_json"]
