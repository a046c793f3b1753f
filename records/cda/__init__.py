"""Segments as CDA documents."""
