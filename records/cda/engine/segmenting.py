"""Cut a document into segments and put them together again, byte for byte.

The cuts are made in the canonical text: marks go into the tree, the canonical form is taken, and
the text between the marks is a slice. A hole stands where a slice was, so the slices of all
segments, each put into its hole, are the canonical document again and nothing can get lost.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from records.cda.elements import Element
from records.cda.engine.cutting import PERSONAL, Plan, plan
from records.cda.engine.envelopes import DocumentSegment, Slice, enclose, hole
from records.cda.engine.parsing import Tree
from records.cda.engine.refusals import NotRejoined
from records.cda.engine.tree import plainly
from records.tracking import TrackingId, fresh
from records.vocabulary import SegmentKind

# libxml2 does not escape the address of a namespace in canonical form.
UNESCAPED = re.compile(rb" xmlns(?::[^=<>]*)?=\"[^\"]*[&<]")

Context = dict[str | None, str]


@dataclass(frozen=True, slots=True)
class Cut:
    """One place where the document is cut: what is in scope there, and whose it is."""

    kind: SegmentKind
    context: Context


def segment_tree(tree: Tree) -> tuple[DocumentSegment, ...]:
    """Return the document's segments in the order of the kinds; the tree is left as it was."""
    made = plan(tree.getroot())
    cuts = [Cut(PERSONAL, {}), *(Cut(kind, _scope(one)) for one, kind in made.cuts)]
    with _marked([one for one, _ in made.cuts]) as mark:
        text, plain = _text(tree)
    digest, slices = _slices(text, mark, cuts)
    return tuple(
        _segment(
            kind, made, (digest, plain), [one for one in slices if cuts[one.number].kind is kind]
        )
        for kind in SegmentKind
        if kind is PERSONAL or any(one.kind is kind for one in cuts)
    )


def _text(tree: Tree) -> tuple[bytes, bool]:
    """Return the canonical text; as it stands, and True, where there is none or it is no XML."""
    try:
        text = etree.tostring(tree, method="c14n", with_comments=True)
    except etree.C14NError:
        return plainly(tree), True
    return (plainly(tree), True) if UNESCAPED.search(text) else (text, False)


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
    slices = {one.number: one.content for part in parts for one in part.slices()}
    if 0 not in slices:
        raise NotRejoined("The segment with the document's header is missing.")
    whole = _filled(slices, digest)
    if hashlib.sha256(whole).hexdigest() != digest:
        raise NotRejoined("A segment was altered.")
    return whole


def _scope(element: Element) -> Context:
    parent = element.getparent()
    return dict(parent.nsmap) if parent is not None else {}


@contextmanager
def _marked(elements: list[Element]) -> Iterator[str]:
    """Put marks around these elements while their canonical form is taken."""
    mark = f"kanglu-{fresh()}"
    ends = []
    for number, element in enumerate(elements, 1):
        element.addprevious(etree.ProcessingInstruction(mark, str(number)))
        end = etree.ProcessingInstruction(mark, "end")
        element.addnext(end)
        end.tail, element.tail = element.tail, None
        ends.append(end)
    try:
        yield mark
    finally:
        for element, end in zip(reversed(elements), reversed(ends), strict=True):
            _unmark(element, end)


def _unmark(element: Element, end: Element) -> None:
    parent = element.getparent()
    start = element.getprevious()
    if parent is None or start is None:
        raise RuntimeError("a mark was lost")
    element.tail, end.tail = end.tail, None
    parent.remove(start)
    parent.remove(end)


def _slices(text: bytes, mark: str, cuts: list[Cut]) -> tuple[str, list[Slice]]:
    """Return the digest of the text without its marks, and its slices with holes."""
    first, *marked = text.split(f"<?{mark} ".encode())
    open_now: list[tuple[int, list[bytes]]] = [(0, [first])]
    plain, slices = hashlib.sha256(first), []
    parted = [one.partition(b"?>") for one in marked]
    for _, _, following in parted:
        plain.update(following)
    digest = plain.hexdigest()
    for word, _, following in parted:
        if word == b"end":
            number, parts = open_now.pop()
            slices.append(Slice(number, b"".join(parts), cuts[number].context))
            open_now[-1][1].append(hole(digest, number))
        else:
            open_now.append((int(word), []))
        open_now[-1][1].append(following)
    slices.append(Slice(0, b"".join(open_now[0][1]), {}))
    return digest, sorted(slices, key=lambda one: one.number)


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
    pattern = re.compile(re.escape(hole(digest, 0)).replace(b"0\\?>", b"([0-9]+)\\?>"))
    left = dict(slices)
    out: list[bytes] = []
    pending = [left.pop(0)]
    while pending:
        found = pattern.search(pending[-1])
        text = pending.pop()
        if found is None:
            out.append(text)
            continue
        number = int(found.group(1))
        if number not in left:
            raise NotRejoined("A segment is missing.")
        out.append(text[: found.start()])
        pending += [text[found.end() :], left.pop(number)]
    if left:
        raise NotRejoined("A segment does not fit.")
    return b"".join(out)
