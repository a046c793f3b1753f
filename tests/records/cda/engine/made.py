"""Documents made for tests: every entry carries its own canary wherever it can leave a trace."""

from dataclasses import dataclass, field, replace
from datetime import date

from hypothesis import strategies as st

ALLERGIES, PROBLEMS, VITALS, FAMILY, MOOD, LIFE, NOTE = (
    "48765-2",
    "11450-4",
    "8716-3",
    "10157-6",
    "10190-7",
    "29762-2",
    "11506-3",
)
CODES = (ALLERGIES, PROBLEMS, VITALS, FAMILY, MOOD, LIFE, NOTE, "18776-5", "99999-9", "")
STYLES = ("row", "item", "paragraph", "cell", "shared row", "unattributed", "original text")


@dataclass(frozen=True)
class Entry:
    """One entry and what tells of it."""

    number: int
    code: str = "8480-6"
    style: str = "row"
    day: date = date(2020, 5, 17)
    organizer: bool = False
    mentions: int = 0
    comment: bool = False
    media: bool = False
    foreign: bool = False
    restricted: bool = False

    @property
    def canary(self) -> str:
        return canary(self.number)


@dataclass(frozen=True)
class Section:
    """One section; `inner` are sections nested in it."""

    code: str
    entries: tuple[Entry, ...] = ()
    inner: tuple["Section", ...] = ()
    restricted: bool = False


@dataclass(frozen=True)
class Patient:
    """Who the document is of."""

    id: str = "P1"
    root: str = "1.2.3"
    name: str = "Amina"
    born: str = "19600101"


@dataclass(frozen=True)
class Document:
    """A document and when it was made."""

    sections: tuple[Section, ...]
    patient: Patient = field(default_factory=Patient)
    made: str = "20240501"
    author: str = "A1"

    def entries(self) -> list[Entry]:
        return [one for section in self.sections for one in _entries(section)]

    def plain(self) -> "Document":
        """Return the document without foreign markup, which its schema does not know."""
        return replace(self, sections=tuple(_plain(one) for one in self.sections))

    def to_bytes(self) -> bytes:
        return _document(self).encode()


def canary(number: int) -> str:
    """Return a word that stands nowhere but where this entry is told of."""
    return f"Qz{number}zQ"


def document(*sections: Section, **more: object) -> bytes:
    return Document(sections, **more).to_bytes()  # type: ignore[arg-type]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document of a few sections; entries may mention one another."""
    numbers = iter(range(1, 100))

    def entry() -> Entry:
        number = next(numbers)
        return Entry(
            number,
            code=draw(st.sampled_from(("8480-6", "29463-7", "8302-2", "75323-6"))),
            style=draw(st.sampled_from(STYLES)),
            day=draw(st.dates(date(2019, 1, 1), date(2021, 12, 31))),
            organizer=draw(st.booleans()),
            mentions=draw(st.integers(0, number - 1)) if draw(st.booleans()) else 0,
            comment=draw(st.booleans()),
            media=draw(st.booleans()),
            foreign=draw(st.integers(0, 5)) == 0,
        )

    def section(depth: int) -> Section:
        entries = tuple(entry() for _ in range(draw(st.integers(0, 4))))
        inner = (section(depth - 1),) if depth and draw(st.integers(0, 3)) == 0 else ()
        return Section(draw(st.sampled_from(CODES)), entries, inner)

    return Document(tuple(section(1) for _ in range(draw(st.integers(1, 4)))))


def _entries(section: Section) -> list[Entry]:
    return [*section.entries, *(one for inner in section.inner for one in _entries(inner))]


def _plain(section: Section) -> Section:
    entries = tuple(replace(one, foreign=False) for one in section.entries)
    return replace(section, entries=entries, inner=tuple(map(_plain, section.inner)))


def _document(made: Document) -> str:
    who = made.patient
    body = "".join(f"<component>{_section(one)}</component>\n" for one in made.sections)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="CDA.xsl"?>
