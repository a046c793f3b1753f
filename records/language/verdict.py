"""From what was found in a line to what is to be done with it."""

import re
from dataclasses import replace

from records.findings.guidelines import HISTORY_APART
from records.language import elsewhere, former, people, scope, statements, targets
from records.language.bare import bare_numbers
from records.language.doubts import doubt_about, is_strange, only_numbers
from records.language.emergencies import as_history, emergency
from records.language.line import Found, Line
from records.language.placing import placed
from records.language.tags import LABELS, Tag
from records.language.tokens import Kind
from records.language.understanding import Command, Expect, Reading, Reason, Understanding
from records.language.urgency import urgency
from records.language.wishes import wish
from records.vocabulary import Code, Language

_DONE = frozenset({Tag.EAT, Tag.MOVE, Tag.SLEEP, Tag.EVENT})
_LEAST = 30  # a smaller bare number is a count as likely as a reading
_NOT_GROWN = (Reason.OUT_OF_RANGE, Reason.LOST_POINT)  # a child has such a size


def decide(
    line: Line, told: tuple[Reading, ...], words: str, lang: Language, *, correction: bool
) -> Understanding:
    """Settle one line: emergencies first, then wishes about the record, then the readings."""
    sound = _sound(line)
    verdict = emergency(line, sound, told)
    told = as_history(line, told)
    verdict = (
        verdict
        or wish(line, (*sound, *told))
        or _no_reading(line, told)
        or _readings(line, told, lang)
        or _words_only(line, told)
    )
    amends = verdict.correction or (correction and bool(verdict.readings))
    return replace(verdict, words=words, correction=amends)


def _sound(line: Line) -> tuple[Reading, ...]:
    """Return the readings that are this person's and beyond doubt."""
    if scope.doubt_of_line(line) or statements.is_statement(line) or targets.is_target(line):
        return ()
    mine = [f for f in line.found if f.doubt is None and people.whose(line, f) is Tag.SELF]
    known = line.has(Tag.PRIVATE) or not is_strange(line)
    return tuple(r for f in mine if f.labelled or known for r in placed(line, f))


def _no_reading(line: Line, told: tuple[Reading, ...]) -> Understanding | None:
    """Set aside lines whose numbers are no readings: targets, norms, plans, devices, places."""
    if line.has(Tag.REMIND):
        return Understanding(Expect.IGNORE, command=Command.REMIND)
    if line.has(Tag.DEVICE_ERROR) and not any(f.labelled and f.readings for f in line.found):
        return Understanding(Expect.IGNORE)
    if not line.found:
        return None
    if scope.is_hypothetical(line):
        return Understanding(Expect.IGNORE)
    if targets.is_target(line):
        numbers = (i for i, t in enumerate(line.tokens) if t.number)
        aimed = [i for i in numbers if targets.is_aimed(line, i)]
        line.found = [f for f in line.found if f.start not in aimed]
        line.explain(*aimed)
    if statements.is_statement(line) or not line.found:
        return _rest(told)
    statements.set_aside(line)
    animals = [f for f in line.found if people.whose(line, f) is Tag.ANIMAL]
    if animals:
        return _rest(told)
    others = [f for f in line.found if people.whose(line, f) is Tag.OTHER]
    if (
        others
        and all(f.readings and _size(f) for f in others)
        and (
            all(f.doubt in _NOT_GROWN for f in others)
            or (all(f.weak for f in others) and not _named(line))
        )
    ):
        return _rest(told)
    if elsewhere.is_elsewhere(line):
        line.found = elsewhere.kept(line)
        return None if line.found else _rest(told)
    return None


def _size(found: Found) -> bool:
    return found.readings[0].code in (Code.HEIGHT, Code.WEIGHT)


def _named(line: Line) -> bool:
    return line.has(Tag.WEIGHT, Tag.HEIGHT)


def _rest(told: tuple[Reading, ...]) -> Understanding:
    kept = tuple(r for r in told if r.code not in (Code.NOTE, Code.MOOD))
    return Understanding(Expect.STORE if kept else Expect.IGNORE, kept)


def _readings(line: Line, told: tuple[Reading, ...], lang: Language) -> Understanding | None:
    bare = bare_numbers(line, told)
    if bare is not None:
        return bare
    if not line.found:
        return None
    doubt = doubt_about(line)
    if doubt is not None:
        return Understanding(Expect.ASK, _proposals(line, told), doubt)
    readings = (*_said_once(line), *told)
    urgent = urgency(line, readings)
    if urgent is not None:
        return Understanding(Expect.URGENT, readings, urgent)
    if _against_history(line, readings):
        return Understanding(Expect.ASK, readings, Reason.AGAINST_HISTORY)
    return Understanding(Expect.STORE, readings)


_AGAIN = re.compile(r"\b(?:repeat|repeating|once more|i say again)\b|再说一遍|再报一[遍次]|重复")


def _said_once(line: Line) -> tuple[Reading, ...]:
    """Return the readings of a line, once where it says them again: 134/82, I repeat, 134/82."""
    readings = tuple(r for f in line.found for r in placed(line, f))
    return tuple(dict.fromkeys(readings)) if _AGAIN.search(line.text) else readings


