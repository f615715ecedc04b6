"""Every way in which a connection can fail is told in its own words, by a real server with real certificates."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.data import access, connect
from agent_desktop.data.db import Database, url_of
from agent_desktop.data.errors import _WORDS, DatabaseTrouble, Trouble
from tests.support import postgres
from tests.support.certificates import Authority
from tests.support.postgres import Server

NAME = "db.centre.example"  # a remote host by name, reached at this computer's address
REMOTE = f"?hostaddr={postgres.HOST}"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def secure(server: Server, authority: Authority) -> Server:
    server.secure(authority.server(NAME))
    server.until_set("ssl", "on")
    return server


def refused(url: str) -> DatabaseTrouble:
    with pytest.raises(DatabaseTrouble) as caught:
        Database.open(url)
    assert "postgres" not in caught.value.text.lower(), "words for people"
    assert caught.value.advice
    return caught.value


def encrypted(url: str) -> str:
    """The version of TLS that a connection uses."""
    from sqlalchemy import text

    with closing(Database.open(url)) as database, database.read() as session:
        return str(session.execute(text("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).scalar_one())


# ------------------------------------------------------------------ TLS


def test_a_remote_server_is_asked_who_it_is_without_being_told_to(
    secure: Server, centre: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = secure.url(centre, "dana", "dana", host=NAME) + REMOTE
    trouble = refused(url)
    assert trouble.kind is Trouble.CERTIFICATE, "no authority of this computer knows it"
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").write_bytes(authority.file.read_bytes())
    assert encrypted(url).startswith("TLS")


def test_the_authority_can_stand_in_the_address(secure: Server, centre: str, authority: Authority) -> None:
    url = secure.url(centre, "dana", "dana", host=NAME) + REMOTE
    assert encrypted(f"{url}&sslrootcert={authority.file}").startswith("TLS")


def test_another_name_in_the_certificate_is_refused(secure: Server, centre: str, authority: Authority) -> None:
    url = secure.url(centre, "dana", "dana", host="other.example") + REMOTE
    assert refused(f"{url}&sslrootcert={authority.file}").kind is Trouble.CERTIFICATE


def test_an_expired_certificate_is_refused(secure: Server, centre: str, authority: Authority) -> None:
    url = secure.url(centre, "dana", "dana", host=NAME) + REMOTE + f"&sslrootcert={authority.file}"
    secure.secure(authority.server(NAME, expired=True))
    try:
        postgres.until(lambda: _kind(url) is Trouble.CERTIFICATE, "the new certificate is used")
    finally:
        secure.secure(authority.server(NAME))
        postgres.until(lambda: _kind(url) is None, "the good certificate is used again")


def _kind(url: str) -> Trouble | None:
    try:
        Database.open(url).close()
    except DatabaseTrouble as trouble:
        return trouble.kind
    return None


def test_a_server_without_tls_is_refused(server: Server, centre: str) -> None:
    with postgres.running() as plain:
        trouble = refused(plain.url("postgres", host=NAME) + REMOTE)
    assert trouble.kind is Trouble.CERTIFICATE


def test_a_file_of_authorities_that_is_not_there(secure: Server, centre: str) -> None:
    url = secure.url(centre, "dana", "dana", host=NAME) + REMOTE
    assert refused(f"{url}&sslrootcert=/nowhere/ca.pem").kind is Trouble.CERTIFICATE


# ------------------------------------------------------------------ who signs in


def test_a_wrong_password(server: Server, centre: str) -> None:
    trouble = refused(server.url(centre, "dana", "mistaken"))
    assert trouble.kind is Trouble.WRONG_PASSWORD
    assert "mistaken" not in str(trouble)


def test_no_password(server: Server, centre: str) -> None:
    assert refused(f"postgresql://dana@{postgres.HOST}:{server.port}/{centre}").kind is Trouble.WRONG_PASSWORD


def test_a_role_whose_time_is_up(server: Server, centre: str) -> None:
    """The centre says so itself; a month later the server does not know the password, and its words say why."""
    owner = Database.open(server.url(centre))
    access.grant(owner, access.Grant("jonas", "agent", "jonas", until=postgres.days_ago(1)))
    assert refused(server.url(centre, "jonas", "jonas")).kind is Trouble.EXPIRED
    access.grant(owner, access.Grant("jonas", "agent", "jonas", until=postgres.days_ago(31)))
    trouble = refused(server.url(centre, "jonas", "jonas"))
    assert trouble.kind is Trouble.WRONG_PASSWORD
    assert "valid no longer" in trouble.advice
    access.grant(owner, access.Grant("jonas", "agent", "jonas"))
    Database.open(server.url(centre, "jonas", "jonas")).close()
    owner.close()


def test_a_login_that_was_switched_off_on_the_server(server: Server, centre: str) -> None:
    server.execute("ALTER ROLE jonas NOLOGIN")
    try:
        assert refused(server.url(centre, "jonas", "jonas")).kind is Trouble.EXPIRED
    finally:
        server.execute("ALTER ROLE jonas LOGIN")


def test_a_database_that_is_not_there(server: Server, centre: str) -> None:
    assert refused(server.url("nowhere", "dana", "dana")).kind is Trouble.MISSING


def test_a_database_of_something_else(server: Server) -> None:
    with server.database() as name:
        assert refused(server.url(name)).kind is Trouble.MISSING


# ------------------------------------------------------------------ the way there


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never says anything."""
    with socket.create_server((postgres.HOST, 0)) as listening:
        yield listening.getsockname()[1]


