"""Which script a call gets, and why: rules in one stated order, the same on every desk. No I/O."""

import re
from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale

from agent_desktop.data.script_rows import RuleRow

# A rule that asks for what stands further left goes before one that does not; then the lower position.
ORDER = ("campaign", "intent", "dialled", "queue", "segment", "language")
_SAME_LINE = 7  # last digits: fewer than that are an extension, and must all agree


class Asked(msgspec.Struct, frozen=True):
    """What is known of a call; ``tags`` are the customer's segments, ``language`` a code or a name in English."""

    campaign: str = ""
    intent: str = ""
    dialled: str = ""
    queue: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""


class Chosen(msgspec.Struct, frozen=True):
    """A script that fits, and why in words."""

    script_id: UUID
    why: str


def chosen(rules: Sequence[RuleRow], asked: Asked, queue_label: Callable[[str], str] = str) -> tuple[Chosen, ...]:
    """The scripts that fit, the best first, each once."""
    fitting = [rule for rule in rules if all(_fits(rule, name, asked) for name in ORDER)]
    fitting.sort(key=lambda rule: (tuple(not getattr(rule, name) for name in ORDER), rule.position, str(rule.id)))
    found: dict[UUID, Chosen] = {}
    for rule in fitting:
        found.setdefault(rule.script_id, Chosen(rule.script_id, _why(rule, asked, queue_label)))
    return tuple(found.values())


def language_of(said: str) -> str:
    """The code of a language told by its code ("pl-PL") or its English name ("Polish"); empty for none."""
    word = said.strip()
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", word):
        known = QLocale(word.replace("-", "_"))
        if known.language() is not QLocale.Language.C:
            return word[:3].partition("-")[0].partition("_")[0].lower()
    return _names().get(word.casefold(), "")


def _fits(rule: RuleRow, name: str, asked: Asked) -> bool:
    wanted = getattr(rule, name)
    if not wanted:
        return True
    return any(_is(name, each, asked) for each in named(wanted))


def named(said: str) -> tuple[str, ...]:
    """What one field of a rule names: one of several, with commas between them, is enough."""
    return tuple(part for part in (each.strip() for each in said.split(",")) if part)


def _is(name: str, wanted: str, asked: Asked) -> bool:
    match name:
        case "dialled":
            return _same_number(wanted, asked.dialled)
        case "segment":
            return any(_bare(tag) == _bare(wanted) for tag in asked.tags)
        case "language":
            return language_of(wanted) == language_of(asked.language) != ""
        case _:
            return _bare(wanted) == _bare(getattr(asked, name))


def _same_number(one: str, other: str) -> bool:
    first, second = re.sub(r"\D", "", one), re.sub(r"\D", "", other)
    if not first or not second:
        return False
    if min(len(first), len(second)) < _SAME_LINE:
        return first == second
    return first.endswith(second[-_SAME_LINE:]) and second.endswith(first[-_SAME_LINE:])


def _bare(text: str) -> str:
    """As names are compared: "high_bill", "High bill" and "high-bill" are the same."""
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


def _why(rule: RuleRow, asked: Asked, queue_label: Callable[[str], str]) -> str:
    words = {
        "campaign": _tr("Campaign {0}"),
        "intent": _tr("Intent {0}"),
        "dialled": _tr("Dialled {0}"),
        "queue": _tr("Queue {0}"),
        "segment": _tr("Customer is {0}"),
        "language": _tr("Language {0}"),
    }
    parts = []
    for name in ORDER:
        said = next((each for each in named(getattr(rule, name)) if _is(name, each, asked)), "")
        if said:
            shown = queue_label(said) if name == "queue" else said.replace("_", " ")
            parts.append(words[name].format(shown))
    return " · ".join(parts) or _tr("For all calls")


_known_names: dict[str, str] = {}


def _names() -> dict[str, str]:
    if not _known_names:
        for language in QLocale.Language:
            code = QLocale.languageToCode(language)
            if code:
                _known_names.setdefault(QLocale.languageToString(language).casefold(), code)
    return _known_names


def _tr(text: str) -> str:
    return QCoreApplication.translate("scripts", text)
