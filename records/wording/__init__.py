"""What people read: phrases, cards and the one catalogue of both languages."""

from records.wording.catalogue import catalogue, later, say

__all__ = ["catalogue", "later", "say"]
