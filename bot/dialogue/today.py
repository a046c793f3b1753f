"""Today's entries, each with its way out and back, in one card."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue import own_units
from bot.dialogue.caregiving import Whose, people_of
from bot.dialogue.holding import waiting_in
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.seeing import admits, seen_by
from bot.dialogue.told import key_of
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.observations import Observation, Status
from records.people import Scope
from records.policy import Reach
from records.services.correcting import reinstate, retract
from records.services.viewing import open_record
from records.tracking import ObservationId, PersonId
from records.vocabulary import SegmentKind
from records.wording.questions import for_whom_card
from records.wording.today import Entry, today_card

TOLD = frozenset(SegmentKind) - {
    SegmentKind.DOCTOR_DESCRIPTION,
    SegmentKind.THIRD_PARTY_DESCRIPTION,
    SegmentKind.PERSONAL_INFORMATION,
}
WEEK = timedelta(days=7)


def show(turn: Turn, whose: Whose) -> list[Reply]:
    """Show today's entries; and ask once more for whom the lines are that wait for that."""
    waiting = waiting_in(turn)
    if not waiting:
        return [_card(turn, whose)]
    people = tuple((one.record, one.name) for one in people_of(turn))
    again = for_whom_card(people, waiting=len(waiting), language=turn.language)
    return [_card(turn, whose), again]


def change(turn: Turn, whose: Whose, chosen: str, message: MessageId) -> list[Reply]:
    """Take one of today's entries back or let it count again, and show them; or offer to hide."""
    what, _, entry = chosen.partition(".")
    if what == "hide":
        return [Edit(message, _card(turn, whose, hiding=True))]
    act = retract if what == "remove" else reinstate
    act(turn.unit, ObservationId(entry), by=turn.by, now=turn.now)
    return [Edit(message, _card(turn, whose))]


def _card(turn: Turn, whose: Whose, *, hiding: bool = False) -> Card:
    entries = [_entry(turn, whose, one) for one in _entries(turn, whose)]
    return today_card(
        entries,
        name="" if whose.own else whose.name,
        may_change=whose.may(Scope.RECORD),
        zone=turn.zone,
        language=turn.language,
        waiting=[one.text for one in waiting_in(turn)],
        dropped=_dropped(turn, whose),
        may_hide=whose.own or Scope.GUARDIAN in whose.scopes,
        hiding=hiding,
    )


def _dropped(turn: Turn, whose: Whose) -> list[time]:
    """Return at which hours of today the patient was not asked, because it was too late."""
    zone = ZoneInfo(turn.zone)
    midnight = turn.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    patient = turn.unit.records.record(whose.record).patient
    found = turn.unit.dropped.of(patient, midnight)
    return sorted({one.due.astimezone(zone).time() for one in found if one.due <= turn.now})


def _entries(turn: Turn, whose: Whose) -> list[Observation]:
    """Return what was told today or is of today, as far as this person may see it here."""
    zone = ZoneInfo(turn.zone)
    today = turn.now.astimezone(zone).date()
    segments = turn.unit.segments.of_record(whose.record, TOLD, today - WEEK)

    def is_today(moment: datetime) -> bool:
        return moment.astimezone(zone).date() == today

    seen = _seen(turn, whose, today - WEEK)
    found = [
        one
        for segment in segments
        for one in segment.observations
        if is_today(one.effective) or is_today(one.recorded)
        if one.author == turn.by.id or (seen is not None and admits(seen, segment, one))
        if one in segment.standing or one.author == turn.by.id or whose.may(Scope.RECORD)
    ]
    return sorted(found, key=lambda one: (one.effective, one.recorded, one.id))


def _seen(turn: Turn, whose: Whose, since: date) -> Reach | None:
    """Return what the speaker may read here, and note that it was read; None where all is kept."""
    if not (turn.full and seen_by(turn, whose.record).kinds):
        return None
    return open_record(turn.unit, whose.record, by=turn.by, now=turn.now, since=since).reach


def _entry(turn: Turn, whose: Whose, one: Observation) -> Entry:
    """Return an entry with who told it, where that was not the speaker."""
    name = _name(turn, one.informant) if one.informant != turn.by.id else ""
    (shown,) = own_units.shown(turn, whose.record, [one])
    return Entry(shown, name, _asked(turn, one))


def _asked(turn: Turn, one: Observation) -> str:
    """Return the key under which an entry that does not count yet is answered."""
    if one.status is not Status.PROVISIONAL:
        return ""
    key = key_of(turn.chat, f"t{one.id[:16]}")
    turn.unit.intake.remember(key, [one.id])
    return key


def _name(turn: Turn, person: PersonId) -> str:
    return turn.unit.people.person(person).name
