"""All of a record in one file, drawn while it is sent: CDA, FHIR, tables, receipts, who looked."""

import csv
import io
import json
from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, request, stream_with_context

from records.people import Scope
from records.receipts import all_as_json_ld
from records.services.looking import Visitor, who_visited
from records.services.receipting import receipts_of
from records.services.taking import Step, Taking, draw_step, steps_of
from records.tables import MARK, safe
from records.vocabulary import Role
from records.wording import later
from records.wording.looking import FACES, WHYS
from webapp.access import open_to, whoever
from webapp.language import clock, day, language, plain, zone
from webapp.unit import house, now, person, transaction, unit
from webapp.views.looking import visit_words
from webapp.views.receipts import terms
from webapp.views.whose import whose
from webapp.zipping import zipped_on_the_way

bp = Blueprint("taking", __name__)

TAKERS = (Role.PATIENT, Role.CAREGIVER)
LINES = 100_000  # of the log, the newest
COLUMNS = (later("When"), later("Who"), later("What"), later("Why"), later("Where"))
File = tuple[str, bytes]


@bp.get("/me/export/all.zip")
@open_to(*TAKERS, transaction_of_its_own=True)
def everything() -> Response:
    """Send all of a record, a piece at a time; whoever loses the leave meanwhile gets no more."""
    with transaction(writing=False):
        whoever(*TAKERS)
        about = whose()
        if not about.may(Scope.SEE):
            abort(404)
        private = about.own and "private" in request.args
        taking = Taking(about.record.id, person(), language(), zone(), private)
        steps = steps_of(unit(), taking, now=now())
    files = _files(taking, steps, own=about.own)
    answer = Response(
        stream_with_context(zipped_on_the_way(files, now())), content_type="application/zip"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="kanglu-{now():%Y%m%d}.zip"'
    return answer


def _files(taking: Taking, steps: tuple[Step, ...], *, own: bool) -> Iterator[File]:
    """Draw the files one after the other, each step in a transaction of its own."""
    for step in steps:
        with transaction(writing=False):
            drawn = list(draw_step(unit(), taking, step, now=house().clock()))
        yield from drawn
    for last in (_receipts, _log) if own else ():
        with transaction(writing=False):
            drawn = list(last(taking))
        yield from drawn


def _receipts(taking: Taking) -> Iterator[File]:
    """Draw the receipts of consent, as a page and for a machine."""
    at = house().clock()
    found = receipts_of(unit(), taking.record, by=taking.by, now=at, terms=terms())
    content = json.dumps(all_as_json_ld(found, now=at), ensure_ascii=False, indent=1)
    yield "receipts.json", content.encode()
    page = render_template("documents/receipts.html", receipts=found, now=at)
    yield "receipts.html", page.encode()


def _log(taking: Taking) -> Iterator[File]:
    """Tell who looked, as a page and as a table."""
    found = who_visited(
        unit(),
        taking.record,
        by=taking.by,
        now=house().clock(),
        zone=taking.zone,
        others=False,
        limit=LINES,
    )
    lines = [line for visitor in found for line in _lines(visitor)]
    heads = [plain(one) for one in COLUMNS]
    yield "who-looked.csv", _table([heads, *lines])
    page = render_template("documents/looks.html", heads=heads, lines=lines)
    yield "who-looked.html", page.encode()


def _lines(visitor: Visitor) -> Iterator[list[str]]:
    who = visitor.by.name if visitor.by else plain("Somebody not signed in")
    for visit in visitor.visits:
        places = [plain(FACES[one]) for one in sorted(visit.faces & set(FACES))]
        for moment in visit.times:
            at = f"{day(moment, year=True)} {clock(moment)}"
            yield [at, who, str(visit_words(visit)), plain(WHYS[visit.why]), ", ".join(places)]


def _table(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return (MARK + out.getvalue()).encode(errors="replace")
