"""What the PBX says of calls while they are in its menus: channel variables and events, joined by the linked id.

Only what the map names is taken. What the database has not stored yet is in memory only, and in no file.
"""

import hashlib
import re
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from agent_desktop import clock
from agent_desktop.collector.ami import Fields
from agent_desktop.core import handoff
from agent_desktop.core.interaction_ids import id_of_call
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffRuleRow, HandoffWord
from agent_desktop.telephony.header_map import FROM_PBX, MAX_LABEL, MAX_NAME, HeaderMap, Part, never_kept, parts
from agent_desktop.telephony.header_text import clean

VARIABLE, EVENT = "VarSet", "UserEvent"
WANTED = frozenset((VARIABLE, EVENT))
_OURS = "AgentDesktop"  # events of ours that others hear
KEPT = 5_000
CALLS = 2_000
MOST_OF_A_CALL = 100
MOST_NAMES = 200
_INTERACTION = "AD_INTERACTION"
_SHOWN = 4  # digits of a secret
_NUMBER = re.compile(r"[0-9 -]+")

# What every event of a channel has; an event that is to say one of these says Field and Value instead.
_OF_CHANNEL = frozenset((
    *("Event", "Privilege", "SequenceNumber", "Timestamp", "SystemName", "UserEvent", "Channel", "ChannelState"),
    *("ChannelStateDesc", "CallerIDNum", "CallerIDName", "ConnectedLineNum", "ConnectedLineName", "Language"),
    *("AccountCode", "Context", "Exten", "Priority", "Uniqueid", "Linkedid", "ChanVariable"),
    *("Field", "Value", "Label", "Interaction", "ActionID"),
))  # fmt: skip


def map_of(rules: Iterable[HandoffRuleRow]) -> HeaderMap:
    """The centre's own rules before those for what the supplied dialplan says."""
    return handoff.map_of(rules, FROM_PBX)


class Handoffs:
    """Those of one PBX that are not stored yet. ``seal`` encrypts a secret; None leaves it as it is."""

    def __init__(self, site: UUID, pbx: str, by: HeaderMap = FROM_PBX, recipient: str = "") -> None:
        self.by = by
        self.unknown: Counter[str] = Counter()  # what no rule names, and what must not be kept
        self._site, self._pbx, self._recipient = site, pbx, recipient
        self._words: deque[HandoffWord] = deque(maxlen=KEPT)
        self._calls: OrderedDict[str, dict[str, str]] = OrderedDict()  # linked id: the newest of each field
        self._interactions: dict[str, UUID] = {}  # linked ids of calls that a desktop named

    def hear(self, event: str, fields: Fields, at_us: int) -> None:
        """One event of the manager, at a moment of the database's clock."""
        linked = fields.get("Linkedid", "") or fields.get("Uniqueid", "")
        if not linked or len(linked) > 128:
            return
        if event == VARIABLE:
            name = fields.get("Variable", "").lstrip("_")
            if name == _INTERACTION:
                self._name(linked, fields.get("Value", ""))
            elif not self._say(linked, name, fields.get("Value", ""), at_us, ""):
                self._count(name)
            return
        said = fields.get("UserEvent", "")
        if "Interaction" in fields:
            self._name(linked, fields["Interaction"])
        told = [(name, fields[name], "") for name in fields if name not in _OF_CHANNEL][:MOST_OF_A_CALL]
        if "Field" in fields:
            told.append((fields["Field"], fields.get("Value", ""), fields.get("Label", "")))
        known = [self._say(linked, f"{said}.{name}", value, at_us, label) for name, value, label in told]
        if not any(known) and not said.startswith(_OURS):
            self._count(said)

    def take(self) -> list[HandoffWord]:
        """What waits; whoever cannot store it gives it back."""
        words = []
        while self._words:
            words.append(self._words.popleft())
        return words

    def give_back(self, words: list[HandoffWord]) -> None:
        self._words.extendleft(reversed(words))

    def forget(self, before: datetime) -> None:
        """Another collector has stored what was said before then."""
        while self._words and self._words[0].field.at < before:
            self._words.popleft()

    # ------------------------------------------------------------------ inside

    def _name(self, linked: str, text: str) -> None:
        """A desktop has said which interaction this call belongs to."""
        try:
            self._interactions[linked] = UUID(text)
        except ValueError:
            return
        while len(self._interactions) > CALLS:
            self._interactions.pop(next(iter(self._interactions)))

    def _say(self, linked: str, name: str, value: str, at_us: int, label: str) -> bool:
        """Whether the map knows it."""
        found = self.by.rule(name)
        if found is None:
            return False
        for part in parts(name, value, found[1], self.by):
            self._put(linked, part, at_us, label)
        return True

    def _put(self, linked: str, part: Part, at_us: int, label: str) -> None:
        if never_kept(part.name, part.text):
            self._count(f"{part.name} (never kept)")
            return
        known = self._calls.setdefault(linked, {})
        self._calls.move_to_end(linked)
        while len(self._calls) > CALLS:
            self._calls.popitem(last=False)
        # A digest: what was typed must not lie about for hours only to be compared.
        digest = hashlib.blake2b(part.text.encode(), digest_size=16, key=self._site.bytes).hexdigest()
        if known.get(part.name) == digest:
            return
        if len(known) >= MOST_OF_A_CALL and part.name not in known:
            self._count("(more than a call may say)")
            return
        known[part.name] = digest
        key = self._interactions.get(linked) or id_of_call(self._site, "", linked, "", 0)
        row = HandoffFieldRow(
            # Of a secret nothing may be worked out from what everybody reads: a PIN has ten thousand values. Two
            # collectors mean the same row all the same, by the moment.
            id=uuid5(key, f"said:{part.name}:{at_us}" + ("" if part.secret else f":{digest}")),
            interaction_id=key,
            linked_id=linked,
            pbx=self._pbx,
            at=clock.from_us(at_us),
            name=part.name,
            label=clean(label, MAX_LABEL) or part.label,
            value=masked(part.text) if part.secret else part.text,
            secret=part.secret,
        )
        if not part.secret:
            self._words.append(HandoffWord(row))
            return
        self._words.append(HandoffWord(row, *sealed(part.text, self._recipient)))

    def _count(self, name: str) -> None:
        name = clean(name, MAX_NAME)
        if name in self.unknown or len(self.unknown) < MOST_NAMES:
            self.unknown[name] += 1


def masked(text: str) -> str:
    """A secret as it may be shown: the last four of at least eight digits; of anything else nothing."""
    return f"•••• {text[-_SHOWN:]}" if len(text) >= 2 * _SHOWN and _NUMBER.fullmatch(text) else "••••"


def sealed(text: str, recipient: str) -> tuple[str, bool]:
    """A secret as it is stored, and whether it is encrypted to the centre's public key (age, armoured)."""
    if not recipient:
        return text, False
    import pyrage

    key = pyrage.x25519.Recipient.from_str(recipient)
    return pyrage.encrypt(text.encode(), [key], armored=True).decode("ascii"), True
