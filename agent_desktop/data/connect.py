"""How a database server is reached: TLS that proves the server for every host but this computer, failures in words."""

import re
import ssl
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.told import mark, told

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


_SEVERAL = re.compile(
    r"(?P<scheme>[^:/]+://)(?P<who>[^/@]*@)?(?P<hosts>[^/?#@]*,[^/?#@]*)(?P<path>/[^?#]*)?(?P<rest>\?.*)?"
)


def spread(where: str) -> str:
    """An address that lists several hosts as PostgreSQL's own programs take them, in the form SQLAlchemy reads."""
    found = _SEVERAL.fullmatch(where)
    if found is None:
        return where
    listed = "&".join(f"host={host}" for host in found["hosts"].split(",") if host)
    rest = (found["rest"] or "?").lstrip("?")
    return f"{found['scheme']}{found['who'] or ''}{found['path'] or '/'}?{listed}{'&' if rest else ''}{rest}"


class HostOrder:
    """Of several hosts the one that was right the last time is asked first, one that gave no answer last: a frozen one
    takes as long as it may.
    """

    def __init__(self) -> None:
        self.good: tuple[str, str] | None = None
        self._silent: tuple[str, str] | None = None

    def reached(self, driver: Any) -> None:
        """This connection is to the right one."""
        self.good = (driver.info.host, str(driver.info.port))

    def gave_no_answer(self) -> None:
        """The one that was right is so no more."""
        self._silent, self.good = self.good, None

    def arrange(self, parameters: dict[str, Any]) -> None:
        """Put the driver's ``host`` and ``port`` in order."""
        names, ports = str(parameters.get("host", "")).split(","), str(parameters.get("port", "")).split(",")
        if len(names) < 2 or len(names) != len(ports) or "hostaddr" in parameters:
            return

        def place(each: tuple[str, str]) -> tuple[bool, bool]:
            written = (each[0], each[1] or "5432")
            return written == self._silent, written != self.good

        listed = sorted(zip(names, ports, strict=True), key=place)
        parameters["host"] = ",".join(name for name, _ in listed)
        parameters["port"] = ",".join(port for _, port in listed)


def leave_only_others(parameters: MutableMapping[str, Any], driver: Any) -> bool:
    """Take the host of this connection out of the driver's parameters; False where no other is left."""
    names, ports = str(parameters.get("host", "")).split(","), str(parameters.get("port", "")).split(",")
    if len(names) < 2 or len(names) != len(ports) or "hostaddr" in parameters:
        return False
    here = (driver.info.host, str(driver.info.port))
    others = [each for each in zip(names, ports, strict=True) if (each[0], each[1] or "5432") != here]
    parameters["host"], parameters["port"] = (",".join(each[part] for each in others) for part in (0, 1))
    return bool(others)


def hosts(url: URL) -> tuple[str, ...]:
    """The host names in a URL, which may list several; empty for the socket of this computer."""
    listed = url.query.get("host", ())
    names = [listed] if isinstance(listed, str) else list(listed)
    found = [part.rpartition(":")[0] or part for name in names for part in name.split(",")]
    return tuple(filter(None, [url.host or "", *found]))


def takes_writes_somewhere(url: URL) -> bool:
    """Whether of several hosts the one is meant that can be written to, whichever that is."""
    return len(hosts(url)) > 1 and url.query.get("target_session_attrs") in ("read-write", "primary")


def is_remote(url: URL) -> bool:
    """Whether any of its hosts is another computer."""
    return any(not host.startswith(_THIS_COMPUTER) for host in hosts(url))


def secured(url: URL) -> URL:
    """The URL with ``sslmode=verify-full`` and a file of trusted authorities, where a remote one says nothing else.

    Of several hosts the one that can be written to is meant.
    """
    listed = url.query.get("host", ())
    if isinstance(listed, str) and "," in listed:
        url = url.set(query={**url.query, "host": tuple(listed.split(","))})
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
        where = ", ".join(hosts(url)) or told("this computer")
        advice = told(
            "Check the network and that {0} is the right address; what you enter is kept here and sent later."
        )
        advice = advice.format(where)
    return DatabaseTrouble(kind, detail, advice=advice)


_STANDING = {
    "expired": (Trouble.EXPIRED, "", ""),
    "inactive": (
        Trouble.EXPIRED,
        mark("Your login has been switched off."),
        mark("Ask your administrator; what you enter is kept here and sent when it is on again."),
    ),
    "unknown": (Trouble.STRANGER, "", ""),
}


def trouble_of_standing(standing: str) -> DatabaseTrouble | None:
    """Why a login that the server let in is not let in by the centre; None when it is."""
    if standing not in _STANDING:
        return None
    kind, words, advice = _STANDING[standing]
    return DatabaseTrouble(kind, told("standing: {0}").format(standing), words, advice)


def check_standing(session: Session) -> None:
    """Raise DatabaseTrouble unless who is signed in may work in this centre now. Servers only."""
    trouble = trouble_of_standing(session.execute(text("SELECT access.standing()")).scalar_one())
    if trouble is not None:
        raise trouble
