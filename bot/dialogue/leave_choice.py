"""A wish about sharing between two messages: what is known of it so far, as a button carries it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.turn import Turn
from records.consent import Label, Part
from records.errors import NotFound
from records.language.leave import LeaveWish, Verb
from records.services.concealing import Concealment
from records.services.consenting import Wish
from records.services.intake import observation_at
from records.tracking import ObservationId, OrganisationId, PersonId
from records.vocabulary import MEANINGS, Code, Purpose, SegmentKind
from records.wording.sharing import CARE

WHOLE = "all"
EVERYONE = "everyone"
NEVER = "never"
KINDS = tuple(SegmentKind)
MOST = 6  # topics a button has room for


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wished so far: `topics`, `who` and `until` as short words, empty where not known.

    A topic is a code, "-code" for what is left out, "k" and the place of a kind, "e" and the id of
    an entry, or "all". Who is "p" or "o" and an id, or "everyone"; until is a day, or "never".
    """

    verb: Verb
    topics: tuple[str, ...] = ()
    who: str = ""
    until: str = ""

    @property
    def ref(self) -> str:
        """What a button carries of it."""
        return "~".join((self.verb, ",".join(self.topics), self.who, self.until))

    def with_(self, **changes: object) -> "Choice":
        """Return the same with something more known."""
        return replace(self, **changes)  # type: ignore[arg-type]  # its own fields by name

    @property
    def person(self) -> PersonId | None:
        """The person chosen."""
        return PersonId(self.who[1:]) if self.who.startswith("p") else None

    @property
    def organisation(self) -> OrganisationId | None:
        """The organisation chosen."""
        return OrganisationId(self.who[1:]) if self.who.startswith("o") else None


def read_choice(ref: str) -> Choice:
    """Return what a button carried; raises NotFound for what is none."""
    verb, topics, who, until = (*ref.split("~"), "", "", "", "")[:4]
    if verb not in set(Verb):
        raise NotFound
    return Choice(Verb(verb), tuple(filter(None, topics.split(","))), who, until)


def begin(wish: LeaveWish) -> Choice:
    """Return what a line says of a wish, without whom."""
    kinds = tuple(f"k{place}" for place, one in enumerate(KINDS) if one in wish.kinds)
    codes = tuple(str(one) for one in Code if one in wish.codes)
    whole = (WHOLE,) if wish.whole and not (kinds or codes) else ()
    but = tuple(f"-{one}" for one in wish.but)
    until = f"{wish.until:%Y%m%d}" if wish.until else ""
    return Choice(wish.verb, (*whole, *kinds, *codes, *but)[:MOST], until=until)


def parts_of(turn: Turn, choice: Choice) -> tuple[Part, ...]:
    """Return the parts of the record the topics stand for."""
    parts: list[Part] = []
    for one in choice.topics:
        if one == WHOLE:
            parts += (Part(kind) for kind in KINDS)
        elif one[0] == "k" and one[1:].isdigit():
            parts.append(Part(KINDS[int(one[1:])]))
        elif one[0] == "e" and one not in set(Code):
            parts.append(_entry(turn, ObservationId(one[1:])))
        elif one in set(Code):
            parts.append(Part(MEANINGS[Code(one)].kind, code=Code(one)))
    return tuple(parts)


def _entry(turn: Turn, entry_id: ObservationId) -> Part:
    segment, entry = observation_at(turn.unit, entry_id)
    return Part(segment.kind, segment.id, entry.id)


def grant_wished(turn: Turn, choice: Choice) -> Wish:
    """Return the grant the choice stands for, beside what this grantee was given before."""
    parts = frozenset(parts_of(turn, choice))
    kinds = frozenset(CARE if WHOLE in choice.topics else ())
    kinds |= {one.kind for one in parts if one.code is None and WHOLE not in choice.topics}
    coded = frozenset(one for one in parts if one.code is not None)
    out = [Code(one[1:]) for one in choice.topics if one.startswith("-")]
    ceiling = Label.NORMAL if Code.MOOD in out else Label.RESTRICTED
    for code in (one for one in out if one is not Code.MOOD):
        kinds, coded = kinds - {MEANINGS[code].kind}, coded | _others(code)
    return Wish(
        kinds,
        Purpose.TREATMENT,
        ends(turn, choice),
        person=choice.person,
        organisation=choice.organisation,
        ceiling=ceiling,
        parts=coded,
        beside=True,
    )


def _others(code: Code) -> frozenset[Part]:
    """Return everything of a code's kind but the code."""
    kind = MEANINGS[code].kind
    return frozenset(
        Part(kind, code=one)
        for one, means in MEANINGS.items()
        if means.kind is kind and one != code
    )


def hidings_wished(turn: Turn, choice: Choice) -> tuple[Concealment, ...]:
    """Return what the choice hides."""
    until = ends(turn, choice)
    return tuple(
        Concealment(one, until, choice.person, choice.organisation)
        for one in parts_of(turn, choice)
    )


def ends(turn: Turn, choice: Choice) -> datetime | None:
    """Return the end of the last day, where the speaker lives."""
    if not choice.until.isdigit():
        return None
    last = datetime.strptime(choice.until, "%Y%m%d").date()  # noqa: DTZ007 - a day
    after = last + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(turn.zone))


def today_of(turn: Turn) -> date:
    """Return the day it is where the speaker lives."""
    return turn.now.astimezone(ZoneInfo(turn.zone)).date()
