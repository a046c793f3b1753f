"""What of a record is open to a reader: the ways in, and what is hidden again.

One table answers both a single question and, compiled once a request, a whole list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from records.consent import Grant, Label, Part, label_of
from records.policy import relations as who
from records.policy.asking import Ask, Predicate
from records.segments import Segment
from records.series import Point, Saying
from records.vocabulary import MEANINGS, NEVER_PUBLIC, Code, Purpose, SegmentKind

EVERY_KIND = frozenset(Part(one) for one in SegmentKind)


@dataclass(frozen=True, slots=True)
class Opening:
    """What one leave opens: `parts` as far as label and time allow, `singled` whatever they are."""

    parts: frozenset[Part]
    ceiling: Label
    data_from: datetime | None = None
    data_until: datetime | None = None
    singled: frozenset[Part] = frozenset()

    def admits(self, part: Part, label: Label | None, at: datetime | None) -> bool:
        """Say whether this part is open, or something of it where label or time are not asked."""
        if _among(self.singled, part, label):
            return True
        low = label is None or label <= self.ceiling
        return low and self._in_time(at) and _among(self.parts, part, label)

    def _in_time(self, at: datetime | None) -> bool:
        if at is None:
            return True
        begun = self.data_from is None or self.data_from <= at
        return begun and (self.data_until is None or at < self.data_until)


def _among(parts: frozenset[Part], part: Part, label: Label | None) -> bool:
    """Say whether one of these holds the part, or may hold something of it."""
    return any(one.touches(part) if label is None else one.holds(part) for one in parts)


Opens = Callable[[Ask], tuple[Opening, ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read: who goes it, and what it opens to them."""

    who: tuple[Predicate, ...]
    opens: Opens

    @property
    def rule(self) -> str:
        """The name by which an audit line tells of it."""
        return "+".join(one.__name__ for one in (*self.who, self.opens))

    def openings(self, ask: Ask) -> tuple[Opening, ...]:
        """Return what it opens to who asks: nothing to those it is not for."""
        return self.opens(ask) if all(one(ask) for one in self.who) else ()


def has_all(ask: Ask) -> tuple[Opening, ...]:
    """Everything, what is kept private too."""
    return (Opening(EVERY_KIND, Label.VERY_RESTRICTED),)


def has_what_is_not_private(ask: Ask) -> tuple[Opening, ...]:
    """Everything but what the patient keeps private."""
    return (Opening(EVERY_KIND, Label.RESTRICTED),)


def holds_an_open_grant(ask: Ask) -> tuple[Opening, ...]:
    """What the open grants to this person, or their organisation, cover for this purpose."""
    return tuple(_opening(one) for one in ask.leave.grants if is_for(one, ask))


def holds_an_open_release(ask: Ask) -> tuple[Opening, ...]:
    """The same, but for the kinds that never leave the private cloud."""
    return tuple(
        _opening(one, without=NEVER_PUBLIC) for one in ask.leave.grants if is_for(one, ask)
    )


def _opening(grant: Grant, *, without: frozenset[SegmentKind] = frozenset()) -> Opening:
    parts = frozenset(one for one in grant.parts if one.kind not in without)
    singled = frozenset(one for one in parts if one.singles_out)
    return Opening(
        frozenset(Part(kind) for kind in grant.kinds - without) | (parts - singled),
        grant.ceiling,
        grant.data_from,
        grant.data_until,
        singled,
    )


def is_for(grant: Grant, ask: Ask) -> bool:
    """Say whether a grant is open now and given to who asks, for the purpose stated."""
    mine = grant.record == ask.record.id and grant.names(ask.by.id, ask.by.organisation)
    return mine and _serves(grant.purpose, ask.purpose) and grant.open(ask.now)


def _serves(given: Purpose, stated: Purpose) -> bool:
    """Treatment includes the managing of care (HL7 PurposeOfUse); the others stand apart."""
    return given is stated or (given is Purpose.TREATMENT and stated is Purpose.CARE_MANAGEMENT)


def opened_an_emergency(ask: Ask) -> tuple[Opening, ...]:
    """What a doctor's open emergency shows: nothing that is kept private."""
    opened = who.opened_this_in_an_emergency(ask)
    return (Opening(EVERY_KIND, Label.RESTRICTED),) if opened else ()


