"""What a clinic's doctors write for all its patients: guideline, advice, templates of orders."""

from dataclasses import dataclass, replace
from datetime import datetime

from records.clinic import Advice, Template, Texts
from records.errors import NotPermitted, NotValid
from records.findings.guidelines import Guideline
from records.findings.reasons import Situation
from records.findings.rules import ALERT_RULES
from records.orders import OrderKind
from records.people import Organisation, Person
from records.recurring import read_rrule
from records.services.consenting import CARING
from records.services.ordering import LONGEST
from records.services.ports import Unit
from records.tracking import TemplateId, fresh
from records.vocabulary import Role

LONGEST_NAME = 80
LONGEST_DAYS = 365
MOST_TEMPLATES = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """A template as a doctor writes it; `version` is the one it was written over, 0 for none."""

    name: Texts
    kind: OrderKind
    texts: Texts
    rrule: str = ""
    days: int = 0
    version: int = 0


def clinic_of(unit: Unit, by: Person) -> Organisation:
    """Return the clinic or hospital a doctor writes for; refuses everybody else."""
    if Role.DOCTOR not in by.roles or by.organisation is None:
        raise NotPermitted
    found = unit.people.organisation(by.organisation)
    if found.kind not in CARING:
        raise NotPermitted
    return found


def choose_guideline(unit: Unit, guideline: Guideline, *, by: Person) -> None:
    """Let a clinic name averages and be alerted by a guideline."""
    unit.people.put_organisation(replace(clinic_of(unit, by), guideline=guideline))


def write_advice(
    unit: Unit,
    cause: Situation,
    texts: Texts,
    *,
    held: bool,
    version: int,
    by: Person,
    now: datetime,
) -> Advice:
    """Write what the clinic's patients are told when a rule opens an alert, in both languages.

    Raises NotValid where a language is missing, or somebody else changed it since `version`.
    """
    clinic = clinic_of(unit, by)
    if cause not in ALERT_RULES:
        raise NotPermitted
    texts = _both(texts, LONGEST)
    before = unit.clinic_texts.advices(clinic.id).get(cause)
    _not_changed(before.version if before else 0, version, "english")
    advice = Advice(clinic.id, cause, texts, held, by.id, now, version + 1)
    unit.clinic_texts.put_advice(advice)
    return advice


def templates_of(unit: Unit, by: Person) -> tuple[Template, ...]:
    """Return the templates of a clinician's own clinic."""
    return unit.clinic_texts.templates(by.organisation) if by.organisation else ()


def template_of(unit: Unit, template_id: TemplateId, by: Person) -> Template:
    """Return one template of a clinician's own clinic; refuses for any other."""
    for one in templates_of(unit, by):
        if one.id == template_id:
            return one
    raise NotPermitted


def write_template(
    unit: Unit, draft: Draft, *, by: Person, now: datetime, over: TemplateId | None = None
) -> Template:
    """Write a template, new or over one that is there; raises NotValid for what cannot be kept."""
    clinic = clinic_of(unit, by)
    before = template_of(unit, over, by) if over else None
    _not_changed(before.version if before else 0, draft.version, "name_english")
    if before is None and len(templates_of(unit, by)) >= MOST_TEMPLATES:
        raise NotValid("name_english", "too_many_templates")
    if draft.rrule:
        read_rrule(draft.rrule, now.replace(tzinfo=None))
        if not 1 <= draft.days <= LONGEST_DAYS:
            raise NotValid("days", "repeat_days")
    template = Template(
        id=before.id if before else TemplateId(fresh()),
        organisation=clinic.id,
        name=_both(draft.name, LONGEST_NAME, "name_"),
        kind=draft.kind,
        texts=_both(draft.texts, LONGEST),
        rrule=draft.rrule,
        days=draft.days if draft.rrule else 0,
        written_by=by.id,
        written=now,
        version=draft.version + 1,
    )
    unit.clinic_texts.put_template(template)
    return template


def take_away(unit: Unit, template_id: TemplateId, *, by: Person, now: datetime) -> None:
    """Take a template away; orders placed by it stay as they are."""
    clinic_of(unit, by)
    found = template_of(unit, template_id, by)
    unit.clinic_texts.put_template(
        replace(found, gone=now, written_by=by.id, written=now, version=found.version + 1)
    )


def _both(texts: Texts, longest: int, before: str = "") -> Texts:
    """Return the texts trimmed; raises NotValid unless both are there and short enough."""
    told = {"english": texts.english.strip(), "chinese": texts.chinese.strip()}
    for field, words in told.items():
        if not words:
            raise NotValid(before + field, "both_languages")
        if len(words) > longest:
            raise NotValid(before + field, "text_too_long")
    return Texts(**told)


def _not_changed(is_now: int, version: int, field: str) -> None:
    if is_now != version:
        raise NotValid(field, "changed_meanwhile")
