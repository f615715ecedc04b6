"""A report as an e-mail, handed to a mail server over TLS; whether it may have gone is always known."""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from agent_desktop.collector.collector_settings import MailConfig

TIMEOUT_S = 30.0
_KINDS = {
    "pdf": ("application", "pdf"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("text", "csv"),
}


class NotSent(Exception):
    """Nothing went out; it may be tried again. The text says why."""


class Unclear(Exception):
    """The connection ended after the mail was handed over and before the server said that it has it."""


def message(config: MailConfig, to: Sequence[str], subject: str, body: str, file: Path) -> EmailMessage:
    """The mail with a file beside its words."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = config.sender, ", ".join(to), " ".join(subject.split())
    mail["Date"] = formatdate()
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    main, sub = _KINDS[file.suffix.lstrip(".")]
    mail.add_attachment(file.read_bytes(), maintype=main, subtype=sub, filename=file.name)
    return mail


def allowed(config: MailConfig, to: Sequence[str]) -> list[str]:
    """Those of the addresses that the collector's file lets reports go to."""
    domains = {domain.casefold() for domain in config.domains}
    return [address for address in to if not domains or address.rpartition("@")[2].casefold() in domains]


def send(config: MailConfig, secret: str, mail: EmailMessage, to: Sequence[str], sending: Callable[[], None]) -> str:
    """Hand it over; ``sending`` is called when the server has taken all but the mail itself. Returns who was refused,
    in words. Raises NotSent, Unclear.
    """
    try:
        server = _reach(config)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_words(error)) from error
    try:
        refused = _envelope(server, config, secret, to)
        sending()
        try:
            code, answer = server.data(mail.as_bytes())
        except (smtplib.SMTPServerDisconnected, TimeoutError, OSError) as error:
            if isinstance(error, smtplib.SMTPDataError):  # the server said no before it was given anything
                raise NotSent(_words(error)) from error
            raise Unclear(_words(error)) from error
        if code != 250:
            raise NotSent(f"{code} {answer.decode('utf-8', 'replace')}")
    finally:
        server.close()
    return "; ".join(refused)


def _reach(config: MailConfig) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=config.ca or None) if config.tls != "none" else None
    if config.tls == "tls":
        assert context is not None
        return smtplib.SMTP_SSL(config.host, config.port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(config.host, config.port, timeout=TIMEOUT_S)
    if context is not None:
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _envelope(server: smtplib.SMTP, config: MailConfig, secret: str, to: Sequence[str]) -> list[str]:
    """Sign in, and say from whom and to whom; those the server does not take. Raises NotSent."""
    try:
        server.ehlo_or_helo_if_needed()
        if config.user:
            server.login(config.user, secret)
        code, answer = server.mail(config.sender)
        if code != 250:
            raise NotSent(f"{code} {answer.decode('utf-8', 'replace')}")
        refused = []
        for address in to:
            code, answer = server.rcpt(address)
            if code not in (250, 251):
                refused.append(f"{address}: {code} {answer.decode('utf-8', 'replace')}")
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_words(error)) from error
    if len(refused) == len(to):
        raise NotSent("; ".join(refused))
    return refused


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__
