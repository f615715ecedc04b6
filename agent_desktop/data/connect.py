"""How a database server is reached: TLS that proves the server for every host but this computer, failures in words."""

import ssl
from pathlib import Path

from sqlalchemy import URL

from agent_desktop.data.errors import DatabaseTrouble, Trouble

CONNECT_TIMEOUT_S = 5
_THIS_COMPUTER = ("localhost", "127.", "::1", "/")  # a path is a socket of this computer

# What the client library and the server say, in the words of the C locale; a refused connection carries no code.
_WORDS = (
    ("password authentication failed", Trouble.WRONG_PASSWORD),
    ("no password supplied", Trouble.WRONG_PASSWORD),
    ("certificate verify failed", Trouble.CERTIFICATE),
    ("does not match host name", Trouble.CERTIFICATE),
    ("root certificate file", Trouble.CERTIFICATE),
    ("server does not support ssl", Trouble.CERTIFICATE),
    ("channel binding", Trouble.CERTIFICATE),
    ("certificate", Trouble.CERTIFICATE),
    ("is not permitted to log in", Trouble.EXPIRED),
    ("permission denied for database", Trouble.STRANGER),
    ("no pg_hba.conf entry", Trouble.STRANGER),
    ("does not exist", Trouble.MISSING),  # the database; an unknown role is a wrong password
)


def hosts(url: URL) -> tuple[str, ...]:
    """The host names in a URL, which may list several; empty for the socket of this computer."""
    listed = url.query.get("host", ())
    names = [listed] if isinstance(listed, str) else list(listed)
    found = [part.rpartition(":")[0] or part for name in names for part in name.split(",")]
    return tuple(filter(None, [url.host or "", *found]))


def is_remote(url: URL) -> bool:
    """Whether any of its hosts is another computer."""
    return any(not host.startswith(_THIS_COMPUTER) for host in hosts(url))


def secured(url: URL) -> URL:
    """The URL with ``sslmode=verify-full`` and a file of trusted authorities, where a remote one says nothing else.

    Of several hosts the one that can be written to is meant.
    """
    added: dict[str, str] = {}
    if len(hosts(url)) > 1 and "target_session_attrs" not in url.query:
        added["target_session_attrs"] = "read-write"
    if not is_remote(url):
        return url.update_query_dict(added) if added else url
    mode = url.query.get("sslmode", "verify-full")
    if "sslmode" not in url.query:
        added["sslmode"] = "verify-full"
    if "sslrootcert" not in url.query and mode in ("verify-full", "verify-ca"):
        own = Path("~/.postgresql/root.crt").expanduser()  # where the client library itself looks
        system = ssl.get_default_verify_paths().cafile
        if not own.exists() and system:
            added["sslrootcert"] = system
    return url.update_query_dict(added) if added else url


def trouble_of_connecting(error: BaseException, url: URL) -> DatabaseTrouble:
    """Why no connection came to be; ``error`` is the driver's, without a code of its own."""
    said = str(error).strip()
    lowered = said.lower()
    kind = next((kind for words, kind in _WORDS if words in lowered), Trouble.UNREACHABLE)
    detail = said.splitlines()[0] if said else type(error).__name__
    advice = ""
    if kind is Trouble.UNREACHABLE:
        where = ", ".join(hosts(url)) or "this computer"
        advice = f"Check the network and that {where} is the right address; what you enter is kept here and sent later."
    return DatabaseTrouble(kind, detail, advice=advice)


_STANDING = {
    "expired": (Trouble.EXPIRED, "", ""),
    "inactive": (
        Trouble.EXPIRED,
        "Your login has been switched off.",
        "Ask your administrator; what you enter is kept here and sent when it is on again.",
    ),
    "unknown": (Trouble.STRANGER, "", ""),
}


def trouble_of_standing(standing: str) -> DatabaseTrouble | None:
    """Why a login that the server let in is not let in by the centre; None when it is."""
    if standing not in _STANDING:
        return None
    kind, text, advice = _STANDING[standing]
    return DatabaseTrouble(kind, f"standing: {standing}", text, advice)
