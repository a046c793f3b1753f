"""What clinics write, over one session."""

from sqlalchemy import select

from records.clinic import Advice, Template
from records.findings.reasons import Situation
from records.tracking import OrganisationId
from storage.registry.desk import Desk
from storage.rows.clinic import AdviceRow, TemplateRow


class ClinicRegistry:
    """Advice and templates of clinics, each sealed for the clinic it is of."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def advices(self, organisation: OrganisationId) -> dict[Situation, Advice]:
        """Return a clinic's advice by the rule it is for."""
        rows = self.desk.session.scalars(
            select(AdviceRow).where(AdviceRow.organisation == organisation)
        )
        read = self.desk.cells.read
        found = [
            read(organisation, f"advice:{organisation}:{row.cause}", row.document, Advice)
            for row in rows
        ]
        return {one.cause: one for one in found}

    def put_advice(self, advice: Advice) -> None:
        """Keep the advice for a rule in the place of what was there."""
        identity = f"advice:{advice.organisation}:{advice.cause}"
        document = self.desk.cells.write(advice.organisation, identity, advice)
        self.desk.session.merge(
            AdviceRow(organisation=advice.organisation, cause=advice.cause, document=document)
        )
        self.desk.session.flush()

    def templates(self, organisation: OrganisationId) -> tuple[Template, ...]:
        """Return the templates a clinic has now, by their English name."""
        rows = self.desk.session.scalars(
            select(TemplateRow).where(
                TemplateRow.organisation == organisation, TemplateRow.gone.is_(None)
            )
        )
        read = self.desk.cells.read
        found = [read(organisation, f"template:{row.id}", row.document, Template) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.name.english, one.id)))

    def put_template(self, template: Template) -> None:
        """Keep a template, new or changed."""
        identity = f"template:{template.id}"
        self.desk.session.merge(
            TemplateRow(
                id=template.id,
                organisation=template.organisation,
                gone=template.gone,
                document=self.desk.cells.write(template.organisation, identity, template),
            )
        )
        self.desk.session.flush()