def test_nobody_there() -> None:
    trouble = refused(f"postgresql://dana:x@{postgres.HOST}:9/centre")
    assert trouble.kind is Trouble.UNREACHABLE
    assert postgres.HOST in trouble.advice


def test_a_name_that_nobody_knows() -> None:
    trouble = refused("postgresql://dana:x@no-such-host.invalid/centre")
    assert trouble.kind is Trouble.UNREACHABLE
    assert "no-such-host.invalid" in trouble.advice


def test_a_server_that_says_nothing(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_desktop.data.db.CONNECT_TIMEOUT_S", 2)
    assert refused(f"postgresql://dana:x@{postgres.HOST}:{silent}/centre").kind is Trouble.UNREACHABLE


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(("url", "remote"), [
    ("postgresql:///centre", False),
    ("postgresql://localhost/centre", False),
    ("postgresql://127.0.0.1:5433/centre", False),
    ("postgresql://dana@[::1]/centre", False),
    ("postgresql:///centre?host=/var/run/postgresql", False),
    ("postgresql://db.example/centre", True),
    ("postgresql://192.0.2.7/centre", True),
    ("postgresql:///centre?host=127.0.0.1:5432&host=b.example:5432", True),
    ("postgresql:///centre?host=a.example,b.example", True),
])  # fmt: skip
def test_which_hosts_are_remote(url: str, remote: bool) -> None:
    secured = url_of(url)
    assert connect.is_remote(secured) is remote
    assert (secured.query.get("sslmode") == "verify-full") is remote
    assert ("sslrootcert" in secured.query) is remote
    assert secured.drivername == "postgresql+psycopg"


@pytest.mark.parametrize("written", [
    "postgresql://dana@{0}:9,{0}:{1}/{2}",
    "postgresql://dana@/{2}?host={0}:9,{0}:{1}",
    "postgresql://dana@/{2}?host={0}:9&host={0}:{1}",
])  # fmt: skip
def test_of_several_hosts_the_one_that_answers_and_can_be_written_to(server: Server, centre: str, written: str) -> None:
    url = written.format(postgres.HOST, server.port, centre).replace("dana@", "dana:dana@")
    assert url_of(url).query["target_session_attrs"] == "read-write"
    with closing(Database.open(url)) as database:
        assert database._hosts.good == (postgres.HOST, str(server.port))
    server.execute(f"ALTER DATABASE {centre} SET default_transaction_read_only = on")
    assert refused(url).kind is Trouble.UNREACHABLE, "a standby"


def test_the_host_that_was_right_is_asked_first_and_a_silent_one_last() -> None:
    order, parameters = connect.HostOrder(), {"host": "a,b,c", "port": ",,5433"}
    for good, hosts in ((None, "a,b,c"), (("b", "5432"), "b,a,c"), (("c", "5433"), "c,b,a")):
        order.good = good
        order.arrange(parameters)
        assert parameters["host"] == hosts
    order.gave_no_answer()
    order.arrange(parameters)
    assert parameters == {"host": "b,a,c", "port": ",,5433"}


def test_what_somebody_chose_stays() -> None:
    assert url_of("postgresql://db.example/centre?sslmode=disable").query == {"sslmode": "disable"}
    chosen = url_of("postgresql://db.example/centre?sslrootcert=/etc/ca.pem")
    assert chosen.query == {"sslrootcert": "/etc/ca.pem", "sslmode": "verify-full"}


def test_every_trouble_has_words_of_its_own() -> None:
    assert set(_WORDS) == set(Trouble)
    assert len({words[0] for words in _WORDS.values()}) == len(Trouble)
