"""Charts drawn by vl-convert: SVG for pages, PNG at twice the size for chats.

The SVG holds neither script nor style attribute and asks for nothing from elsewhere, so it may be
served under the strictest content security policy.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from html import escape
from threading import Lock
from typing import Literal

import vl_convert

Form = Literal["svg", "png"]

VERSION = "5.21"  # of Vega-Lite, among those vl-convert carries
KEPT = 256  # drawings: about 20 MB
SCALE = 2

_renderer = Lock()
_drawn: OrderedDict[str, bytes] = OrderedDict()


def draw(spec: Mapping[str, object], form: Form) -> bytes:
    """Return the spec as a picture; the same spec is drawn once while it is remembered.

    One drawing at a time: the renderer is one engine of some 150 MB.
    """
    words = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    key = f"{form}:{hashlib.sha256(words.encode()).hexdigest()}"
    with _renderer:
        if key not in _drawn:
            _drawn[key] = _svg(words, spec) if form == "svg" else _png(words)
        _drawn.move_to_end(key)
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
        return _drawn[key]


def register_fonts(folder: str) -> None:
    """Let the renderer also use the fonts in a folder."""
    with _renderer:
        vl_convert.register_font_directory(folder)


def check_fonts() -> bool:
    """Say whether Chinese will be drawn: two characters differ from each other and from nothing."""
    with _renderer:
        pictures = {vl_convert.svg_to_png(_LETTER.format(one)) for one in ("高", "低", "")}
    return len(pictures) == 3


_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text x="4" y="30" font-size="28" font-family="Noto Sans CJK SC, sans-serif">{}</text></svg>'
)


def _svg(words: str, spec: Mapping[str, object]) -> bytes:
    svg = vl_convert.vegalite_to_svg(words, vl_version=VERSION, allowed_base_urls=[])
    label = escape(str(spec.get("description", "")))
    named = svg.replace("<svg ", f'<svg role="graphics-document" aria-label="{label}" ', 1)
    return named.encode()


def _png(words: str) -> bytes:
    png = vl_convert.vegalite_to_png(words, vl_version=VERSION, scale=SCALE, allowed_base_urls=[])
    return bytes(png)
