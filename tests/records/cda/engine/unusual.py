"""Unusual documents as the world might send them: each way of writing one, in a line or two.

Every entry carries a word that stands nowhere but in it and where it is told of.
"""

import base64
from collections.abc import Iterator

from tests.records.cda.engine.made import canary
from tests.records.cda.engine.pieces import (
    HEADS,
    ROOT,
    entry,
    head,
    observation,
    organizer,
    related,
    section,
    whole,
)
from tests.records.cda.engine.spellings import encoded, respelled


def unusual() -> Iterator[tuple[str, bytes]]:
    """Return each document with its name."""
    for name, text in _texts():
        yield name, text.encode()
    plain = section("11450-4", entry(), entry()) + section("8716-3", entry(code="29463-7"), entry())
    for name, text in respelled(whole(plain)):
        yield name, text.encode()
    wide = section("11450-4", entry(), text="<paragraph>头晕 乏力</paragraph>")
    narrow = section("11450-4", entry(), text="<paragraph>é ü ß</paragraph>")
    yield from encoded(whole(wide, language="zh").replace("𠮷", ""), whole(narrow))


def _chain(depth: int) -> str:
    return related(observation(inner=_chain(depth - 1))) if depth else ""


def _deep(*codes: str) -> str:
    return section(codes[0], entry(), inner=_deep(*codes[1:])) if codes else ""


def _table(cells: str) -> str:
    return (
        '<table border="1"><caption>Values</caption><colgroup><col/></colgroup>'
        '<thead><tr><th colspan="2">When</th><th rowspan="2">What</th></tr></thead>'
        f"<tfoot><tr><td>end</td></tr></tfoot><tbody>{cells}</tbody></table>"
    )


MEDIA = (
    '<entry><observationMedia classCode="OBS" moodCode="EVN" ID="m1"><id root="1.8"/>'
    f'<value mediaType="image/png" representation="B64">{canary(9001)}</value></observationMedia>'
    "</entry>"
)
SPAN = '<tr><td rowspan="2" ID="{0}">said here</td><td colspan="3">b</td></tr><tr><td>c</td></tr>'


def _texts() -> Iterator[tuple[str, str]]:
    plain = section("11450-4", entry(), entry()) + section("8716-3", entry(code="29463-7"), entry())
    yield "plain", whole(plain)
    for language in HEADS:
        yield f"header in {language}", whole(plain, language=language)
    yield from _shapes()
    yield from _narratives()


def _shapes() -> Iterator[tuple[str, str]]:
    one = section("11450-4", entry())
    yield "no body", f"<ClinicalDocument {ROOT}>{head()}</ClinicalDocument>"
    yield "no sections", whole()
    yield "no header", f"<ClinicalDocument {ROOT}><component/></ClinicalDocument>"
    yield "five deep of one kind", whole(_deep("11450-4", "", "", "", ""))
    yield "five deep of five", whole(_deep("10157-6", "10190-7", "8716-3", "29762-2", "11506-3"))
    yield "entries without sections", whole(one, f"<component>{entry()}</component>", entry())
    yield "a section in an entry", whole(section("8716-3", f"<entry>{one}{observation()}</entry>"))
    yield (
        "sections that share a component",
        whole(one.replace("</section>", "</section><section/>")),
    )
    yield "a section outside of a body", whole(one).replace("<component>", f"{one}<component>", 1)
    empty = "<component><section/></component>"
    yield (
        "empty sections",
        whole(empty, one, empty, '<component><section nullFlavor="NI"/></component>'),
    )
    yield "entries that are empty", whole(section("48765-2", "<entry/>", entry(), "<entry/>"))
    yield "no text, title or code", whole(f"<component><section>{entry()}</section></component>")
    yield "a chain of eight", whole(section("11450-4", entry(inner=_chain(8)), entry()))
    parts = organizer(observation(), organizer(observation(code="29463-7"), observation()))
    yield "organizers in one another", whole(section("8716-3", f"<entry>{parts}</entry>", entry()))
    inside = related(organizer(observation(), observation()))
    yield "an organizer in a relationship", whole(section("8716-3", entry(inner=inside), entry()))
    twice = entry().replace("</entry>", "</entry>") + entry()
    same = '<id root="1.7.7" extension="same"/>'
    yield (
        "the same id twice",
        whole(section("11450-4", twice)).replace('<id root="1.7"', same + '<id root="1.7"'),
    )
    mention = related(
        f'<act classCode="ACT" moodCode="EVN"><id root="1.6"/>{same}<code code="X"/></act>', "REFR"
    )
    yield (
        "a mention of several",
        whole(
            section("11450-4", twice).replace('<id root="1.7"', same + '<id root="1.7"'),
            section("8716-3", entry(inner=mention), entry()),
        ),
    )
    said = base64.b64encode(canary(9002).encode()).decode()
    for name, body in (
        (
            "a file of base64",
            f'<text mediaType="application/pdf" representation="B64">{said}</text>',
        ),
        ("plain text", f'<text mediaType="text/plain"> {canary(9002)} &lt;b> </text>'),
        ("a file elsewhere", f'<text><reference value="{canary(9002)}.pdf"/></text>'),
    ):
        yield (
            name,
            whole().replace(
                "<structuredBody></structuredBody>", f"<nonXMLBody>\n {body}\n</nonXMLBody>"
            ),
        )
    two = head().replace(
        "<author>", head()[head().index("<recordTarget>") : head().index("<author>")] + "<author>"
    )
    yield "two patients", whole(one).replace(head(), two)
    yield (
        "an author of a section",
        whole(
            section(
                "11450-4",
                entry(),
                more='<author><time value="2024"/><assignedAuthor><id root="1"/></assignedAuthor>'
                "</author>",
            )
        ),
    )
    yield (
        "unknown elements",
        whole(section("11450-4", entry(inner="<new><newer/></new>"), "<odd/>")),
    )


