"""EmrRecord: one clinical document, divided, shared and joined as the patient wishes."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from functools import cached_property

from lxml import etree

from records.cda.elements import Element
from records.cda.engine.choosing import CodeWish, EntryId, Wish, hidden_sections, targets
from records.cda.engine.concatenating import concatenate_trees
from records.cda.engine.cutting import PERSONAL, plan
from records.cda.engine.doubts import Doubt, Found, doubts_about
from records.cda.engine.entries import Entry, list_entries
from records.cda.engine.envelopes import LARGEST_SEGMENT, DocumentSegment
from records.cda.engine.hiding import clean, hide_parts
from records.cda.engine.language import language_of
from records.cda.engine.lifting import lift
from records.cda.engine.parsing import Tree, parse_document, parse_xml
from records.cda.engine.personal import hide_person
from records.cda.engine.refusals import UndecidedPatient
from records.cda.engine.segmenting import rejoin_segments, segment_tree
from records.tracking import TrackingId
from records.vocabulary import SegmentKind


class EmrRecord:
    """A CDA R2 document of one patient; nothing changes it, every wish gives a new one."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    @classmethod
    def parse(cls, content: bytes) -> "EmrRecord":
        """Return the document these bytes are; raises NotTaken with a sentence that says why not.

        Up to 10 MB in UTF-8, UTF-16, GB18030, GBK or ISO-8859-1; nothing is fetched or expanded.
        """
        return cls(parse_document(content))

    @classmethod
    def rejoin(cls, segments: Iterable[DocumentSegment]) -> "EmrRecord":
        """Return the document these are all the segments of, in any order; raises NotRejoined."""
        return cls(parse_xml(rejoin_segments(segments), largest=LARGEST_SEGMENT))

    @classmethod
    def concatenate(cls, records: Iterable["EmrRecord"]) -> "EmrRecord":
        """Return one Continuity of Care Document of several documents of one patient.

        The same documents give the same bytes in whatever order they come; what several of them
        tell stands there once. Raises PatientsDiffer.
        """
        return cls(concatenate_trees([one._tree for one in records]))

    def walk(self, name: str) -> Iterator[Element]:
        """Return every element of this name anywhere, in document order.

        A plain name finds it in any namespace; `{namespace}name` in that one only.
        """
        return self._tree.getroot().iter(name if name.startswith("{") else f"{{*}}{name}")

    def segments(self) -> tuple[DocumentSegment, ...]:
        """Return the document divided into the kinds it holds; `rejoin` is the exact inverse."""
        return self._segments

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry with the number by which it can be hidden, in document order."""
        return list_entries(self._tree.getroot())

    def doubts(self) -> tuple[Found, ...]:
        """Return what a person should look at before this document is used or shared."""
        return doubts_about(self._tree.getroot())

    def select(self, kinds: Iterable[SegmentKind], *, restricted: bool = False) -> "EmrRecord":
        """Return the document with these kinds only; what is marked R or V only if asked for."""
        return self._without(Wish(kinds=_all_but(kinds), restricted=not restricted))

    def hide(
        self,
        *,
        kinds: Iterable[SegmentKind] = (),
        entries: Iterable[int] = (),
        ids: Iterable[EntryId] = (),
        codes: Iterable[CodeWish] = (),
        days: tuple[date, date] | None = None,
        tracking_ids: Iterable[TrackingId] = (),
    ) -> "EmrRecord":
        """Return the document without what any of these names, wherever it is told or mentioned.

        `entries` are numbers of `entries()`; `ids` those of statements, `codes` of any system or
        of one, `days` the first and last day something took place.
        """
        return self._without(
            Wish(
                kinds=frozenset(kinds) | self._tracked(tracking_ids),
                entries=frozenset(entries),
                ids=frozenset(ids),
                codes=frozenset(codes),
                days=days,
            )
        )

    def share(
        self,
        kinds: Iterable[SegmentKind] = tuple(SegmentKind),
        *,
        tracking_ids: Iterable[TrackingId] | None = None,
        entries: Iterable[int] = (),
        ids: Iterable[EntryId] = (),
        codes: Iterable[CodeWish] = (),
        days: tuple[date, date] | None = None,
        restricted: bool = False,
    ) -> "EmrRecord":
        """Return what may be handed out: these kinds or segments, without what is named as hidden.

        Comments, instructions and foreign markup never leave; nor does what is marked R or V,
        unless asked for. Raises UndecidedPatient where the document names several patients.
        """
        if any(one.doubt is Doubt.SEVERAL_PATIENTS for one in self.doubts()):
            raise UndecidedPatient("The document names several patients.")
        chosen = self._tracked(tracking_ids) if tracking_ids is not None else kinds
        return self._without(
            Wish(
                kinds=_all_but(chosen),
                entries=frozenset(entries),
                ids=frozenset(ids),
                codes=frozenset(codes),
                days=days,
                restricted=not restricted,
            ),
            leaving=True,
        )

    def to_bytes(self) -> bytes:
        """Return the document as UTF-8 with its declaration."""
        return etree.tostring(self._tree, xml_declaration=True, encoding="UTF-8")

    @cached_property
    def _segments(self) -> tuple[DocumentSegment, ...]:
        return segment_tree(self._tree)

    def _tracked(self, wanted: Iterable[TrackingId]) -> frozenset[SegmentKind]:
        names = frozenset(wanted)
        return frozenset(one.kind for one in self._segments if one.tracking_id in names)

    def _without(self, wish: Wish, *, leaving: bool = False) -> "EmrRecord":
        tree = deepcopy(self._tree)
        root = tree.getroot()
        language = language_of(root)
        made = plan(root)
        lift(root, hidden_sections(made, wish))
        hide_parts(root, targets(root, made, wish), language)
        if PERSONAL in wish.kinds:
            hide_person(root, language)
        if leaving or PERSONAL in wish.kinds:
            clean(root)
        return EmrRecord(tree)


def _all_but(kinds: Iterable[SegmentKind]) -> frozenset[SegmentKind]:
    return frozenset(SegmentKind) - frozenset(kinds)
