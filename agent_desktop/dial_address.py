"""What a tel:, sip:, sips: or callto: link, or a typed number, asks to be called.

RFC 3966 (tel), RFC 3261 section 19 (sip, sips); callto never had a standard: a number, or an address. Links come from
web pages and mails: nothing of one is believed but whom to call.
"""

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

import msgspec

MAX_LENGTH = 256  # of the longest addresses that mean anything, many times over
_SCHEME = re.compile(r"(tel|sips?|callto):(//)?", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WRITTEN_USER = re.compile(r"(?:[A-Za-z0-9_.!~*'()&=+$,;?/#-]|%[0-9A-Fa-f]{2})+")
_USER = re.compile(r"[\w .!~*'()&=+$,;?/#-]{1,128}")
_IN_USER = "!~*'()&=+$,;/-"  # and letters, digits, "_", "."; RFC 3261 section 25.1, all else is escaped
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}))(?::([0-9]{1,5}))?")
_TRANSPORT = re.compile(r"udp|tcp|tls", re.IGNORECASE)
_NUMBER = re.compile(r"[+*#0-9A-Za-z().\-/ \u00a0\u2009\u202f]+")
_EXTENSION = re.compile(r"[0-9*#]{1,20}")
_CONTEXT = re.compile(r"\+[0-9().\-]{1,20}")
_SEPARATORS = str.maketrans("", "", "-.() \u00a0\u2009\u202f")


class NotDialable(ValueError):
    """``why``: long, control (characters that steer), number (no number and no address)."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class DialAddress(msgspec.Struct, frozen=True):
    """``text`` is a number as one may type it, or a whole SIP address; ``extension`` is what to dial once answered."""

    text: str
    is_sip: bool = False
    extension: str = ""


def parse(raw: str) -> DialAddress:
    """Understand a link or what was typed. Raises NotDialable."""
    text = raw.strip()
    if len(text) > MAX_LENGTH:
        raise NotDialable("long")
    _check(text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _typed(text)
    rest, kind = text[scheme.end() :], scheme[1].lower()
    if kind in ("sip", "sips"):
        return DialAddress(_sip(kind, rest), is_sip=True)
    if kind == "callto":
        rest = _decoded(rest.partition("?")[0])
        return DialAddress(_sip("sip", rest), is_sip=True) if "@" in rest else _number(rest.partition(";")[0])
    return _tel(rest)


def _typed(text: str) -> DialAddress:
    """As in a dial field: a number, or user@host; another kind of link is neither."""
    user, at, _host = text.partition("@")
    if at and ":" not in user:
        return DialAddress(_sip("sip", text), is_sip=True)
    head, _, parameters = text.partition(";")
    return _number(head, _parameter(parameters, "ext"))


def _tel(rest: str) -> DialAddress:
    """RFC 3966: digits with visual separators, then parameters; a global phone-context completes a local number."""
    head, _, parameters = rest.partition("?")[0].partition(";")
    digits = _decoded(head).translate(_SEPARATORS)
    context = _parameter(parameters, "phone-context")
    if _CONTEXT.fullmatch(context) and not digits.startswith("+"):
        digits = context.translate(_SEPARATORS) + digits
    return _number(digits, _parameter(parameters, "ext"))


def _number(text: str, extension: str = "") -> DialAddress:
    bare = "".join(c for c in text if unicodedata.category(c) != "Cf").strip()  # what a paste brings along unseen
    plain = _ascii(unicodedata.normalize("NFKC", bare))
    if not _NUMBER.fullmatch(plain) or not re.search("[0-9]", plain):
        raise NotDialable("number")
    extension = extension.translate(_SEPARATORS)
    return DialAddress(plain, extension=extension if _EXTENSION.fullmatch(extension) else "")


def _ascii(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _sip(scheme: str, rest: str) -> str:
    """The address put together anew from user, host, port and transport: headers and the rest are not ours to send."""
    address = rest.partition("?")[0]
    head, _, parameters = address.rpartition("@")
    host_part, _, after = parameters.partition(";")
    written, _, _password = head.partition(":")
    user = _decoded(written) if _WRITTEN_USER.fullmatch(written) else ""
    host = _HOST.fullmatch(_decoded(host_part))
    if not _USER.fullmatch(user) or host is None or int(host[2] or 5060) not in range(1, 65_536):
        raise NotDialable("number")
    transport = _parameter(after, "transport")
    suffix = f";transport={transport.lower()}" if _TRANSPORT.fullmatch(transport) else ""
    found = f"{scheme}:{quote(user, safe=_IN_USER)}@{host[0]}{suffix}"
    if len(found) > MAX_LENGTH:
        raise NotDialable("long")
    return found


def _parameter(parameters: str, name: str) -> str:
    for parameter in parameters.split(";"):
        key, _, value = parameter.partition("=")
        if key.strip().lower() == name:
            return _decoded(value.strip())
    return ""


def _decoded(text: str) -> str:
    """Percent-decoded once; what is no UTF-8 or hides a control character is refused."""
    if _BAD_ESCAPE.search(text):
        raise NotDialable("number")
    try:
        decoded = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotDialable("control") from error
    _check(decoded)
    return decoded


def _check(text: str) -> None:
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        raise NotDialable("control")
