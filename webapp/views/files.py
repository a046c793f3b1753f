"""What came with messages, handed out to whoever may read the segment it belongs to."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from records.attachments import Media
from records.services.attaching import open_attachment
from records.tracking import AttachmentId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.unit import now, person, unit

bp = Blueprint("files", __name__, url_prefix="/files")

HANDED_OUT = {
    Media.PICTURE: 'inline; filename="photo.jpg"',
    Media.VOICE: 'inline; filename="voice.ogg"',
    Media.FILE: 'attachment; filename="file"',
}
"""Under names of our own: what somebody else called a file is not kept."""


@bp.get("/<attachment_id>")
@open_to(*Role)
def whole(attachment_id: str) -> ResponseReturnValue:
    """Hand out a picture, a voice note or a file."""
    return _handed_out(attachment_id, small=False)


@bp.get("/<attachment_id>/small")
@open_to(*Role)
def small(attachment_id: str) -> ResponseReturnValue:
    """Hand out the small one of a picture."""
    return _handed_out(attachment_id, small=True)


def _handed_out(attachment_id: str, *, small: bool) -> Response:
    unit().audit.beside_page()
    found, content = open_attachment(
        unit(), AttachmentId(attachment_id), by=person(), now=now(), small=small
    )
    answer = Response(content, content_type=str(found.media))
    answer.headers["Content-Disposition"] = HANDED_OUT[found.media]
    return answer
