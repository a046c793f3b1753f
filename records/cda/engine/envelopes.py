"""A segment of a document as bytes that stand alone: its slices with what is in scope for them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, starmap
from urllib.parse import quote, unquote

from records.cda.elements import Element
from records.cda.engine.parsing import LARGEST, line_of, parse_xml
from records.cda.engine.refusals import NotTaken, Refusal
from records.cda.engine.tree import canonical
from records.tracking import TrackingId
from records.vocabulary import SegmentKind

NAMESPACE = "urn:kanglu:segment:1"
PLAIN = "plain"
"""How a segment is marked whose document has no canonical form, to be taken as it stands."""
LARGEST_SEGMENT = 4 * LARGEST
"""Canonical UTF-8 is longer than what came in GBK, or with empty elements."""

ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        '"': "&quot;",
        "\t": "&#x9;",
        "\n": "&#xA;",
        "\r": "&#xD;",
    }
)

HEX = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Scope:
    """The namespaces in scope somewhere: their prefixes, and how canonical form declares them."""

    prefixes: frozenset[str]
    declarations: str

    @classmethod
    def of(cls, namespaces: Mapping[str | None, str]) -> "Scope":
        """Return the scope of these namespaces, ordered and escaped as canonical form has them."""
        named = sorted((prefix or "", uri) for prefix, uri in namespaces.items() if prefix != "xml")
        return cls(frozenset(prefix for prefix, _ in named), "".join(starmap(_declaration, named)))


NOTHING_IN_SCOPE = Scope(frozenset(), "")


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the canonical text: its number, its bytes, and the namespaces in scope for it."""

    number: int
    parts: list[bytes | memoryview]
    scope: Scope = NOTHING_IN_SCOPE


@dataclass(frozen=True, slots=True)
class DocumentSegment:
    """All of one kind in one document, as canonical bytes that can be kept apart from the rest.

    `sections` are the codes of its sections in their order, None where a section has none;
    `entries` how many entries it holds, wholly or in part; `document` the SHA-256 of the canonical
    document it was cut from; `sha256` that of its own bytes.
    """

    kind: SegmentKind
    tracking_id: TrackingId
    sections: tuple[str | None, ...]
    entries: int
    document: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the digest of the segment's canonical bytes."""
        return hashlib.sha256(self.content).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the segment as canonical XML that stands alone."""
        return self.content

    def slices(self) -> Iterator[Slice]:
        """Return the parts of the document that are in this segment."""
        for found in _sliced(self.document).finditer(self.content):
            yield Slice(int(found.group(1)), [found.group(2)])

    @classmethod
    def from_bytes(cls, content: bytes) -> "DocumentSegment":
        """Return the segment these bytes are; raises NotTaken for anything else."""
        tree = parse_xml(content, largest=LARGEST_SEGMENT, deep=True)
        root = tree.getroot()
        if root.tag != f"{{{NAMESPACE}}}segment" or not HEX.fullmatch(root.get("document", "")):
            raise NotTaken(Refusal.NOT_A_SEGMENT, line_of(root))
        try:
            return _read(root, content if root.get("form") == PLAIN else canonical(tree))
        except ValueError:
            raise NotTaken(Refusal.NOT_A_SEGMENT, line_of(root)) from None


def hole(document: str, number: int) -> bytes:
    """Return what stands where a slice was; nobody can write it beforehand into the document."""
    return f"<?kanglu-hole {document} {number}?>".encode()


def enclose(
    *,
    kind: SegmentKind,
    document: str,
    plain: bool,
    tracking_id: TrackingId,
    sections: tuple[str | None, ...],
    entries: int,
    slices: list[Slice],
) -> DocumentSegment:
    """Return the slices of a kind as one segment; `plain` if they are not in canonical form."""
    prefix = _free_prefix(slices)
    words = " ".join("-" if one is None else _word(one) for one in sections)
    form = f' form="{PLAIN}"' if plain else ""
    head = (
        f'<{prefix}:segment xmlns:{prefix}="{NAMESPACE}" document="{document}" '
        f'entries="{entries}"{form} id="{tracking_id}" kind="{kind}" sections="{words}">'
    )
    edge, close = _edge(document), f"</{prefix}:slice>".encode()
    parts: list[bytes | memoryview] = [head.encode()]
    for one in slices:
        opening = f'<{prefix}:slice{one.scope.declarations} n="{one.number}">'
        parts += [opening.encode(), edge, *one.parts, edge, close]
    parts.append(f"</{prefix}:segment>".encode())
    return DocumentSegment(kind, tracking_id, sections, entries, document, b"".join(parts))


def _read(root: Element, content: bytes) -> DocumentSegment:
    words = root.get("sections", "").split()
    return DocumentSegment(
        kind=SegmentKind(root.get("kind", "")),
        tracking_id=TrackingId(root.get("id", "")),
        sections=tuple(None if one == "-" else unquote(one) for one in words),
        entries=int(root.get("entries", "")),
        document=root.get("document", ""),
        content=content,
    )


def _word(code: str) -> str:
    return "%2D" if code == "-" else quote(code, safe="")


def _edge(document: str) -> bytes:
    return f"<?kanglu-slice {document}?>".encode()


def _sliced(document: str) -> re.Pattern[bytes]:
    edge = re.escape(_edge(document))
    return re.compile(rb' n="([0-9]{1,9})">' + edge + b"(.*?)" + edge, re.DOTALL)


def _free_prefix(slices: list[Slice]) -> str:
    taken = frozenset[str]().union(*{one.scope.prefixes for one in slices})
    names = chain(["kanglu"], (f"kanglu{number}" for number in count()))
    return next(one for one in names if one not in taken)


def _declaration(prefix: str, uri: str) -> str:
    return f' xmlns{":" + prefix if prefix else ""}="{uri.translate(ESCAPES)}"'
