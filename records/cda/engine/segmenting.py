"""Cut a document into segments and put them together again, byte for byte.

The cuts are made in the canonical text: marks go into the text of the tree, the canonical form is
taken, and what stands between the marks is a slice. A hole stands where a slice was, so the slices
of all segments, each put into its hole, are the canonical document again and nothing can get lost.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from lxml import etree

from records.cda.elements import Element
from records.cda.engine.cutting import PERSONAL, Plan, plan
from records.cda.engine.envelopes import (
    NOTHING_IN_SCOPE,
    DocumentSegment,
    Scope,
    Slice,
    enclose,
    hole,
)
from records.cda.engine.parsing import Tree
from records.cda.engine.refusals import NotRejoined
from records.cda.engine.tree import plainly
from records.tracking import TrackingId, fresh
from records.vocabulary import SegmentKind

# libxml2 does not escape the address of a namespace in canonical form; `&` is all that comes there.
DECLARED = b" xmlns"
UNESCAPED = re.compile(DECLARED + rb"(?::[^=<>]*)?=\"[^\"]*&")

DIGITS = 8
"""A mark ends with so many: the number of the slice that begins there, or zeros where one ends."""


def segment_tree(tree: Tree) -> tuple[DocumentSegment, ...]:
    """Return the document's segments in the order of the kinds; the tree is left as it was."""
    made = plan(tree.getroot())
    elements = [one for one, _ in made.cuts]
    scopes = [NOTHING_IN_SCOPE, *_scopes(elements)]
    with _marked(elements) as mark:
        text, plain = _text(tree)
    digest, slices = _slices(text, mark, scopes)
    of_kind: dict[SegmentKind, list[Slice]] = {PERSONAL: [slices[0]]}
    for one, (_, kind) in zip(slices[1:], made.cuts, strict=True):
        of_kind.setdefault(kind, []).append(one)
    return tuple(
        _segment(kind, made, (digest, plain), of_kind[kind])
        for kind in SegmentKind
        if kind in of_kind
    )


def _text(tree: Tree) -> tuple[bytes, bool]:
    """Return the canonical text; as it stands, and True, where there is none or it is no XML."""
    try:
        text = etree.tostring(tree, method="c14n", with_comments=True)
    except etree.C14NError:
        return plainly(tree), True
    return (plainly(tree), True) if _is_unescaped(text) else (text, False)


def _is_unescaped(text: bytes) -> bool:
    """Say whether an address of a namespace stands there as canonical form should not have it."""
    before, at = 0, text.find(b"&")
    while at >= 0:
        tag = max(before, text.rfind(b"<", before, at))
        if text.find(DECLARED, tag, at) >= 0:
            return UNESCAPED.search(text) is not None
        before, at = at, text.find(b"&", at + 1)
    return False


def tracking_id(digest: str, kind: SegmentKind) -> TrackingId:
    """Return the id of a kind's segment of a document: 128 bits nobody without it can tell.

    The same document gives the same ids, so that what was imported is known when it comes again.
    """
    words = f"kanglu segment {digest} {kind}"
    return TrackingId(hashlib.sha256(words.encode()).hexdigest()[:32])


def rejoin_segments(segments: Iterable[DocumentSegment]) -> bytes:
    """Return the canonical document these are all the segments of; raises NotRejoined."""
    parts = list(segments)
    digests = {one.document for one in parts}
    if len(digests) != 1:
        raise NotRejoined("These segments are not of one document.")
    digest = digests.pop()
    slices = {one.number: b"".join(one.parts) for part in parts for one in part.slices()}
    if 0 not in slices:
        raise NotRejoined("The segment with the document's header is missing.")
    whole = _filled(slices, digest)
    if hashlib.sha256(whole).hexdigest() != digest:
        raise NotRejoined("A segment was altered.")
    return whole


def _scopes(elements: list[Element]) -> Iterator[Scope]:
    """Return what is in scope where each of these stands; most stand beside each other."""
    known: dict[Element | None, Scope] = {None: NOTHING_IN_SCOPE}
    for one in elements:
        parent = one.getparent()
        if parent is not None and parent not in known:
            known[parent] = Scope.of(parent.nsmap)
        yield known[parent]


@contextmanager
def _marked(elements: list[Element]) -> Iterator[bytes]:
    """Put marks into the text around these elements while their canonical form is taken."""
    mark = f"kanglu-{fresh()}-"
    end = mark + "0" * DIGITS
    before: list[tuple[Element, bool, str | None]] = []
    try:
        for number, element in enumerate(elements, 1):
            start = mark + str(number).zfill(DIGITS)
            if (beside := element.getprevious()) is not None:
                before.append((beside, True, text := beside.tail))
                beside.tail = text + start if text else start
            elif (parent := element.getparent()) is not None:
                before.append((parent, False, text := parent.text))
                parent.text = text + start if text else start
            before.append((element, True, text := element.tail))
            element.tail = end + text if text else end
        yield mark.encode()
    finally:
        for element, following, text in reversed(before):
            if following:
                element.tail = text
            else:
                element.text = text


def _slices(text: bytes, mark: bytes, scopes: list[Scope]) -> tuple[str, list[Slice]]:
    """Return the digest of the text without its marks, and its slices with holes."""
    pieces = list(_pieces(text, mark))
    plain = hashlib.sha256()
    for _, following in pieces:
        plain.update(following)
    digest = plain.hexdigest()
    slices = [Slice(number, [], one) for number, one in enumerate(scopes)]
    (_, first), *marked = pieces
    slices[0].parts.append(first)
    open_now = [0]
    for number, following in marked:
        if number:
            open_now.append(number)
        else:
            closed = open_now.pop()
            slices[open_now[-1]].parts.append(hole(digest, closed))
        slices[open_now[-1]].parts.append(following)
    return digest, slices


def _pieces(text: bytes, mark: bytes) -> Iterator[tuple[int, memoryview]]:
    """Return the text between the marks, each with the number its mark ends with."""
    view, number, start = memoryview(text), 0, 0
    at = text.find(mark)
    while at >= 0:
        yield number, view[start:at]
        start = at + len(mark) + DIGITS
        number = int(text[start - DIGITS : start])
        at = text.find(mark, start)
    yield number, view[start:]


def _segment(
    kind: SegmentKind, made: Plan, whole: tuple[str, bool], slices: list[Slice]
) -> DocumentSegment:
    digest, plain = whole
    return enclose(
        kind=kind,
        document=digest,
        plain=plain,
        tracking_id=tracking_id(digest, kind),
        sections=tuple(made.codes.get(kind, ())),
        entries=made.entries[kind],
        slices=slices,
    )


def _filled(slices: dict[int, bytes], digest: str) -> bytes:
    """Put every slice into its hole, the innermost last; each is used exactly once."""
    holes = re.compile(re.escape(hole(digest, 0)).replace(b"0\\?>", b"([0-9]{1,9})\\?>"))
    left = dict(slices)
    out: list[bytes] = []
    pending: list[bytes | int] = [0]
    while pending:
        piece = pending.pop()
        if isinstance(piece, bytes):
            out.append(piece)
            continue
        if piece not in left:
            raise NotRejoined("A segment is missing.")
        parted = enumerate(holes.split(left.pop(piece)))
        pending += reversed([int(one) if number % 2 else one for number, one in parted])
    if left:
        raise NotRejoined("A segment does not fit.")
    return b"".join(out)
