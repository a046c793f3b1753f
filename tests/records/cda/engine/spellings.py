"""One document written in many ways that say the same, and in the encodings it may come in."""

from collections.abc import Callable, Iterator

V3 = "urn:hl7-org:v3"
DECLARATION = '<?xml version="1.0" encoding="{}"?>\n'

Change = Callable[[str], str]


def put(old: str, new: str, times: int = -1) -> Change:
    """Return a change that puts something in the place of something else."""
    return lambda text: text.replace(old, new, times)


def _prefixed(text: str) -> str:
    named = text.replace("<", "<cda:").replace("<cda:/", "</cda:").replace("xmlns=", "xmlns:cda=")
    return named.replace("<cda:sdtc:", "<sdtc:")


def _prefixed_within(text: str) -> str:
    opened = text.replace("<section>", f'<v:section xmlns:v="{V3}">')
    return opened.replace("</section>", "</v:section>")


CHANGES: dict[str, Change] = {
    "comments between": put("><", "><!-- c --><"),
    "instructions between": put("><", "><?a b?><"),
    "words between": put("</entry><entry>", "</entry> and <entry>"),
    "lines of Windows": put("><", ">\r\n\t<"),
    "references to characters": put("><", ">&#13;&#x9;<"),
    "a prefix for all": _prefixed,
    "two prefixes for one": _prefixed_within,
    "a prefix that changes": put("<section>", '<section xmlns:sdtc="urn:x" sdtc:a="1">'),
    "the default again and again": put("<entry>", f'<entry xmlns="{V3}">'),
    "no default inside": put("<title>Part", '<x xmlns=""><y/></x><title>Part'),
    "another name for xsi": lambda one: one.replace("xsi:", "p1:").replace(":xsi=", ":p1="),
    "where its schema lies": put(
        " xmlns:sdtc", f' xsi:schemaLocation="{V3} CDA.xsd" xmlns:sdtc', 1
    ),
    "bases and languages": put("<section>", '<section xml:base="http://a/b" xml:lang="de">'),
    "space that is kept": put("<text>", '<text xml:space="preserve">  \n '),
    "extensions": put(
        "</patient>", '<sdtc:deceasedInd value="false"/><sdtc:raceCode code="1"/></patient>'
    ),
    "a style sheet": lambda one: DECLARATION.format("UTF-8") + '<?xml-stylesheet href="a"?>' + one,
    "what follows the root": lambda one: one + "\n<!-- end --><?end?>\n",
    "an & in a namespace": put("<section>", '<section xmlns:q="urn:a?b&amp;c" q:z="1">'),
    "single quotes": put('"', "'"),
    "an xml:id": put("<section>", '<section xml:id="s1">', 1),
}


def respelled(text: str) -> Iterator[tuple[str, str]]:
    """Return a document in each way of writing it."""
    for name, change in CHANGES.items():
        yield name, change(text)


def encoded(wide: str, narrow: str) -> Iterator[tuple[str, bytes]]:
    """Return a document of Chinese, or of Latin letters, in each encoding that is taken."""
    for name, codec, text in (
        ("UTF-16", "utf-16", wide),
        ("UTF-16", "utf-16-le", wide),
        ("UTF-16", "utf-16-be", wide),
        ("UTF-8", "utf-8-sig", wide),
        ("GB18030", "gb18030", wide),
        ("gbk", "gbk", wide),
        ("ISO-8859-1", "latin-1", narrow),
        ("US-ASCII", "ascii", narrow.replace("é ü ß", "&#233;")),
    ):
        yield f"{name} as {codec}", (DECLARATION.format(name) + text).encode(codec)
    yield "UTF-16 that says nothing", wide.encode("utf-16")
