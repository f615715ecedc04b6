"""What a collector is told by its file, and the passwords, which stand in none."""

import ipaddress
import os
import re
import socket
import ssl
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from agent_desktop import secrets
from agent_desktop.core.recording_review import is_public_key

_SECRET = re.compile(r"://[^/@:]*:[^/@]|[?&]password=")


class BadConfig(Exception):
    """The file cannot be used; the text says what to change."""


class PbxConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One manager. ``interface`` is what QueueAdd is given for an agent's extension."""

    name: str
    host: str = "127.0.0.1"
    port: int = 5038
    user: str = "agent-desktop"
    tls: bool = False
    ca: str = ""
    interface: str = "PJSIP/{extension}"
    context: str = "agent-desktop-agents"  # where a waiting caller is sent by a redirect
    monitor_context: str = "agent-desktop-monitor"

    @property
    def secret_name(self) -> str:
        """Under which name its password is kept."""
        return f"pbx-{self.name}"

    def tls_context(self) -> ssl.SSLContext | None:
        """How the PBX proves itself; None for a plain connection on this computer."""
        return ssl.create_default_context(cafile=self.ca or None) if self.tls else None


class MailConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Through which server reports are sent; its password is kept as ``mail``. ``domains``: where to; none is all."""

    host: str
    sender: str
    port: int = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    ca: str = ""
    user: str = ""
    domains: tuple[str, ...] = ()


class CollectorConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One collector. Durations are in seconds."""

    database: str
    pbx: tuple[PbxConfig, ...]
    name: str = ""
    state_dir: str = ""
    lease_s: float = 3.0
    reconcile_s: float = 60.0
    request_s: float = 30.0  # a request that is older was meant for another moment
    reports_dir: str = ""  # where reports that make themselves are filed; folders of schedules are below it
    language: str = ""  # of reports and their mails: de, pt_BR; empty: English
    mail: MailConfig | None = None
    secrets_to: str = ""  # age1...: to which public key secrets that callers type are encrypted

    @property
    def called(self) -> str:
        """The collector's name."""
        return self.name or socket.gethostname()

    @property
    def reports(self) -> Path | None:
        """The folder for reports, if there is one."""
        return Path(self.reports_dir) if self.reports_dir else None

    @property
    def state(self) -> Path:
        """Where its spool lies."""
        given = self.state_dir or os.environ.get("STATE_DIRECTORY", "")
        if not given:
            raise BadConfig("state_dir is missing: a folder for what the database cannot take for a while.")
        return Path(given)


def load(file: Path) -> CollectorConfig:
    """Read the file. Raises BadConfig, OSError."""
    try:
        config = msgspec.convert(tomllib.loads(file.read_text("utf-8")), CollectorConfig)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadConfig(f"{file}: {error}") from error
    if _SECRET.search(config.database):
        raise BadConfig(f"{file}: a password has no place in it: it comes as a credential, or from the keyring.")
    if not config.pbx:
        raise BadConfig(f"{file}: there is no [[pbx]] in it.")
    if len({pbx.name for pbx in config.pbx}) < len(config.pbx):
        raise BadConfig(f"{file}: two PBXs have the same name.")
    if config.mail is not None:
        _check_mail(file, config.mail)
    if config.secrets_to and not is_public_key(config.secrets_to):
        raise BadConfig(f"{file}: secrets_to is no public key, as agent-desktop recording keygen makes one.")
    for pbx in config.pbx:
        if not pbx.name:
            raise BadConfig(f"{file}: a PBX has no name.")
        if not pbx.tls and not _is_this_computer(pbx.host):
            raise BadConfig(f"{file}: {pbx.host} is another computer: its manager needs tls = true.")
    return config


def _check_mail(file: Path, mail: MailConfig) -> None:
    if mail.tls == "none" and not _is_this_computer(mail.host):
        raise BadConfig(f"{file}: {mail.host} is another computer: mail goes there by tls or starttls.")
    if "@" not in mail.sender:
        raise BadConfig(f"{file}: the mail's sender is an e-mail address.")


def password(name: str) -> str:
    """A secret: a systemd credential of this name, else the keyring's. "" when there is none."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if folder:
        try:
            return (Path(folder) / name).read_text("utf-8").strip()
        except FileNotFoundError:
            pass
    return secrets.read(f"collector:{name}") or ""


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
