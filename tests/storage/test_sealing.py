"""Sealed documents and cells: what was sealed opens in its place, and nothing else does."""

import hashlib
import logging
import os
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import sealing
from storage.sealing import (
    CannotOpen,
    bucket,
    open_cell,
    open_document,
    seal_cell,
    seal_document,
)

KEY = os.urandom(32)
PLACE = {"key": KEY, "key_id": "5d0c", "container": "c" * 32, "name": "9f" * 16}
CANARY = b"Amina Yusuf 128/82 70 metformin"
SEALED = seal_document(CANARY * 50, **PLACE)
OVERHEAD = len(SEALED) - 4096

quick = settings(max_examples=150, deadline=None)


@given(st.binary(max_size=20_000))
@quick
def test_what_is_sealed_opens_in_its_place(content):
    sealed = seal_document(content, **PLACE)
    digest = hashlib.sha256(sealed).hexdigest()
    assert open_document(sealed, **PLACE) == content
    assert open_document(sealed, **PLACE, digest=digest, length=len(sealed)) == content


@given(st.integers(0, len(SEALED) * 8 - 1))
@quick
def test_any_flipped_bit_is_refused(place):
    refused(flip(SEALED, place))


def test_every_flipped_bit_of_the_header_is_refused():
    for place in range(OVERHEAD * 8):
        refused(flip(SEALED, place))


@given(st.integers(0, len(SEALED) - 1))
@quick
def test_any_truncation_is_refused(length):
    refused(SEALED[:length])


@given(st.binary(min_size=1, max_size=64))
@quick
def test_anything_appended_is_refused(more):
    refused(SEALED + more)
    refused(SEALED + SEALED)


@given(st.binary(max_size=400))
@quick
def test_bytes_from_elsewhere_are_refused(strange):
    refused(strange)
    refused(SEALED[:60] + strange)


@pytest.mark.parametrize(
    "swapped",
    [
        {"name": "8e" * 16},
        {"container": "d" * 32},
        {"key": os.urandom(32)},
        {"key_id": "77aa"},
        {"container": PLACE["name"], "name": PLACE["container"]},
    ],
    ids=lambda swapped: "-".join(swapped),
)
def test_another_place_or_key_is_refused(swapped):
    refused(SEALED, **swapped)


def test_other_bytes_than_the_manifest_names_are_refused():
    older = seal_document(b"an older version", **PLACE)
    refused(older, digest=hashlib.sha256(SEALED).hexdigest())
    refused(older, length=len(older) + 1)
    with pytest.raises(CannotOpen):
        open_document(SEALED, **PLACE, digest="not a digest")


OTHER = os.urandom(32)


@pytest.mark.parametrize(
    ("sealed", "instead", "why"),
    [
        (SEALED[:900], {}, "truncated"),
        (SEALED[:40], {}, "truncated"),
        (SEALED + b"x", {}, "lengthened"),
        (SEALED, {"container": "d" * 32}, "swapped"),
        (SEALED, {"name": "8e" * 16}, "renamed"),
        (SEALED, {"key_id": "77aa"}, "re-keyed"),
        (seal_document(CANARY * 50, **{**PLACE, "key": OTHER}), {}, "re-keyed"),
        (seal_document(b"an older version", **PLACE), {}, "rolled back"),
        (b"something else", {}, "altered"),
    ],
    ids=["cut", "cut early", "more", "container", "name", "id", "key", "older", "strange"],
)
def test_what_was_done_is_named_for_the_operator(sealed, instead, why):
    digest = hashlib.sha256(SEALED).hexdigest()
    error = refused(sealed, **instead, digest=digest, length=len(SEALED))
    assert str(error.why) == why
    assert why not in str(error)


@given(st.integers(OVERHEAD * 8, len(SEALED) * 8 - 1))
@quick
def test_a_flipped_bit_of_the_content_is_an_alteration(place):
    assert refused(flip(SEALED, place)).why == "altered"


