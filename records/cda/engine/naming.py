"""IDs of several documents in one: each document's get a prefix, and so does what points there."""

from records.cda.elements import Element
from records.cda.engine.tree import REFERENCE, cda

LINK = cda("linkHtml")


def prefix_ids(root: Element, prefix: str) -> None:
    """Put a prefix before every ID of a body and wherever one is pointed to."""
    for one in root.iter("*"):
        if one.get("ID"):
            one.set("ID", f"{prefix}{one.get('ID')}")
        for name in ("referencedObject", "IDREF", "headers"):
            if one.get(name):
                words = one.get(name, "").split()
                one.set(name, " ".join(f"{prefix}{word}" for word in words))
        for name in ("value",) if one.tag == REFERENCE else ("href",) if one.tag == LINK else ():
            target = one.get(name, "")
            if target.startswith("#") and len(target) > 1:
                one.set(name, f"#{prefix}{target[1:]}")
