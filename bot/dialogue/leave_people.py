"""Whom a wish about sharing means: the people and teams of the record, by word, role or name."""

from dataclasses import dataclass, replace

from bot.dialogue.leave_choice import EVERYONE
from bot.dialogue.sharing import decided
from bot.dialogue.turn import Turn
from records.language.leave import LeaveWish, Verb
from records.language.leave import Whom as Said
from records.people import Organisation, Person
from records.services.addressing import Whom, whom_of
from records.vocabulary import Language, Role
from records.wording import say

TITLES = frozenset({"dr", "dr.", "doctor", "nurse", "mr", "mrs", "ms"})


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a wish may mean: how a button carries them, and what they are called.

    Not `sure` is one who is only offered, because nobody bears the name that was said.
    """

    token: str
    name: str
    may_be_granted: bool = True
    sure: bool = True


def choices_of(turn: Turn, *, for_sharing: bool = False) -> list[Named]:
    """Return everybody a wish may mean; for sharing only those a grant can be given to."""
    whom = whom_of(turn.unit, decided(turn), by=turn.by, now=turn.now)
    found = _everybody(whom, turn.language)
    return [one for one in found if one.may_be_granted] if for_sharing else found


def meant(whom: Whom, wish: LeaveWish, language: Language) -> list[Named]:
    """Return whom the words of a wish can mean; all of them where that is open."""
    everybody = _everybody(whom, language)
    match wish.whom:
        case Said.UNSAID:
            return everybody if wish.verb is not Verb.SHOW else []
        case Said.EVERYONE:
            return [one for one in everybody if one.token == EVERYONE]
        case Said.TEAM:
            return _narrowed([_team(one) for one in whom.teams], wish.name)
        case Said.DOCTOR | Said.NURSE:
            role = Role.DOCTOR if wish.whom is Said.DOCTOR else Role.NURSE
            people = [one for one in whom.clinicians if role in one.roles]
            return _narrowed([_person(one) for one in people], wish.name)
        case Said.HELPER:
            return _narrowed([_helper(one) for one in whom.helpers], wish.name)
        case _:
            return _narrowed(everybody, wish.name)


def _narrowed(found: list[Named], name: str) -> list[Named]:
    """Return those who bear a name; where nobody does, all of them, to be chosen from.

    A name in Chinese may be that of somebody known by a name in other letters.
    """
    spoken = set(name.lower().split()) - TITLES
    if not spoken:
        return found
    bearers = [one for one in found if _bears(one.name.lower(), spoken)]
    return bearers or [replace(one, sure=not name.isascii()) for one in found]


def _bears(name: str, spoken: set[str]) -> bool:
    words = set(name.split()) - TITLES
    return bool(words & spoken) or any(not one.isascii() and one in name for one in spoken)


def _everybody(whom: Whom, language: Language) -> list[Named]:
    everyone = Named(EVERYONE, say(language, "everyone"), may_be_granted=False)
    people = [_person(one) for one in whom.clinicians] + [_helper(one) for one in whom.helpers]
    teams = [_team(one) for one in whom.teams]
    others = [Named(f"o{one.id}", one.name, may_be_granted=False) for one in whom.others]
    return [everyone, *people, *teams, *others]


def _person(one: Person) -> Named:
    return Named(f"p{one.id}", one.name)


def _helper(one: Person) -> Named:
    return Named(f"p{one.id}", one.name, may_be_granted=False)


def _team(one: Organisation) -> Named:
    return Named(f"o{one.id}", one.name)
