"""The address of a database server as it stands in the settings: who signs in where. Read without the database library.

A password may stand in an address that somebody typed; it is taken out before the address is kept or shown.
"""

import re
from urllib.parse import parse_qsl, quote, unquote

import msgspec
from msgspec.structs import replace

_SCHEMES = ("postgresql", "postgresql+psycopg", "postgres")
DEFAULT_PORT = 5432
_WITH_PORT = re.compile(r"([^\s/@?#\[\]:,]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
# As the database library reads it: whatever stands in a password, and whatever else somebody mistyped.
_PARTS = re.compile(
    r"(?:(?P<login>[^:/]*)(?::(?P<password>[^@]*))?@)?(?P<host>[^/?]*)(?:/(?P<database>[^?]*))?(?:\?(?P<options>.*))?",
    re.DOTALL,
)
_BARE_IPV6 = re.compile(r"[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


class BadAddress(ValueError):
    """This is no address of a server; ``part`` is host or database."""

    def __init__(self, part: str):
        super().__init__(part)
        self.part = part


class ServerAddress(msgspec.Struct, frozen=True):
    """``host`` as written, with its port if one was written, several with commas; empty for the computer's own socket,
    and where ``options`` list them."""

    host: str
    database: str
    login: str = ""
    password: str = ""
    options: str = ""

    def __repr__(self) -> str:
        return f"ServerAddress({self.url!r})"

    @property
    def url(self) -> str:
        """Without the password."""
        return self._url("")

    @property
    def full_url(self) -> str:
        """With the password that stood in it, if one did: never to be kept or shown."""
        return self._url(self.password)

    @property
    def shown_host(self) -> str:
        """The host or hosts, for people."""
        listed = [value for name, value in parse_qsl(self.options) if name == "host"]
        return self.host.replace(",", ", ") or ", ".join(listed) or "localhost"

    @property
    def secret_name(self) -> str:
        """Under which name the keyring holds this login's password."""
        return f"db:{self.login}@{self.shown_host}/{self.database}"

    @property
    def owner(self) -> str:
        """Whose journal it is: a login of a database, by whatever name its server is reached."""
        return f"{self.login}@{self.database}" if self.login else ""

    def of(self, login: str) -> "ServerAddress":
        """The same for somebody else."""
        return self if login == self.login else replace(self, login=login, password="")

    def _url(self, password: str) -> str:
        who = quote(self.login, safe="") + (f":{quote(password, safe='')}" if password else "")
        options = f"?{self.options}" if self.options else ""
        return f"postgresql://{who}{'@' if who else ''}{self.host}/{quote(self.database, safe='')}{options}"


def parse(where: object) -> ServerAddress | None:
    """The address in a database setting; None for a file, which knows no logins."""
    scheme, colon, rest = str(where).partition("://")
    if not colon or scheme not in _SCHEMES:
        return None
    parts = _PARTS.fullmatch(rest)
    if parts is None:
        return None
    login, password, options = parts["login"] or "", parts["password"] or "", []
    for option in filter(None, (parts["options"] or "").split("&")):
        match dict(parse_qsl(option, keep_blank_values=True)):
            case {"password": said}:  # the one that counts, for the database library
                password = quote(said)
            case {"user": said}:
                login = quote(said)
            case _:
                options.append(option)
    database = unquote(parts["database"] or "")
    return ServerAddress(parts["host"], database, unquote(login), unquote(password), "&".join(options))


def made(host: str, database: str, login: str) -> ServerAddress:
    """From what somebody typed: "db.centre.example", "db:5433", "2001:db8::1", "db1,db2", or a whole address.

    Raises BadAddress.
    """
    host, database = host.strip(), database.strip()
    found = parse(host)
    if found is not None:
        for each in filter(None, found.host.split(",")):
            _one_host(each)
        found = replace(found, database=database or found.database, login=login, password="")
    else:
        found = ServerAddress(",".join(_one_host(each.strip()) for each in host.split(",")), database, login)
    if not found.database:
        raise BadAddress("database")
    return found


def _one_host(host: str) -> str:
    if _BARE_IPV6.fullmatch(host):
        host = f"[{host}]"
    read = _WITH_PORT.fullmatch(host)
    if read is None or (read[2] and not 0 < int(read[2]) < 65_536):
        raise BadAddress("host")
    usual = not read[2] or int(read[2]) == DEFAULT_PORT
    return read[1] if usual else f"{read[1]}:{read[2]}"