def test_every_refusal_has_one_text():
    texts = {str(refused(strange)) for strange in (b"", SEALED[:-1], flip(SEALED, 900), SEALED * 2)}
    texts.add(str(refused(SEALED, key=os.urandom(32))))
    assert len(texts) == 1


def test_two_versions_alike_do_not_look_alike():
    again = seal_document(CANARY * 50, **PLACE)
    assert len(again) == len(SEALED)
    runs = {SEALED[at : at + 12] for at in range(OVERHEAD, len(SEALED) - 12)}
    assert not any(again[at : at + 12] in runs for at in range(OVERHEAD, len(again) - 12))


def test_no_word_of_the_document_is_in_the_bytes():
    for part in (CANARY, b"Amina", b"128/82", zlib.compress(CANARY * 50)[2:20]):
        assert part not in SEALED


@given(st.integers(0, 40_000))
@quick
def test_a_sealed_size_says_only_its_bucket(size):
    sealed = seal_document(os.urandom(size), **PLACE)
    assert len(sealed) - OVERHEAD == bucket(len(zlib.compress(os.urandom(size))))


@given(st.integers(0, sealing.LARGEST))
@quick
def test_a_bucket_is_at_most_12_percent_or_4_kib_larger(size):
    assert size <= bucket(size) <= max(size + 4096, size * 1.12)


def test_few_sizes_are_ever_seen():
    assert len({bucket(size) for size in range(0, 1_000_000, 500)}) < 50


def test_a_document_that_grows_beyond_all_bounds_is_refused(monkeypatch):
    monkeypatch.setattr(sealing, "LARGEST", 1_000_000)
    bomb = seal_document(bytes(1_000_000), **PLACE)
    assert len(open_document(bomb, **PLACE)) == 1_000_000
    with pytest.raises(ValueError, match="too large"):
        seal_document(bytes(1_000_001), **PLACE)
    monkeypatch.setattr(sealing, "LARGEST", 999_999)
    refused(bomb)


def test_a_document_of_many_frames_opens(monkeypatch):
    monkeypatch.setattr(sealing, "FRAME", 4096)
    content = os.urandom(50_000)
    sealed = seal_document(content, **PLACE)
    assert open_document(sealed, **PLACE) == content
    refused(sealed[: len(sealed) // 2])


def test_only_random_ids_stand_in_the_header():
    header = SEALED[:OVERHEAD]
    for named in ("container", "name", "key_id"):
        assert PLACE[named].encode() in header
    assert KEY not in SEALED


def test_threads_seal_and_open_side_by_side():
    def round_trip(number: int) -> bool:
        place = {**PLACE, "key": os.urandom(32), "name": f"{number:032x}"}
        content = os.urandom(3000)
        return open_document(seal_document(content, **place), **place) == content

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(round_trip, range(200)))


def test_a_refusal_writes_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    refused(SEALED[:-1])
    refused(flip(SEALED, 40))
    assert not caplog.records


@given(st.binary(max_size=500), st.text(min_size=1, max_size=40))
@quick
def test_a_cell_opens_under_its_key_in_its_row_alone(content, identity):
    sealed = seal_cell(content, KEY, identity)
    assert open_cell(sealed, KEY, identity) == content
    assert sealed != seal_cell(content, KEY, identity)
    for strange, key, row in (
        (sealed, KEY, identity + "x"),
        (sealed, os.urandom(32), identity),
        (sealed + b"x", KEY, identity),
        (sealed[:-1], KEY, identity),
        (flip(sealed, len(sealed) * 4), KEY, identity),
        (b"", KEY, identity),
    ):
        with pytest.raises(CannotOpen):
            open_cell(strange, key, row)


def flip(sealed: bytes, bit: int) -> bytes:
    altered = bytearray(sealed)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


def refused(sealed: bytes, **instead) -> CannotOpen:
    with pytest.raises(CannotOpen) as raised:
        open_document(sealed, **{**PLACE, **instead})
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value
