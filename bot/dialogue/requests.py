"""The answer to somebody who asks for leave: all, some kinds of it, or no."""

from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.errors import NotPermitted
from records.requests import Request
from records.services.answering import agree, refuse, waiting_request
from records.services.requesting import asked_of
from records.tracking import RequestId
from records.vocabulary import SegmentKind
from records.wording import requests as cards


def tapped(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Answer a request, or show it with what may be chosen, in the place of its card."""
    act, request_id, mask = (*ref.split("~"), "", "")[:3]
    try:
        request = waiting_request(turn.unit, RequestId(request_id), by=turn.by, now=turn.now)
    except NotPermitted:
        return [Edit(message, cards.ended_card(turn.language))]
    return [Edit(message, _answered(turn, act, request, mask))]


def _answered(turn: Turn, act: str, request: Request, mask: str) -> Card:
    asked = asked_of(turn.unit, request)
    match act:
        case "all":
            return _agree(turn, asked, request.kinds)
        case "some":
            return _agree(turn, asked, _chosen(request, mask))
        case "pick":
            return cards.choose_card(asked, mask, turn.language)
        case "no":
            refuse(turn.unit, request.id, by=turn.by, now=turn.now)
            return cards.refused_card(turn.language)
        case _:
            return cards.request_card(asked, full=True, language=turn.language)


def _agree(turn: Turn, asked: cards.Asked, kinds: frozenset[SegmentKind]) -> Card:
    grant = agree(turn.unit, asked.request.id, kinds, by=turn.by, now=turn.now)
    return cards.agreed_card(asked.colleague or asked.asker, grant, turn.language)


def _chosen(request: Request, mask: str) -> frozenset[SegmentKind]:
    kinds = cards.in_order(request)
    return frozenset(one for one, mark in zip(kinds, mask, strict=False) if mark == "1")