def _proposals(line: Line, told: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Offer the person's own readings; somebody else's only where there are no own ones."""
    if scope.is_taken_back(line) or scope.is_range(line) or only_numbers(line):
        return ()
    if line.has(Tag.CORRECTS) and any(line.free(i) for i in range(len(line.tokens))):
        return ()
    if all(scope.is_denied(line, f) for f in line.found):
        return told
    own = [f for f in line.found if people.whose(line, f) is Tag.SELF] or line.found
    if scope.rejects_a_pair(line):
        own = [f for f in own if not scope.is_rejected(line, f.start)][:1] or own[:1]
    own = [f for f in own if not former.is_former(line, f.start)] or own
    if former.was_and_is(line):
        own = own[-1:]
    return (*(r for f in own for r in _in_kilograms(line, f) or placed(line, f)), *told)


def _in_kilograms(line: Line, found: Found) -> tuple[Reading, ...]:
    """Leave pounds out for somebody else's weight with a point: the question is whose it is."""
    weight = len(found.readings) > 1 and found.readings[0].code is Code.WEIGHT
    if not weight or "." not in line.tokens[found.start].text:
        return ()
    other = people.whose(line, found) is Tag.OTHER
    return tuple(r for r in placed(line, found) if not r.stated) if other else ()


def _against_history(line: Line, readings: tuple[Reading, ...]) -> bool:
    usual = line.context.recent_pressure
    if usual is None:
        return False
    for r in readings:
        if r.code is Code.BLOOD_PRESSURE and r.value is not None and r.second is not None:
            apart = max(abs(r.value - usual[0]), abs(r.second - usual[1]))
            if apart > HISTORY_APART.value:
                return True
    return False


def _words_only(line: Line, told: tuple[Reading, ...]) -> Understanding:
    """Settle a line without a measurement: what it tells, a number that is missing, or nothing."""
    if told and _of_another(line):
        return Understanding(Expect.ASK, told, Reason.SEVERAL_PEOPLE)
    if told and Tag.ANIMAL in _doers(line):
        return Understanding(Expect.IGNORE)
    if told and not (scope.is_question(line) and all(r.code is Code.MOOD for r in told)):
        if _left_over(line) or _unplaced(line):
            return Understanding(Expect.ASK, told, Reason.UNEXPLAINED_DIGITS)
        return Understanding(Expect.STORE, told)
    apart = line.has(Tag.FOREIGN, Tag.PLAN, Tag.DRUG, Tag.OTHER, Tag.ANIMAL)
    changed = line.has(Tag.CHANGE) and _figures(line)
    general = scope.is_question(line) or targets.is_target(line) or statements.is_statement(line)
    if general or apart or changed:
        return Understanding(Expect.IGNORE)
    if _figures(line):
        return _figures_without_a_place(line)
    labels = {t for t in LABELS if t not in (Tag.PAIN, Tag.STEPS, Tag.SLEEP)}
    named = any(
        token.tags & labels and Tag.FOOD not in token.tags - {Tag.FOOD} for token in line.tokens
    )
    if line.has(Tag.SAME) or (named and (line.has(Tag.LEVEL) or not line.has(Tag.NOT, Tag.SHARE))):
        return Understanding(Expect.ASK, reason=Reason.NO_NUMBER)
    return Understanding(Expect.IGNORE)


def _left_over(line: Line) -> bool:
    """Say whether a number with nothing beside it, large enough for a reading, is left."""
    free = [i for i in range(len(line.tokens)) if line.free(i) and not line.unit(i + 1)]
    alone = [i for i in free if line.clause_of(i) == (i, i + 1)]
    values = [t.value for i in alone if (t := line.tokens[i].number)]
    return any(v is None or v >= _LEAST for v in values)


def _figures_without_a_place(line: Line) -> Understanding:
    """Ask where a label of a vital sign and a free number stand in one line without a bond."""
    unplaced = _unplaced(line)
    return Understanding(
        Expect.ASK if unplaced else Expect.IGNORE,
        reason=Reason.UNEXPLAINED_DIGITS if unplaced else None,
    )


def _unplaced(line: Line) -> bool:
    vital = {t for t in LABELS if t not in (Tag.STEPS, Tag.PAIN, Tag.SLEEP)}
    named = any(t.tags & (vital | {Tag.FASTING}) and Tag.TAKE not in t.tags for t in line.tokens)
    bare = any(line.free(i) and not line.unit(i + 1) for i in range(len(line.tokens)))
    strange = any(t.kind is Kind.FOREIGN for t in line.tokens)
    return named and bare and not strange


def _of_another(line: Line) -> bool:
    """Say whether the words tell how somebody else is."""
    felt = {Tag.SYMPTOM, Tag.RED, Tag.MOOD, Tag.MISS, Tag.TAKE, Tag.TAKEN, Tag.DRUG, Tag.MEDICINE}
    told = (i for i, t in enumerate(line.tokens) if t.tags & felt and Tag.EAT not in t.tags)
    place = next(told, None)
    if place is not None and people.person_at(line, place, alone=True) is Tag.OTHER:
        return True
    return Tag.OTHER in _doers(line)


def _doers(line: Line) -> set[Tag]:
    return {people.doer(line, i) for i, t in enumerate(line.tokens) if t.tags & _DONE}


def _figures(line: Line) -> bool:
    return any(t.number or t.kind is Kind.FOREIGN for t in line.tokens)
