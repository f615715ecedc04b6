"""The map of what the PBX says of calls, as administrators see it: the centre's own rules and those of the program."""

from typing import Any
from uuid import UUID, uuid5

from PySide6.QtCore import QCoreApplication

from agent_desktop.data.admin_rows import Administration, HandoffRecord, Record
from agent_desktop.data.ids import new_id
from agent_desktop.telephony.header_map import DEFAULT, FROM_PBX, SECRET_EVENT, is_secret
from agent_desktop.ui.admin_fields import Field
from agent_desktop.ui.admin_forms import Now, Section
from agent_desktop.ui.rows_model import Column

_OURS = UUID("5d2f7f5e-6f0e-4c41-9a53-0b8f6b1f3a77")  # the ids of rules that come with the program


def _tr(text: str) -> str:
    return QCoreApplication.translate("Administration", text)


def forms() -> list[tuple[str, str]]:
    """How a value can be read, in words."""
    return [
        ("text", _tr("Text")),
        ("uui", _tr("User-to-User, hex or text")),
        ("uui-pd", _tr("User-to-User, first octet is no data")),
        ("uui-bare", _tr("User-to-User, every octet is data")),
    ]


def _built_in() -> list[HandoffRecord]:
    rules = [*DEFAULT.rules, *FROM_PBX.rules]
    return [
        HandoffRecord(uuid5(_OURS, rule.header), 0, rule.header, rule.field, rule.label, rule.form.value, rule.secret)
        for rule in rules
    ]


def rows(now: Administration) -> list[HandoffRecord]:
    """The centre's own first, then the headers that brought secrets, then what the program knows by itself."""
    own = list(now.handoff_rules)
    names = {record.name.lower() for record in own}
    built_in = [record for record in _built_in() if record.name.lower() not in names]
    names |= {record.name.lower() for record in built_in}
    warned = [
        HandoffRecord(uuid5(_OURS, name), 0, name, "-") for name in now.secret_headers if name.lower() not in names
    ]
    return [*own, *warned, *built_in]


def section() -> Section:
    """The section of the administration."""

    def columns(now: Now) -> tuple[Column[Any], ...]:
        def brought(record: HandoffRecord) -> bool:
            return record.name.lower() in {name.lower() for name in now().secret_headers}

        def state(record: HandoffRecord) -> tuple[str, str] | None:
            if brought(record):
                return ("triangle-alert", "warn")
            return ("lock", "text2") if _secret(record) else None

        def whose(record: HandoffRecord) -> str:
            if brought(record):
                return _tr("brought a secret")
            if record.version and not record.active:
                return _tr("off")
            return _tr("own") if record.version else _tr("built in")

        def tone(record: HandoffRecord) -> str:
            return "text" if record.version and record.active else "text3"

        return (
            Column(_tr("Header, variable or event"), lambda r: r.name, 190, stretch=True, icon=state, tone=tone),
            Column(_tr("Field"), _field, 130, tone=tone, rank=1),
            Column(_tr("Shown as"), lambda r: r.label, 120, tone=tone, rank=3),
            Column(_tr("Rule"), whose, 136, tone=tone, rank=2),
        )

    def names_in_use(_now: Administration, record: Record) -> str:
        assert isinstance(record, HandoffRecord)
        return "" if record.version or not record.name else _tr("To change it, store it as a rule of your own.")

    return Section(
        "handoff", HandoffRecord, _tr("Handoff"), "route",
        _tr("What the PBX and its menu say of a call, and what each of it means"), columns,
        (
            Field("name", _tr("Header, variable or event"), required=True, locked=names_in_use,
                  hint=_tr("In any case: X-Customer, AD_TIER, or an event and its key: MyEvent.tier. "
                           "* at its end: all that begin so")),
            Field("field", _tr("Field"), required=True,
                  hint=_tr("account, language, intent, confidence, said, pin, campaign, queue, wait, called_number, or "
                           "any name; json and pairs hold many; - ignores it")),
            Field("label", _tr("Shown as"), hint=_tr("Empty: the field’s name")),
            Field("form", _tr("Read as"), "choice", options=lambda now: forms()),
            Field("secret", _tr("Secret"), "switch",
                  hint=_tr("Only the collector may bring it: masked, shown one by one, kept for a day. A header that "
                           "brings it is left out")),
        ),
        rows, lambda now: HandoffRecord(new_id()), _tr("New rule"),
    )  # fmt: skip


def _field(record: HandoffRecord) -> str:
    words = {"-": _tr("ignored"), "*": _tr("by its name"), "json": _tr("many (JSON)"), "pairs": _tr("many (pairs)")}
    return words.get(record.field, record.field)


def _secret(record: HandoffRecord) -> bool:
    return record.secret or is_secret(record.field) or record.name.startswith(SECRET_EVENT)
