"""Document stores: files, Swift, S3, under one contract."""

import logging
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from records.services.storing import DocumentStore
from storage.stores.address import UnreadableSetting, split_address
from storage.stores.steady import SteadyStore

# Below a warning these write whole requests down, with tokens and the names of objects.
for _talkative in ("boto3", "botocore", "s3transfer", "swiftclient", "keystoneauth", "urllib3"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)


def open_store(
    url: str, settings: Mapping[str, str], *, setting: str = "The store's address"
) -> DocumentStore:
    """Return the store at file:///path, swift://prefix or s3://bucket, without touching it yet.

    A cloud is asked again when its failure may pass, and left alone while it is down.
    `setting` names where the address came from. Raise UnreadableSetting, in one sentence, for what
    cannot be read and for plain http to another machine.
    """
    parts = split_address(setting, url)
    # Imported when asked for: the clients are slow to load, and most houses use one of them.
    match parts.scheme:
        case "file" if parts.netloc in ("", "localhost") and parts.path.strip("/"):
            from storage.stores.file import FileStore

            return FileStore(Path(unquote(parts.path)))
        case "swift" if not parts.path.strip("/"):
            from storage.stores.swift import SwiftStore, swift_account

            return SteadyStore(SwiftStore(swift_account(settings), parts.netloc))
        case "s3" if parts.netloc and not parts.path.strip("/"):
            from storage.stores.s3 import S3Store, s3_account

            return SteadyStore(S3Store(s3_account(settings), parts.netloc))
    raise UnreadableSetting(
        f"{setting} cannot be read; use file:///folder, swift://prefix or s3://bucket."
    )
