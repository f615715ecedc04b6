"""What stands in a database setting, read without the database library, and as that library reads it."""

import pytest
from sqlalchemy import make_url

from agent_desktop import server_address
from agent_desktop.server_address import BadAddress, ServerAddress, made, parse

WRITTEN = [
    "postgresql://dana@db.centre.example/centre",
    "postgresql://dana:s%40cr%2Fet%3A1@db.centre.example:5433/centre?sslrootcert=/etc/ssl/ca.pem",
    "postgresql+psycopg://d%C3%A9p%40x@[2001:db8::1]:5433/my%20centre",
    "postgresql://dana:x@/centre?host=db1:5432&host=db2:5432&target_session_attrs=read-write",
    "postgresql://db.centre.example/centre",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_read_as_the_database_library_reads_it(text: str) -> None:
    found, meant = parse(text), make_url(text)
    assert found is not None
    assert (found.login, found.password, found.database) == (
        meant.username or "",
        meant.password or "",
        meant.database,
    )
    assert make_url(found.full_url) == meant.set(drivername="postgresql")
    bare = make_url(found.url)
    assert bare.password is None
    assert bare.set(password=meant.password) == meant.set(drivername="postgresql")


@pytest.mark.parametrize(
    ("text", "url", "password"),
    [
        ("postgresql://dana@db/centre?sslmode=require&password=s%40cret", "postgresql://dana@db/centre?sslmode=require",
         "s@cret"),
        ("postgresql://db/centre?user=dana&password=", "postgresql://dana@db/centre", ""),
        ("postgresql://dana:a#b/c?d@db/centre", "postgresql://dana@db/centre", "a#b/c?d"),
        ("postgresql://[::1/centre", "postgresql://[::1/centre", ""),
    ],
)  # fmt: skip
def test_a_password_is_taken_out_wherever_it_stands(text: str, url: str, password: str) -> None:
    found = parse(text)
    assert found is not None
    assert (found.url, found.password) == (url, password)


@pytest.mark.parametrize("text", ["", "/home/dana/centre.db", "sqlite:///centre.db", "mysql://x/y"])
def test_files_and_others_are_no_servers(text: str) -> None:
    assert parse(text) is None


def test_the_password_is_in_nothing_that_is_shown() -> None:
    found = parse(WRITTEN[1])
    assert found is not None
    for shown in (repr(found), f"{found}", found.url, found.secret_name, found.owner, repr(found.of("jonas"))):
        assert "s%40cr" not in shown
        assert "s@cr" not in shown
    assert found.of("jonas").password == ""
    assert found.of("dana").password == found.password


def test_whose_journal_it_is_stays_when_the_server_moves() -> None:
    here, there = made("db1", "centre", "dana"), made("db2:5433", "centre", "dana")
    assert here.owner == there.owner
    assert len({here.owner, here.of("jonas").owner, made("db1", "test", "dana").owner}) == 3
    assert here.secret_name != there.secret_name, "a password goes only to the server it was typed for"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        (" db.centre.example ", "postgresql://dana@db.centre.example/centre"),
        ("db:5433", "postgresql://dana@db:5433/centre"),
        ("db:5432", "postgresql://dana@db/centre"),
        ("2001:db8::1", "postgresql://dana@[2001:db8::1]/centre"),
        ("db1, db2:5433,2001:db8::1", "postgresql://dana@db1,db2:5433,[2001:db8::1]/centre"),
        ("[2001:db8::1]:5433", "postgresql://dana@[2001:db8::1]:5433/centre"),
        ("postgresql://x:y@db/other?sslmode=require", "postgresql://dana@db/centre?sslmode=require"),
    ],
)
def test_what_people_type_as_a_server(host: str, url: str) -> None:
    assert made(host, "centre", "dana").url == url


@pytest.mark.parametrize(
    ("host", "database", "part"),
    [("", "centre", "host"), ("db server", "centre", "host"), ("db:99999", "centre", "host"), ("db/x", "c", "host"),
     ("db1,", "c", "host"), ("postgresql://[::1/centre", "", "host"), ("postgresql://db:x/centre", "", "host"),
     ("postgresql://db", "", "database"),
     ("a@b", "centre", "host"), ("db", " ", "database")],
)  # fmt: skip
def test_what_is_no_address_is_told(host: str, database: str, part: str) -> None:
    with pytest.raises(BadAddress) as told:
        made(host, database, "dana")
    assert told.value.part == part


def test_several_hosts_are_named_to_people() -> None:
    found = parse(WRITTEN[3])
    assert found is not None
    assert found.shown_host == "db1:5432, db2:5432"
    assert made("db1,db2", "centre", "dana").shown_host == "db1, db2"
    assert ServerAddress("", "centre").shown_host == "localhost"
    assert server_address.parse(None) is None
