"""What a clinic writes once for all its patients: advice for each rule, templates of orders."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from records.findings.reasons import Situation
from records.orders import OrderKind
from records.tracking import OrganisationId, PersonId, TemplateId
from records.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words in both languages."""

    english: str
    chinese: str

    def of(self, language: Language) -> str:
        """Return the words in a language."""
        return self.chinese if language is Language.CHINESE else self.english


@dataclass(frozen=True, slots=True)
class Advice:
    """What a clinic's patients are told when a rule opens an alert.

    One that is `held` goes out only after a doctor has looked at the patient.
    """

    organisation: OrganisationId
    cause: Situation
    texts: Texts
    held: bool
    written_by: PersonId
    written: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class Template:
    """An order ready to be placed: how it comes round, and for how many days.

    `rrule` is the recurrence without its end; empty for once. `gone` is when it was taken away.
    """

    id: TemplateId
    organisation: OrganisationId
    name: Texts
    kind: OrderKind
    texts: Texts
    rrule: str
    days: int
    written_by: PersonId
    written: datetime
    version: int = 1
    gone: datetime | None = None


class ClinicTexts(Protocol):
    """Advice and templates of clinics."""

    def advices(self, organisation: OrganisationId) -> dict[Situation, Advice]:
        """Return a clinic's advice by the rule it is for."""
        ...

    def put_advice(self, advice: Advice) -> None:
        """Keep the advice for a rule in the place of what was there."""
        ...

    def templates(self, organisation: OrganisationId) -> tuple[Template, ...]:
        """Return the templates a clinic has now, by their English name."""
        ...

    def put_template(self, template: Template) -> None:
        """Keep a template, new or changed."""
        ...
