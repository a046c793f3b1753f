"""Bytes to UTF-8: only the encodings a clinical document may come in, found without guessing."""

import codecs
import re

from records.cda.engine.refusals import NotTaken, Refusal

DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
TAKEN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",  # a subset, byte for byte
    "ascii": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gbk",
    "cp936": "gbk",
    "gb2312": "gbk",  # a subset, byte for byte
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "latin-1": "iso-8859-1",
}
WIDE = {"utf-16", "utf-16le", "utf-16be", "utf16"}
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"<\0\0\0", b"\0\0\0<")


def as_utf8(content: bytes) -> bytes:
    """Return the document in UTF-8 without byte order mark; its declaration is left as it was.

    UTF-8 itself is not checked here: the parser does, and names the line.
    """
    if content.startswith(UTF_32):
        raise NotTaken(Refusal.ENCODING)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _wide(content[2:], encoding)
    if content.startswith(b"<\0"):
        return _wide(content, "utf-16-le")
    if content.startswith(b"\0<"):
        return _wide(content, "utf-16-be")
    marked = content.startswith(codecs.BOM_UTF8)
    body = content[3:] if marked else content
    encoding = _declared(body)
    if encoding in WIDE or (marked and encoding != "utf-8"):
        raise NotTaken(Refusal.BYTES, 1)
    return body if encoding == "utf-8" else _recoded(body, encoding)


def _declared(body: bytes) -> str:
    match = DECLARED.match(body[:400])
    name = match.group(1).decode("ascii").lower() if match else "utf-8"
    if name in WIDE:
        return name
    if name not in TAKEN:
        raise NotTaken(Refusal.ENCODING)
    return TAKEN[name]


def _wide(body: bytes, encoding: str) -> bytes:
    recoded = _recoded(body, encoding)
    match = DECLARED.match(recoded[:400])
    if match and match.group(1).decode("ascii").lower() not in WIDE:
        raise NotTaken(Refusal.BYTES, 1)
    return recoded


def _recoded(body: bytes, encoding: str) -> bytes:
    try:
        return body.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(encoding, "replace").count("\n") + 1
        raise NotTaken(Refusal.BYTES, line) from None