<!-- made for a test -->
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xmlns:sdtc="urn:hl7-org:sdtc"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="2.16.840.1.113883.10.20.22.1.2"/><id root="1.9.9" extension="{made.made}"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title>
<effectiveTime value="{made.made}"/><confidentialityCode code="N"/><languageCode code="en-US"/>
<recordTarget><patientRole><id root="{who.root}" extension="{who.id}"/><patient><name><given>\
{who.name}</given><family>Testcase</family></name><administrativeGenderCode code="F"/>\
<birthTime value="{who.born}"/></patient></patientRole></recordTarget>
<author><time value="{made.made}"/><assignedAuthor><id root="1.2.4" extension="{made.author}"/>\
</assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.5"/>\
</representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
{body}</structuredBody></component></ClinicalDocument>"""


def _section(made: Section) -> str:
    code = f'<code code="{made.code}" codeSystem="2.16.840.1.113883.6.1"/>' if made.code else ""
    secret = '<confidentialityCode code="R"/>' if made.restricted else ""
    entries = "\n".join(map(_entry, made.entries))
    inner = "".join(f"<component>{_section(one)}</component>" for one in made.inner)
    return (
        f"<section>{code}<title>Part</title><text>{_narrative(made.entries)}</text>{secret}"
        f"{entries}{inner}</section>"
    )


def _narrative(entries: tuple[Entry, ...]) -> str:
    def said(style: str) -> list[Entry]:
        return [one for one in entries if one.style == style]

    rows = [f'<tr ID="{_place(one)}"><td>told {one.canary}</td></tr>' for one in said("row")]
    rows += [
        f'<tr><td>about</td><td><content ID="{_place(one)}">{one.canary}</content></td></tr>'
        for one in (*said("cell"), *said("original text"))
    ]
    if shared := said("shared row"):
        cells = "".join(f'<td ID="{_place(one)}">{one.canary}</td>' for one in shared)
        rows.append(f"<tr>{cells}<td>{' '.join(one.canary for one in shared)}</td></tr>")
    parts = ["<paragraph>Reviewed</paragraph>"]
    if rows:
        head = "<thead><tr><th>What</th></tr></thead>"
        parts.append(f"<table>{head}<tbody>{''.join(rows)}</tbody></table>")
    if items := said("item"):
        told = "".join(f'<item ID="{_place(one)}">{one.canary}</item>' for one in items)
        parts.append(f"<list>{told}</list>")
    parts += [
        f'<paragraph ID="{_place(one)}">{one.canary}</paragraph>' for one in said("paragraph")
    ]
    parts += [f"<paragraph>free {one.canary}</paragraph>" for one in said("unattributed")]
    parts += [
        f'<renderMultiMedia referencedObject="{_place(one)}m"><caption>{one.canary}</caption>'
        "</renderMultiMedia>"
        for one in entries
        if one.media
    ]
    return "".join(parts)


def _place(entry: Entry) -> str:
    return f"place{entry.canary}"


def _entry(made: Entry) -> str:
    comment = f"<!-- {made.canary} --><?note {made.canary}?>" if made.comment else ""
    foreign = f'<x:more xmlns:x="urn:x">{made.canary}</x:more>' if made.foreign else ""
    if not made.organizer:
        return f"{comment}<entry>{_observation(made)}</entry>{foreign}"
    return (
        f'{comment}<entry><organizer classCode="CLUSTER" moodCode="EVN">'
        f'<id root="1.2.6" extension="o{made.canary}"/><code code="74728-7"/>'
        f'<statusCode code="completed"/><component>{_observation(made)}</component></organizer>'
        f"</entry>{foreign}"
    )


def _observation(made: Entry) -> str:
    pointing = "" if made.style == "unattributed" else f'<reference value="#{_place(made)}"/>'
    original = f"<originalText>{pointing}</originalText>" if made.style == "original text" else ""
    text = "" if original or not pointing else f"<text>{pointing}</text>"
    media = (
        f'<entryRelationship typeCode="COMP"><observationMedia classCode="OBS" moodCode="EVN" '
        f'ID="{_place(made)}m"><value mediaType="image/png" representation="B64">'
        f"{made.canary}==</value></observationMedia></entryRelationship>"
        if made.media
        else ""
    )
    told = canary(made.mentions)
    mention = (
        '<entryRelationship typeCode="REFR"><act classCode="ACT" moodCode="EVN">'
        f'<id root="1.2.7" extension="i{told}"/><code code="X"/><text>see {told}</text></act>'
        "</entryRelationship>"
        if made.mentions
        else ""
    )
    secret = (
        '<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">'
        '<code code="SECCLASSOBS"/><value xsi:type="CD" code="R"/></observation>'
        "</entryRelationship>"
        if made.restricted
        else ""
    )
    return (
        '<observation classCode="OBS" moodCode="EVN">'
        f'<id root="1.2.7" extension="i{made.canary}"/>'
        f'<code code="{made.code}" codeSystem="2.16.840.1.113883.6.1" '
        f'displayName="name {made.canary}">{original}</code>{text}'
        f'<statusCode code="completed"/><effectiveTime value="{made.day:%Y%m%d}"/>'
        f'<value xsi:type="ST">value {made.canary}</value>{media}{mention}{secret}</observation>'
    )
