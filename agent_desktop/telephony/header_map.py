"""Which header says what: a table that a centre changes, the default one, and the fields that are secret."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

import msgspec

from agent_desktop.telephony.header_text import Headers, clean, split
from agent_desktop.telephony.user_to_user import Form, UserToUser, decode

MAX_FIELDS = 40
MAX_NAME, MAX_LABEL, MAX_TEXT = 40, 60, 400
MAX_PACKED = 32_768  # characters of JSON or pairs

# What the program itself understands; everything else is shown under its label.
QUEUE, WAIT, LINKED, ACCOUNT, CALLED = "queue", "wait", "linked_id", "account", "called_number"
PLUMBING = frozenset((QUEUE, WAIT, LINKED, ACCOUNT, CALLED))
DATA = "data"  # of User-to-User: shown as it is
JSON, PAIRS = "json", "pairs"  # many fields in one value
IGNORED = "-"
REST = "*"  # named after what follows the prefix

_SECRETS = frozenset((
    "card", "card_number", "card_no", "credit_card_number", "pan", "credit_card", "debit_card", "cvv", "cvv2", "cvc",
    "cvc2", "security_code", "card_expiry", "pin_number", "pin_digits", "pin_code", "password", "passcode", "passwd",
    "ssn", "social_number", "social_security", "social_security_number", "pesel", "national_id",
))  # fmt: skip
_NEVER_KEPT = frozenset(("cvv", "cvv2", "cvc", "cvc2", "security_code"))  # PCI DSS 3.3.1: not even encrypted
_DIGITS = re.compile(r"\d[\d -]{2,}")
_BARE_SECRETS = frozenset(name.replace("_", "") for name in _SECRETS)  # cardNumber and card-number are card_number
_BARE_NEVER_KEPT = frozenset(name.replace("_", "") for name in _NEVER_KEPT)
_PINS = ("pin", "voicepin")
_HINT = re.compile(r"card|pan\b|cvv|cvc|code|pin|passw|ssn|social|pesel|national")  # lower case: ten times as quick
_SPOKEN_OF = re.compile(r"[:=]")
_LAST_WORDS = 3


class HeaderRule(msgspec.Struct, frozen=True):
    """One header in any case; a name that ends in ``*`` stands for all that begin so."""

    header: str
    field: str
    label: str = ""  # empty: made of the field's name
    form: Form = Form.TEXT
    secret: bool = False


class HandoffField(msgspec.Struct, frozen=True):
    """What the exchange said under one name; plain text of one line."""

    name: str
    label: str
    value: str


class HeaderMap(msgspec.Struct, frozen=True, dict=True):
    """Rules in order: of two headers for the same field the earlier rule's counts."""

    rules: tuple[HeaderRule, ...] = ()

    @cached_property
    def _exact(self) -> dict[str, tuple[int, HeaderRule]]:
        found: dict[str, tuple[int, HeaderRule]] = {}
        for rank, rule in enumerate(self.rules):
            found.setdefault(rule.header.lower(), (rank, rule))
        return found

    @cached_property
    def _prefixes(self) -> list[tuple[str, int, HeaderRule]]:
        found = [
            (rule.header[:-1].lower(), rank, rule) for rank, rule in enumerate(self.rules) if rule.header[-1:] == REST
        ]
        return sorted(found, key=lambda one: -len(one[0]))

    def rule(self, header: str) -> tuple[int, HeaderRule] | None:
        """The rule for a header and its place; the exact name before the longest prefix."""
        name = header.lower()
        exact = self._exact.get(name)
        if exact is not None:
            return exact
        for prefix, rank, rule in self._prefixes:
            if name.startswith(prefix) and len(name) > len(prefix):
                return rank, rule
        return None

    def with_own(self, own: Iterable[HeaderRule]) -> "HeaderMap":
        """The centre's own rules before these."""
        return HeaderMap((*own, *self.rules))


class Part(msgspec.Struct, frozen=True):
    """One field of what was said; ``secret`` ones must not be shown, sent or kept in clear."""

    name: str
    label: str
    text: str
    secret: bool = False
    ucid: str = ""