def _narratives() -> Iterator[tuple[str, str]]:
    rows = _table(SPAN.format("a1") + SPAN.format("a2"))
    yield "cells over several rows", whole(section("11450-4", entry("a1"), entry("a2"), text=rows))
    yield "one cell for several", whole(section("11450-4", entry("a1"), entry("a1"), text=rows))
    yield "words nobody has", whole(section("11450-4", entry("gone"), entry("a1"), text=rows))
    yield (
        "an ID twice",
        whole(section("11450-4", entry("a1"), entry(), text=rows.replace("a2", "a1"))),
    )
    notes = (
        '<paragraph ID="a1">See<footnoteRef IDREF="f1"/> <linkHtml href="#a2">there</linkHtml> or '
        '<linkHtml href="http://example.org/?a=1&amp;b=2">out</linkHtml></paragraph>'
        '<footnote ID="f1">small</footnote>'
        '<paragraph ID="a2">H<sub>2</sub>O<sup>+</sup></paragraph>'
    )
    yield "footnotes and links", whole(section("11450-4", entry("a1"), entry("a2"), text=notes))
    lists = (
        '<list listType="ordered"><caption>L</caption><item ID="a1">one<list><item ID="a2">two'
        '</item></list></item><item><content ID="a3" styleCode="Bold">three</content> four</item>'
        "</list>"
    )
    yield (
        "lists in lists",
        whole(section("11450-4", entry("a1"), entry("a2"), entry("a3"), text=lists)),
    )
    shown = '<renderMultiMedia referencedObject="m1"><caption>film</caption></renderMultiMedia>'
    yield (
        "a picture of another section",
        whole(section("11450-4", entry(), text=shown), section("8716-3", MEDIA, entry())),
    )
    yield (
        "CDATA",
        whole(
            section(
                "11450-4",
                entry("a1"),
                text='<paragraph ID="a1"><![CDATA[<b>&amp;]]>]]&gt;</paragraph>',
            )
        ),
    )
    foreign = '<h:b xmlns:h="http://www.w3.org/1999/xhtml" h:id="x">bold</h:b>'
    yield (
        "markup of the web",
        whole(section("11450-4", entry("a1"), text=f"<paragraph ID='a1'>{foreign}</paragraph>")),
    )
    yield (
        "only words",
        whole(section("11450-4", entry(), text="  words \u00a0 and \U00020bb7 \U0001f600 words")),
    )
    yield "quoted words of an entry", whole(section("11450-4", entry(), text=f"said {canary(1)}"))
