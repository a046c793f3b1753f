"""What `check` says of lines that are not sealed, and which stores may not be one."""

from datetime import timedelta

import pytest

from records.vocabulary import SegmentKind
from storage.checks import check_apart, check_lines
from storage.cloud.misplaced import Policy
from storage.overflow import Prices, read_policy, read_prices
from storage.settings import SettingUnreadable, read_settings
from storage.stores.address import UnreadableSetting
from storage.stores.roles import of_role, open_stores

KEYED = {"AWS_ACCESS_KEY_ID": "house", "AWS_SECRET_ACCESS_KEY": "x"}
OWN = {"OVERFLOW_AWS_ACCESS_KEY_ID": "own", "OVERFLOW_AWS_SECRET_ACCESS_KEY": "y"}
TLS = "sslmode=verify-full&sslrootcert=system"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"BASE_URL": "http://kanglu.example"}, "BASE_URL"),
        ({"TELEGRAM_API_BASE": "http://10.0.0.9:8081"}, "TELEGRAM_API_BASE"),
        ({"DATABASE_URL": "postgresql://db.example/kanglu"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://db.example/kanglu?sslmode=require"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql:///kanglu?host=db.example"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://localhost,db.example/kanglu"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:secret@10.1.1.1:5432/kanglu"}, "DATABASE_URL"),
    ],
)
def test_a_line_that_anybody_between_can_read_is_named(settings, named) -> None:
    (check,) = check_lines(settings)
    assert not check.works
    assert check.advice.startswith(named)
    assert check.advice.endswith((".", "https."))
    assert "secret" not in check.advice


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"BASE_URL": "https://kanglu.example", "TELEGRAM_API_BASE": "https://api.telegram.org"},
        {"BASE_URL": "http://127.0.0.1:8000", "TELEGRAM_API_BASE": "http://localhost:8081"},
        {"DATABASE_URL": "sqlite:////srv/kanglu.sqlite"},
        {"DATABASE_URL": "postgresql://u:p@127.0.0.1:5433/kanglu"},
        {"DATABASE_URL": "postgresql:///kanglu"},
        {"DATABASE_URL": "postgresql://?host=/var/run/postgresql&dbname=kanglu"},
        {"DATABASE_URL": f"postgresql://db.example/kanglu?{TLS}"},
        {"DATABASE_URL": "postgresql://db.example/kanglu", "PGSSLMODE": "verify-full"},
    ],
)
def test_sealed_lines_and_those_that_stay_here_are_fine(settings) -> None:
    assert [one.works for one in check_lines(settings)] == [True]


def test_two_open_lines_are_two_advices() -> None:
    found = check_lines({"BASE_URL": "http://a.example", "DATABASE_URL": "postgresql://b.example/"})
    assert [one.advice.split(" ")[0] for one in found] == ["BASE_URL", "DATABASE_URL"]


def test_one_bucket_behind_two_addresses_is_found_by_trying(tmp_path) -> None:
    (tmp_path / "released").mkdir()
    opened = stores(
        tmp_path,
        PUBLIC_STORE=f"file://{tmp_path}/released",
        OVERFLOW_STORE=f"file://{tmp_path}/moved",
    )
    assert check_apart(opened) == []
    opened["overflow"] = opened["public"]
    (check,) = check_apart(opened)
    assert not check.works
    assert check.advice.startswith("OVERFLOW_STORE and PUBLIC_STORE are one place")
    assert not [one for one in tmp_path.rglob("*") if one.is_file()], "nothing is left behind"
    assert check_apart({"public": opened["public"]}) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"OVERFLOW_KINDS": "signs,personal_information"}, "OVERFLOW_KINDS"),
        ({"OVERFLOW_AFTER_DAYS": "soon"}, "OVERFLOW_AFTER_DAYS"),
        ({"PRIVATE_QUOTA_GB": "-1"}, "PRIVATE_QUOTA_GB"),
    ],
)
def test_a_policy_that_makes_no_sense_stops_the_start(settings, said) -> None:
    with pytest.raises(SettingUnreadable, match=said):
        read_policy(settings)


def test_the_policy_and_the_prices_are_read() -> None:
    assert read_policy({}) == Policy()
    policy = read_policy(
        {
            "OVERFLOW_KINDS": "signs",
            "OVERFLOW_AFTER_DAYS": "30",
            "OVERFLOW_MIN_KB": "5",
            "PRIVATE_QUOTA_GB": "2.5",
        }
    )
    assert policy == Policy(frozenset({SegmentKind.SIGNS}), timedelta(days=30), 5000, 2_500_000_000)
    prices = read_prices({"PRIVATE_GB_MONTH": "0.2", "OVERFLOW_GB_MONTH": "0.0125"})
    assert prices == Prices(0.2, 0.0125, "USD")
    assert read_prices({}) == Prices()


def stores(tmp_path, **settings: str):
    return open_stores(read_settings({"INSTANCE_DIR": str(tmp_path), **settings}))


def test_each_role_may_have_its_own_credentials(tmp_path) -> None:
    settings = {**KEYED, "PRIVATE_AWS_ACCESS_KEY_ID": "mine", **OWN}
    assert of_role(settings, "private")["AWS_ACCESS_KEY_ID"] == "mine"
    assert of_role(settings, "public")["AWS_ACCESS_KEY_ID"] == "house"
    overflow = of_role(settings, "overflow")
    assert overflow == {"AWS_ACCESS_KEY_ID": "own", "AWS_SECRET_ACCESS_KEY": "y"}
    opened = stores(
        tmp_path,
        PRIVATE_STORE="s3://sealed",
        PUBLIC_STORE="s3://released",
        OVERFLOW_STORE="s3://moved",
        **settings,
    )
    assert list(opened) == ["private", "public", "overflow"]
    assert list(stores(tmp_path)) == ["private", "public"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PRIVATE_STORE": "s3://one", "PUBLIC_STORE": "s3://one", **KEYED}, "the same place"),
        ({"PRIVATE_STORE": "file:///one", "PUBLIC_STORE": "file:///one"}, "the same place"),
        ({"PRIVATE_STORE": "file:///one/", "PUBLIC_STORE": "file:///one"}, "the same place"),
        (
            {
                "PRIVATE_STORE": "swift://sealed-",
                "ST_AUTH": "https://swift.example/auth/v1.0",
                "ST_USER": "house",
                "PUBLIC_STORE": "s3://released",
                "S3_ENDPOINT_URL": "https://s3.example",
                "OVERFLOW_STORE": "s3://released",
                "OVERFLOW_S3_ENDPOINT_URL": "https://S3.example/",
                **KEYED,
                **OWN,
            },
            "OVERFLOW_STORE and PUBLIC_STORE are the same place",
        ),
        ({"OVERFLOW_STORE": "s3://moved", **KEYED}, ""),
        (
            {"OVERFLOW_STORE": "s3://moved", "OVERFLOW_S3_ENDPOINT_URL": "https://s3.example"},
            "OVERFLOW_AWS_ACCESS_KEY_ID is not set",
        ),
        (
            {
                "OVERFLOW_STORE": "s3://moved",
                **{f"OVERFLOW_{name}": value for name, value in KEYED.items()},
                **KEYED,
            },
            "give it some of its own",
        ),
    ],
)
def test_what_must_lie_apart_does(tmp_path, settings, said) -> None:
    if not said:  # without keys of its own it has Amazon's roles, never the house's keys
        assert "AWS_ACCESS_KEY_ID" not in of_role(settings, "overflow")
        return
    with pytest.raises(UnreadableSetting, match=said):
        stores(tmp_path, **settings)