class Said(msgspec.Struct):
    """What the mapped headers of one call say."""

    one: dict[str, str] = {}  # of the fields that the program understands
    fields: list[HandoffField] = []
    data: list[str] = []  # of User-to-User
    ucid: str = ""
    dropped: list[str] = []  # headers that bring what only the collector may bring: by name, never the value


def read(headers: Headers, by: HeaderMap) -> Said:
    """All headers by the map, in the order received; the values of secret fields are left out."""
    said, ranks = Said(), dict[str, int]()
    for header, value in headers:
        found = by.rule(header)
        if found is None:
            continue
        for part in parts(header, value, found[1], by):
            said.ucid = said.ucid or part.ucid
            if part.secret:
                said.dropped.append(clean(header, MAX_LABEL))
            elif part.name in PLUMBING:
                if found[0] < ranks.get(part.name, len(by.rules)):
                    said.one[part.name], ranks[part.name] = part.text, found[0]
            elif part.name == DATA:
                said.data.append(part.text)
            elif len(said.fields) < MAX_FIELDS:
                said.fields.append(HandoffField(part.name, part.label, part.text))
    return said


def parts(name: str, value: str, rule: HeaderRule, by: HeaderMap) -> Iterator[Part]:
    """Everything that one header, variable or key of an event says by its rule; what is empty says nothing."""
    if rule.field == IGNORED:
        return
    packed = rule.field in (JSON, PAIRS)
    limit = MAX_PACKED if packed else MAX_TEXT
    if rule.form is Form.TEXT:
        texts = [UserToUser(clean(_plain(value[: 3 * MAX_PACKED]), limit))]
    else:
        texts = [decode(each, rule.form, limit) for each in split(value[:MAX_PACKED])[:MAX_FIELDS]]
    field = field_name(name[len(rule.header) - 1 :]) if rule.field == REST else rule.field
    for one in texts:
        if packed:
            yield from _entries(name, one.text, rule, by)
        elif one.text and field:
            secret = rule.secret or is_secret(field, one.text) or bool(secrets_in(one.text))
            yield Part(field, rule.label or label_of(name, rule), one.text, secret, one.ucid)


def _entries(name: str, text: str, rule: HeaderRule, by: HeaderMap) -> Iterator[Part]:
    for key, entry in entries(text, rule.field):
        named = by.rule(f"{name}.{key}")
        field = named[1].field if named is not None and named[1].field != REST else key
        label = named[1].label if named is not None else ""
        secret = rule.secret or (named is not None and named[1].secret) or is_secret(field, entry)
        secret = secret or bool(secrets_in(entry))
        if entry and field != IGNORED:
            yield Part(field, label or words(field), entry, secret)


def entries(text: str, how: str) -> list[tuple[str, str]]:
    """(field name, value) of packed data: an object of JSON, or a=1;b=2 (& in place of ; too). Nonsense is nothing."""
    try:
        if how == JSON:
            found = msgspec.json.decode(text[:MAX_PACKED])
            pairs = list(found.items())[:MAX_FIELDS] if isinstance(found, dict) else []
            made = [(key, one if isinstance(one, str) else msgspec.json.encode(one).decode()) for key, one in pairs]
        else:
            joined = text[:MAX_PACKED].replace(";", "&")
            made = parse_qsl(joined, max_num_fields=None, keep_blank_values=False)[:MAX_FIELDS]
    except (ValueError, RecursionError, OverflowError):
        return []
    return [(field_name(key), clean(value, MAX_TEXT)) for key, value in made if field_name(key)]


def _plain(value: str) -> str:
    return unquote(value) if "%" in value else value


def field_name(text: str) -> str:
    """A name as maps, scripts and tables know it: small letters, digits and underscores."""
    return re.sub(r"[^\w]+", "_", clean(text, MAX_NAME).lower()).strip("_")[:MAX_NAME]


def words(name: str) -> str:
    """A field's name as people read it."""
    return name.replace("_", " ").strip().capitalize()


def label_of(header: str, rule: HeaderRule) -> str:
    if rule.field == REST:
        return clean(header[len(rule.header) - 1 :].replace("-", " ").replace("_", " "), MAX_LABEL)
    return words(rule.field)


