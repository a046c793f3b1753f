"""A card's picture: the chart it names, from the numbers as they stand when it is shown."""

from dataclasses import replace
from datetime import timedelta

import structlog

from records.chats import Picture
from records.findings.charts import Format, Frame, chart_of
from records.services.posting import Letter
from records.vocabulary import Language
from storage.database import Database
from storage.pictures import draw

log = structlog.get_logger()


def draw_picture(database: Database, picture: Picture, language: Language) -> bytes:
    """Return the picture as a PNG; it shows a record only to whom its card was written."""
    with database.session(writing=False) as session:
        unit = database.unit_in(session)
        patient = unit.people.person(unit.records.record(picture.record).patient)
        since = picture.until - timedelta(days=picture.days)
        measures = unit.own_units.of(picture.record)
        points = unit.series.points(picture.record, picture.code, since, picture.until)
    frame = Frame(language, patient.zone, picture.until, picture.days, Format.PHONE, measures)
    return draw(chart_of(picture.code, points, frame), "png")


def with_its_picture(database: Database, letter: Letter) -> Letter:
    """Return a letter with its picture drawn; where that fails the words go alone."""
    if letter.card.picture is None or letter.edits is not None:
        return letter
    try:
        photo = draw_picture(database, letter.card.picture, letter.language)
    except Exception as error:  # whatever the drawing runs into, the words must go out
        log.error("picture_not_drawn", letter=letter.id, kind=type(error).__name__)
        return letter
    return replace(letter, photo=photo)
