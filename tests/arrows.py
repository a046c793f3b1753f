"""The arrows of the house as rules over imports, read from the source without running it."""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS = ("records", "storage", "bot", "webapp")


@dataclass(frozen=True, slots=True)
class Use:
    """One import, or one call by its full name, and where it stands."""

    path: str  # from the repository's root, with slashes
    line: int
    name: str  # dotted: sqlalchemy.orm.Session, datetime.datetime.now


@dataclass(frozen=True, slots=True)
class Arrow:
    """One rule: who must not import what, and what to do instead."""

    title: str
    governs: Callable[[str], bool]  # by path
    forbids: Callable[[str], bool]  # by dotted name
    instead: str


def within(*places: str) -> Callable[[str], bool]:
    """Match the files that are, or lie under, one of these places."""
    return lambda path: any(path == place or path.startswith(f"{place}/") for place in places)


def outside(*places: str) -> Callable[[str], bool]:
    """Match the files that lie under none of these places."""
    inside = within(*places)
    return lambda path: not inside(path)


def room(name: str) -> Callable[[str], bool]:
    """Match a room's files but its `__main__`, which puts the house together."""
    return lambda path: path.startswith(f"{name}/") and path != f"{name}/__main__.py"


def named(*names: str) -> Callable[[str], bool]:
    """Match these packages and whatever is in them."""
    return lambda used: any(used == name or used.startswith(f"{name}.") for name in names)


def not_from(*allowed: str) -> Callable[[str], bool]:
    """Match every package but the standard library and these."""
    return lambda used: used.split(".")[0] not in {*sys.stdlib_module_names, *allowed}


FLASK = ("flask", "flask_sqlalchemy", "flask_migrate", "flask_wtf", "flask_security", "werkzeug")
CLOUDS = ("boto3", "botocore", "swiftclient")
SQL = ("sqlalchemy", "flask_sqlalchemy", "alembic", "psycopg", "sqlite3")

ACCOUNTS = within("storage/rows/accounts.py", "storage/accounts.py")

ARROWS = (
    Arrow(
        "records knows no face, no store and no framework",
        within("records"),
        not_from("records", "lxml", "dateutil", "msgspec", "babel"),
        "ask for what you need through a Protocol beside the service, and let the face or storage"
        " hand it in",
    ),
    Arrow(
        "records reaches no file system, network, database or process",
        within("records"),
        named("sqlite3", "socket", "subprocess", "http", "urllib.request", "asyncio", "threading"),
        "leave this to an adapter in storage, behind a Protocol of the service",
    ),
    Arrow(
        "the site knows neither the chat nor where things are kept",
        room("webapp"),
        named("bot", "storage", "telegram", *SQL, *CLOUDS),
        "call a service of records with the adapter that wsgi.py hands in",
    ),
    Arrow(
        "the chat knows neither the site nor where things are kept",
        room("bot"),
        named("webapp", "storage", *FLASK, *SQL, *CLOUDS),
        "call a service of records with the adapter that bot/__main__.py or wsgi.py hands in",
    ),
    Arrow(
        "storage knows no face",
        room("storage"),
        named("webapp", "bot"),
        "move what both need into records, or let the face hand it in",
    ),
    Arrow(
        "nobody imports what puts the house together",
        within(*ROOMS),
        lambda used: used == "wsgi" or used.endswith(".__main__") or used.startswith("wsgi."),
        "take what you need as an argument",
    ),
    Arrow(
        "the dialogue knows no channel",
        within("bot/dialogue"),
        named("bot.telegram"),
        "say it as a card or reply of records.wording; the channel draws it",
    ),
    Arrow(
        "only bot/telegram speaks to Telegram",
        outside("bot/telegram", "bot/__main__.py"),
        named("telegram"),
        "move this into bot/telegram, or hand over plain values",
    ),
    Arrow(
        "only the accounts know Flask-Security",
        lambda path: path.startswith("storage/") and not ACCOUNTS(path),
        named("flask_security"),
        "keep accounts in storage/rows/accounts.py and storage/accounts.py",
    ),
    Arrow(
        "only the store and the key's guard speak to Amazon",
        outside("storage/stores/s3.py", "storage/kms.py"),
        named("boto3", "botocore"),
        "go through the document store's Protocol",
    ),
    Arrow(
        "only one module speaks to Vault",
        outside("storage/vault.py"),
        named("hvac"),
        "go through the master key's guard",
    ),
    Arrow(
        "only one module speaks Swift",
        outside("storage/stores/swift.py"),
        named("swiftclient"),
        "go through the document store's Protocol",
    ),
    Arrow(
        "only the document code reads XML",
        outside("records/cda", "records/deidentify", "records/deidentify.py"),
        named("lxml", "xml"),
        "call records.cda, which guards its parser",
    ),
)

CLOCK_AND_SETTINGS = Arrow(
    "records reads no clock and no environment",
    within("records"),
    lambda called: (
        called
        in {
            *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"),
            *(
                "datetime.date.today",
                "time.time",
                "time.time_ns",
                "time.monotonic",
                "time.localtime",
            ),
            *("time.gmtime", "time.perf_counter", "os.getenv", "os.environ"),
        }
    ),
    "take the time (`now`, `today`) or the setting as an argument",
)


def sources(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Give every module of the four rooms and wsgi.py, parsed, with its path."""
    files = [file for name in ROOMS for file in sorted((root / name).rglob("*.py"))]
    for file in [*files, *root.glob("wsgi.py")]:
        path = file.relative_to(root).as_posix()
        yield path, ast.parse(file.read_text(encoding="utf-8"), filename=path)


def imports(path: str, tree: ast.Module) -> Iterator[Use]:
    """Give every import in a module: inside functions, for types only, relative and by name too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Use(path, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            yield from (Use(path, node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif (name := _imported_by_name(node)) is not None:
            yield Use(path, node.lineno, name)


def _absolute(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = path.split("/")[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def _imported_by_name(node: ast.AST) -> str | None:
    match node:
        case ast.Call(
            func=ast.Name("__import__" | "import_module") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(str(name)), *_],
        ):
            return name
    return None


def mentions(path: str, tree: ast.Module) -> Iterator[Use]:
    """Give every dotted name a module uses, spelled in full by way of its imports."""
    known = _known_names(path, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (dotted := _dotted(node)):
            first, _, rest = dotted.partition(".")
            if first in known:
                yield Use(path, node.lineno, f"{known[first]}.{rest}" if rest else known[first])


def _known_names(path: str, tree: ast.Module) -> dict[str, str]:
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                known[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            known |= {alias.asname or alias.name: f"{base}.{alias.name}" for alias in node.names}
    return known


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return None


def broken(root: Path, arrow: Arrow) -> list[str]:
    """Return one line for each place that breaks this rule: where, what, and what to do."""
    read = mentions if arrow is CLOCK_AND_SETTINGS else imports
    found = {
        (use.path, use.line, use.name)
        for path, tree in sources(root)
        if arrow.governs(path)
        for use in read(path, tree)
        if arrow.forbids(use.name)
    }
    return [
        f"{path}:{line} uses {name}, but {arrow.title}: {arrow.instead}"
        for path, line, name in sorted(found)
    ]