def is_secret(name: str, value: str = "") -> bool:
    """Whether a field by this name must not travel to a desktop in clear, whatever the map says."""
    bare = name.removeprefix("x_").removeprefix("ivr_").replace("_", "")
    return bare in _BARE_SECRETS or (bare in _PINS and _DIGITS.search(value) is not None)


def secrets_in(text: str) -> tuple[str, ...]:
    """Names of secrets that a text tells along with their digits, as a station, pairs or an object within an object do:
    "Card number: 4111 …", "pin=4471". What was checked ("PIN: passed") is none.
    """
    if _HINT.search(text.lower()) is None:
        return ()
    parts = _SPOKEN_OF.split(text)
    found: list[str] = []
    for before, after in pairwise(parts):
        words = field_name(before[-MAX_NAME:]).split("_")
        value = after[:MAX_NAME].lstrip(" \"'[")
        for count in range(1, _LAST_WORDS + 1):
            bare = "".join(words[-count:])
            if (bare in _BARE_SECRETS or bare in _PINS) and _DIGITS.match(value):
                found.append("_".join(words[-count:]))
    return tuple(found)


def never_kept(name: str, text: str = "") -> bool:
    """Whether a field must not be stored by anybody, not even encrypted: by its name or by what its text tells."""
    bare = (each.replace("_", "") for each in (name, *secrets_in(text)))
    return not _BARE_NEVER_KEPT.isdisjoint(bare)


_R = HeaderRule
DEFAULT = HeaderMap((
    _R("X-Queue", QUEUE), _R("X-Queue-Name", QUEUE), _R("X-Queue-Wait", WAIT), _R("X-Call-Linkedid", LINKED),
    _R("X-Account", ACCOUNT), _R("X-IVR-Account", ACCOUNT), _R("X-Account-Number", ACCOUNT),
    _R("X-Called-Number", CALLED), _R("X-DNIS", CALLED), _R("X-DID", CALLED),
    _R("X-Language", "language"), _R("X-IVR-Language", "language"),
    _R("X-Intent", "intent"), _R("X-IVR-Intent", "intent"),
    _R("X-Intent-Confidence", "confidence"), _R("X-IVR-Confidence", "confidence"),
    _R("X-Utterance", "said"), _R("X-IVR-Said", "said"),
    _R("X-PIN", "pin", "Voice PIN"), _R("X-IVR-PIN", "pin", "Voice PIN"),
    _R("X-Handoff", JSON), _R("X-IVR-Data", JSON),
    _R("X-IVR-*", REST),
    _R("User-to-User", DATA, form=Form.USER_TO_USER),
    _R("X-User-To-User", DATA, form=Form.BARE), _R("X-UserToUser", DATA, form=Form.BARE),  # AudioCodes, PureConnect
    _R("X-Campaign", "campaign"),
    _R("X-VICIdial-Campaign-Id", "campaign"), _R("X-VICIdial-Lead-Id", "lead"), _R("X-VICIdial-*", REST),
    _R("X-Genesys-CallUUID", "call_reference", "Genesys call"), _R("X-Genesys-*", REST),
    _R("Cisco-Guid", "call_reference", "Cisco call"), _R("Cisco-Gucid", "call_reference", "Cisco call"),
))  # fmt: skip

# Of the supplied dialplan: channel variables, and keys of its events by "event.key".
HANDOFF_EVENT, SECRET_EVENT = "AgentDesktopHandoff", "AgentDesktopSecret"
FROM_PBX = HeaderMap((
    _R("AD_ACCOUNT", "account"), _R("AD_LANGUAGE", "language"), _R("AD_INTENT", "intent"), _R("AD_SAID", "said"),
    _R("AD_CONFIDENCE", "confidence"), _R("AD_PIN", "pin", "Voice PIN"), _R("AD_SERVICE", "service"),
    _R("AD_PATH", "path"), _R("AD_DATA", "json"), _R("AD_FIELD_*", REST),
    _R(f"{HANDOFF_EVENT}.PIN", "pin", "Voice PIN"), _R(f"{HANDOFF_EVENT}.Data", "json"), _R(f"{HANDOFF_EVENT}.*", REST),
    _R(f"{SECRET_EVENT}.*", REST, secret=True),
))  # fmt: skip
