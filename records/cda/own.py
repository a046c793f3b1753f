"""What the writer writes of its own in an entry, read back as it was told."""

from records.cda.codes import KANGLU_CODES, POSITIONS, SITES
from records.cda.elements import Element
from records.cda.engine.tree import VALUE, cda, own_codes
from records.vocabulary import MEANINGS, Code, Shape

ORIGINAL, SITE, METHOD = cda("originalText"), cda("targetSiteCode"), cda("methodCode")
SITE_OF = {coding.code: words for words, coding in SITES.items()}
POSITION_OF = {coding.code: words for words, coding in POSITIONS.items()}


def verbatim(act: Element, code: Code) -> str:
    """Return the words of an entry of ours to the letter, a day as YYYY-MM-DD; or nothing."""
    if not any(system == KANGLU_CODES for _, system in own_codes(act)):
        return ""
    value = act.find(VALUE)
    day = value.get("value", "") if value is not None else ""
    if MEANINGS[code].shape is Shape.DATE and len(day) == len("YYYYMMDD"):
        return f"{day[:4]}-{day[4:6]}-{day[6:]}"
    told = (one for one in act.iter(ORIGINAL) if not _is_circumstance(one))
    words = next(told, value)
    return (words.text or "") if words is not None else ""


def where_on_body(act: Element) -> str:
    """Return where on the body something was measured: in our words, else as it stands there."""
    site = act.find(SITE)
    if site is None:
        return ""
    return SITE_OF.get(site.get("code", "")) or _original(site) or str(site.get("displayName", ""))


def how_held(act: Element) -> str:
    """Return how the body was held, as far as a method says that."""
    methods = act.findall(METHOD)
    known = (POSITION_OF.get(one.get("code", "")) for one in methods)
    ours = (_original(one) for one in methods if one.get("nullFlavor") == "OTH")
    return next((one for one in (*known, *ours) if one), "")


def _original(code: Element) -> str:
    return code.findtext(ORIGINAL) or ""


def _is_circumstance(original: Element) -> bool:
    parent = original.getparent()
    return parent is not None and parent.tag in (SITE, METHOD)
