import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import vl_convert
from lxml import etree

from records.findings.charts import SHAPES, Format, Frame, glucose_chart, pressure_chart
from records.vocabulary import Language
from storage import checks, pictures
from storage.pictures import check_fonts, draw
from tests.parts.missing import skip_or_fail
from tests.records.findings.test_averages import NOW, ZONE, point

ZH = Frame(Language.CHINESE, ZONE, NOW, form=Format.PHONE)
POINTS = [point(day, 0, "141", "87") for day in range(3)]
CHART = pressure_chart(POINTS, ZH, [NOW])


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    pictures._drawn.clear()


def test_an_svg_has_no_script_no_style_and_no_link() -> None:
    root = etree.fromstring(draw(CHART, "svg"))
    for element in root.iter():
        assert etree.QName(element).localname not in {"script", "style", "image", "a", "use"}
        for name in element.attrib:
            assert name != "style"
            assert not name.startswith("on")
            assert "href" not in name


def test_an_svg_says_what_it_shows_and_names_each_dot() -> None:
    root = etree.fromstring(draw(CHART, "svg"))
    assert root.get("aria-label") == CHART["description"]
    labels = {one.get("aria-label") for one in root.iter() if one.get("aria-label")}
    assert "11月23日 08:00 · 141/87" in labels
    assert "医嘱 · 11月23日 20:00" in labels


def test_the_axis_is_labelled_in_the_readers_language() -> None:
    svg = draw(glucose_chart([point(0, 17, "7.0")], ZH), "svg").decode()
    assert re.search(r"11月\d+日", svg)


def test_a_png_is_twice_the_size() -> None:
    png = draw(CHART, "png")
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 2 * SHAPES[Format.PHONE].width


def test_two_chinese_titles_are_drawn_differently() -> None:
    if not check_fonts():
        skip_or_fail("no Chinese font; on Debian: apt-get install fonts-noto-cjk")
    one, other = ({**CHART, "title": {"text": text}} for text in ("高高", "低低"))
    assert draw(one, "png") != draw(other, "png")


def test_a_machine_without_a_chinese_font_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    # A glyph nobody has stands for both characters, as on a machine without the font.
    tofu = pictures._LETTER.replace("{}", "\U000f0000")
    monkeypatch.setattr(pictures, "_LETTER", tofu)
    assert not check_fonts()


def test_the_same_chart_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = draw(CHART, "svg")
    monkeypatch.delattr(vl_convert, "vegalite_to_svg")
    assert draw(dict(reversed(CHART.items())), "svg") is first


def test_what_was_not_asked_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT", 2)
    charts = [{**CHART, "description": str(n)} for n in range(3)]
    first, second = draw(charts[0], "svg"), draw(charts[1], "svg")
    draw(charts[0], "svg")
    draw(charts[2], "svg")
    assert draw(charts[0], "svg") is first
    assert draw(charts[1], "svg") is not second


def test_nothing_is_fetched_from_elsewhere() -> None:
    spec = {**CHART, "layer": [{"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "point"}]}
    with pytest.raises(ValueError, match="url"):
        draw(spec, "svg")


def test_many_threads_may_draw_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _: draw(CHART, "svg"), range(8)))
    assert len(drawn) == 1


def test_a_house_without_a_chinese_font_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert checks.check_drawing().works
    monkeypatch.setattr(checks, "check_fonts", lambda: False)
    told = checks.check_drawing()
    assert not told.works
    assert "Install fonts-noto-cjk or set CARE_FONT_DIR." in told.advice
