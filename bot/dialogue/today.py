"""Today's entries, each with its way out and back, in one card."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue import own_units
from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.told import may_see
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.observations import Observation, Status
from records.people import Scope
from records.services.intake import reinstate, retract
from records.tracking import ObservationId, PersonId
from records.vocabulary import SegmentKind
from records.wording.today import Entry, today_card

TOLD = frozenset(SegmentKind) - {
    SegmentKind.DOCTOR_DESCRIPTION,
    SegmentKind.THIRD_PARTY_DESCRIPTION,
    SegmentKind.PERSONAL_INFORMATION,
}
WEEK = timedelta(days=7)


def show(turn: Turn, whose: Whose) -> list[Reply]:
    """Show today's entries."""
    return [_card(turn, whose)]


def change(turn: Turn, whose: Whose, chosen: str, message: MessageId) -> list[Reply]:
    """Take one of today's entries back, or let it count again, and show them anew."""
    what, _, entry = chosen.partition(".")
    act = retract if what == "remove" else reinstate
    act(turn.unit, ObservationId(entry), by=turn.by, now=turn.now)
    return [Edit(message, _card(turn, whose))]


def _card(turn: Turn, whose: Whose) -> Card:
    entries = [_entry(turn, whose, one) for one in _entries(turn, whose)]
    return today_card(
        entries,
        name="" if whose.own else whose.name,
        may_change=whose.may(Scope.RECORD),
        zone=turn.zone,
        language=turn.language,
    )


def _entries(turn: Turn, whose: Whose) -> list[Observation]:
    """Return what was told today or is of today, as far as this person may see it here."""
    zone = ZoneInfo(turn.zone)
    today = turn.now.astimezone(zone).date()
    segments = turn.unit.segments.of_record(whose.record, TOLD, today - WEEK)

    def is_today(moment: datetime) -> bool:
        return moment.astimezone(zone).date() == today

    sees = turn.full and may_see(turn, whose.record)
    found = [
        one
        for segment in segments
        for one in segment.observations
        if is_today(one.effective) or is_today(one.recorded)
        if one.status is not Status.PROVISIONAL
        if one.author == turn.by.id or (sees and (whose.own or not one.private))
    ]
    return sorted(found, key=lambda one: (one.effective, one.recorded, one.id))


def _entry(turn: Turn, whose: Whose, one: Observation) -> Entry:
    """Return an entry with who told it, where that was not the speaker."""
    name = _name(turn, one.informant) if one.informant != turn.by.id else ""
    (shown,) = own_units.shown(turn, whose.record, [one])
    return Entry(shown, name)


def _name(turn: Turn, person: PersonId) -> str:
    return turn.unit.people.person(person).name
