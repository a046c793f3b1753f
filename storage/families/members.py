"""Several members in one object: a line of their lengths, then one after the other.

The first is what is true, as JSON; what stands beside it (a CDA document, a picture's bytes) is
handed out as it is.
"""


def pack(*members: bytes) -> bytes:
    """Return the members as one content."""
    lengths = " ".join(str(len(one)) for one in members)
    return lengths.encode() + b"\n" + b"".join(members)


def unpack(content: bytes) -> tuple[bytes, ...]:
    """Return the members again; raises ValueError for what `pack` never wrote."""
    line, end, rest = content.partition(b"\n")
    lengths = [int(one) for one in line.split()]
    if not end or any(one < 0 for one in lengths) or sum(lengths) != len(rest):
        raise ValueError("these are no members")
    found, at = [], 0
    for length in lengths:
        found.append(rest[at : at + length])
        at += length
    return tuple(found)