OWN = Way((who.is_the_patient,), has_all)
READS = (
    OWN,
    Way((who.helps_by_seeing,), has_what_is_not_private),
    Way((who.treats_the_patient, who.asks_for_treatment), holds_an_open_grant),
    Way((who.nurses_the_patient, who.asks_for_treatment), holds_an_open_grant),
    Way((who.is_of_the_care_team, who.asks_for_treatment), holds_an_open_grant),
    Way((who.is_a_doctor, who.asks_in_an_emergency), opened_an_emergency),
)
RELEASED = (Way((who.is_a_third_party, who.asks_for_research_or_service), holds_an_open_release),)


def hidden_from(ask: Ask) -> tuple[Part, ...]:
    """Return what stays hidden from who asks, whatever is granted: this goes before every leave."""
    if who.is_the_patient(ask) or (who.guards_the_patient(ask) and who.is_no_stand_in(ask)):
        return ()
    return tuple(
        one.part
        for one in ask.leave.hidings
        if one.record == ask.record.id
        and one.open(ask.now)
        and one.is_from(ask.by.id, ask.by.organisation)
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """What one person may read of one record at one moment, and why they read."""

    purpose: Purpose
    openings: tuple[Opening, ...]
    hidden: tuple[Part, ...]

    @property
    def own(self) -> bool:
        """Whether it is the own record: what is taken back is seen too."""
        return self.purpose is Purpose.OWN

    @property
    def kinds(self) -> frozenset[SegmentKind]:
        """The kinds of which something is open."""
        return frozenset(one for one in SegmentKind if self.admits(Part(one)))

    def admits(self, part: Part, label: Label | None = None, at: datetime | None = None) -> bool:
        """Say whether this part may be read, or something of it where label or time are open."""
        if any(one.holds(part) for one in self.hidden):
            return False
        return any(one.admits(part, label, at) for one in self.openings)

    def hides(self, part: Part) -> bool:
        """Say whether something of this part is hidden from this person."""
        return any(one.touches(part) for one in self.hidden)

    def seen(self, segment: Segment) -> Segment:
        """Return the segment as this person sees it: the patient all of it, others what counts."""
        if self.own:
            return segment
        shown = tuple(
            one
            for one in segment.standing
            if self.admits(
                Part(segment.kind, segment.id, one.id, one.code),
                label_of(one.code, private=one.private),
                one.effective,
            )
        )
        return replace(segment, observations=shown)

    def points(self, code: Code, points: Sequence[Point]) -> tuple[Point, ...]:
        """Return those numbers of a code that this person may read."""
        kind = MEANINGS[code].kind
        if self._parts_finely(kind):
            return tuple(one for one in points if _may_read(self, code, one))
        open_ = {
            private: self.admits(Part(kind, code=code), label_of(code, private=private))
            for private in {one.private for one in points}
        }
        return tuple(one for one in points if open_[one.private])

    def _parts_finely(self, kind: SegmentKind) -> bool:
        """Say whether entries of a kind part by more than their label: by time, or singled out."""
        by_time = any(one.data_from or one.data_until for one in self.openings)
        opened = (part for one in self.openings for part in (*one.parts, *one.singled))
        return by_time or any(
            one.kind is kind and one.singles_out for one in (*self.hidden, *opened)
        )

    def sayings(self, sayings: Sequence[Saying]) -> tuple[Saying, ...]:
        """Return those of some words that this person may read."""
        return tuple(one for one in sayings if _may_read(self, one.code, one))


def _may_read(seen: Reach, code: Code, one: Point | Saying) -> bool:
    part = Part(MEANINGS[code].kind, one.segment, one.observation, code)
    return seen.admits(part, label_of(code, private=one.private), one.at)


def reach(ask: Ask, ways: Sequence[Way] = READS) -> Reach:
    """Return all that is open to who asks: `decide` for a whole list at once."""
    openings = tuple(opening for way in ways for opening in way.openings(ask))
    purpose = Purpose.OWN if who.is_the_patient(ask) else ask.purpose
    return Reach(purpose, openings, hidden_from(ask))
