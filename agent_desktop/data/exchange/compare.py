"""Is an entry somebody who is known already, and what does it say that is not known yet?

The same account number or e-mail address is the same customer. The same telephone number is, if one name has
all words of the other: colleagues and families share numbers. Entries with none of these are compared by name and
organisation.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop import numbers
from agent_desktop.data.exchange.entry import MAX_TEXT, TEXTS, Entry
from agent_desktop.data.exchange.masking import is_masked
from agent_desktop.data.folding import fold, words

_MAX_NAME = 200
_MAX_EACH = 50  # numbers, addresses, tags


class Verdict(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class PhoneSaid(msgspec.Struct, frozen=True):
    typed: str
    e164: str | None
    key: str
    label: str


class EmailSaid(msgspec.Struct, frozen=True):
    address: str
    key: str


class Said(msgspec.Struct, frozen=True):
    """An entry that can be stored: trimmed, its numbers understood."""

    line: int
    texts: dict[str, str]
    tags: tuple[str, ...]
    phones: tuple[PhoneSaid, ...]
    emails: tuple[EmailSaid, ...]

    def match_keys(self) -> tuple[str, ...]:
        """Under what others may be the same."""
        sure = _sure_keys(self.texts, [phone.key for phone in self.phones if phone.e164], [e.key for e in self.emails])
        return sure or (_name_key(self.texts),)


class Known(msgspec.Struct):
    """A customer as stored, or as the entries before have made them."""

    id: UUID
    version: int
    texts: dict[str, str]
    tags: list[str]
    phones: list[str]  # keys
    emails: list[str]  # keys

    def match_keys(self) -> tuple[str, ...]:
        numbered = [key for key in self.phones if len(key) > numbers.MAX_EXTENSION_DIGITS]
        return (*_sure_keys(self.texts, numbered, self.emails), _name_key(self.texts))


class Decision(msgspec.Struct, frozen=True):
    """``texts`` and ``tags`` hold only what changes; ``known`` is the customer afterwards, None when rejected."""

    verdict: Verdict
    line: int
    reason: str = ""
    known: Known | None = None
    texts: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    phones: tuple[PhoneSaid, ...] = ()
    emails: tuple[EmailSaid, ...] = ()


def understood(entry: Entry, region: str) -> Said | Decision:
    """The entry as it could be stored, or why not."""
    if entry.trouble:
        return _rejected(entry, entry.trouble)
    texts = {name: getattr(entry, name).strip() for name in TEXTS}
    texts["account_number"] = "".join(texts["account_number"].split())  # as the IVR hands it over
    texts["name"] = " ".join(texts["name"].split()) or texts["organisation"]
    if not texts["name"]:
        return _rejected(entry, "It has no name.")
    if len(texts["name"]) > _MAX_NAME:
        return _rejected(entry, f"Its name has {len(texts['name'])} characters; {_MAX_NAME} are the most.")
    if long := [name for name, text in texts.items() if len(text) > MAX_TEXT]:
        return _rejected(entry, f"Too long: {', '.join(name.replace('_', ' ') for name in long)}.")
    if max(len(entry.phones), len(entry.emails), len(entry.tags)) > _MAX_EACH:
        return _rejected(entry, f"It has more than {_MAX_EACH} numbers, addresses or tags.")
    phones: dict[str, PhoneSaid] = {}
    if masked := next((text for text in (*(n for n, _ in entry.phones), *entry.emails) if is_masked(text)), ""):
        return _rejected(entry, f"“{masked[:40]}” comes from an export without whole numbers.")
    for typed, label in entry.phones:
        number = numbers.parse(typed, region)
        if not number:
            return _rejected(entry, f"“{typed[:40]}” is not a phone number.")
        phones.setdefault(number.key, PhoneSaid(typed, number.e164, number.key, label[:40]))
    emails: dict[str, EmailSaid] = {}
    for address in entry.emails:
        if "@" not in address.strip("@") or " " in address or len(address) > 254:
            return _rejected(entry, f"“{address[:60]}” is not an e-mail address.")
        emails.setdefault(fold(address), EmailSaid(address, fold(address)))
    return Said(entry.line, texts, entry.tags, tuple(phones.values()), tuple(emails.values()))


def decide(said: Said, others: Sequence[Known], new_id: UUID, *, overwrite: bool) -> Decision:
    """Compare with everybody who has one of its keys. ``overwrite``: what the file says counts for more."""
    same = _same(said, others)
    if len(same) > 1:
        names = ", ".join(sorted(known.texts["name"] for known in same)[:3])
        return Decision(Verdict.REJECTED, said.line, f"It fits several customers: {names}.")
    if not same:
        fresh = Known(new_id, 0, dict.fromkeys(TEXTS, ""), [], [], [])
        return _with(said, fresh, dict(said.texts), Verdict.NEW)
    known = same[0]
    changes = {
        name: text
        for name, text in said.texts.items()
        if text and text != known.texts[name] and (overwrite or not known.texts[name])
    }
    return _with(said, known, changes, Verdict.UPDATED)


def _with(said: Said, known: Known, texts: dict[str, str], verdict: Verdict) -> Decision:
    phones = tuple(phone for phone in said.phones if phone.key not in known.phones)
    emails = tuple(email for email in said.emails if email.key not in known.emails)
    tags = tuple(tag for tag in said.tags if tag not in known.tags)
    if not (texts or phones or emails or tags):
        return Decision(Verdict.DUPLICATE, said.line, f"Known already: {known.texts['name']}.", known)
    became = Known(
        known.id,
        known.version + 1,
        known.texts | texts,
        [*known.tags, *tags],
        [*known.phones, *(phone.key for phone in phones)],
        [*known.emails, *(email.key for email in emails)],
    )
    return Decision(verdict, said.line, "", became, texts, tuple(became.tags) if tags else (), phones, emails)


def _same(said: Said, others: Sequence[Known]) -> list[Known]:
    """The surest match counts; two customers with different account numbers are never the same."""
    account = said.texts["account_number"]
    if account:
        others = [known for known in others if known.texts["account_number"] in ("", account)]
    by_account = [known for known in others if account and known.texts["account_number"] == account]
    emails = {email.key for email in said.emails}
    by_email = [known for known in others if emails & set(known.emails)]
    phones = {phone.key for phone in said.phones if phone.e164}
    by_phone = [known for known in others if phones & set(known.phones) and _one_name(said, known)]
    by_name = [] if account or emails or phones else [known for known in others if _named_alike(said, known)]
    for found in (by_account, by_email, by_phone, by_name):
        if len(found) > 1:
            return [known for known in found if fold(known.texts["name"]) == fold(said.texts["name"])][:1] or found
        if found:
            return found
    return []


def _one_name(said: Said, known: Known) -> bool:
    """Whether one of the names has all words of the other: "A. Nowak" is not "Anna Nowak", "Nowak" may be."""
    mine, theirs = (set(words(texts["name"])) for texts in (said.texts, known.texts))
    return mine <= theirs or theirs <= mine


def _named_alike(said: Said, known: Known) -> bool:
    return all(fold(said.texts[name]) == fold(known.texts[name]) for name in ("name", "organisation"))


def _sure_keys(texts: dict[str, str], phones: Iterable[str], emails: Iterable[str]) -> tuple[str, ...]:
    account = ("a" + texts["account_number"],) if texts["account_number"] else ()
    return (*account, *("e" + key for key in emails), *("p" + key for key in phones))


def _name_key(texts: dict[str, str]) -> str:
    return "n" + fold(texts["name"])


def _rejected(entry: Entry, reason: str) -> Decision:
    return Decision(Verdict.REJECTED, entry.line, reason)


class Seen:
    """Customers as the entries so far have left them, by their keys; in a file, so that memory stays flat."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", check_same_thread=False)  # goes away by itself
        self._file.execute("CREATE TABLE known (id BLOB PRIMARY KEY, said BLOB) WITHOUT ROWID")
        self._file.execute("CREATE TABLE by_key (key TEXT, id BLOB, PRIMARY KEY (key, id)) WITHOUT ROWID")

    def put(self, known: Known) -> None:
        """Keep the newest state."""
        key = known.id.bytes
        self._file.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (key, msgspec.msgpack.encode(known)))
        self._file.executemany(
            "INSERT OR IGNORE INTO by_key VALUES (?, ?)", [(each, key) for each in known.match_keys()]
        )

    def having(self, keys: Sequence[str]) -> dict[UUID, Known]:
        """Everybody with one of these keys."""
        marks = ",".join("?" * len(keys))
        rows = self._file.execute(
            f"SELECT said FROM known WHERE id IN (SELECT id FROM by_key WHERE key IN ({marks}))",  # noqa: S608 - marks
            tuple(keys),
        )
        found = (msgspec.msgpack.decode(said, type=Known) for (said,) in rows)
        return {known.id: known for known in found}

    def newest(self, known: Known) -> Known:
        """The state of somebody after the entries so far."""
        row = self._file.execute("SELECT said FROM known WHERE id = ?", (known.id.bytes,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=Known) if row else known

    def forget(self) -> None:
        """Everything is stored: the database knows it."""
        self._file.execute("DELETE FROM known")
        self._file.execute("DELETE FROM by_key")

    def close(self) -> None:
        self._file.close()
