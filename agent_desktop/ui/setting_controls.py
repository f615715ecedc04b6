"""A control for each kind of setting: choice, switch, number, text, list, device, country, language."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from agent_desktop import paths
from agent_desktop.ui import theme, wording
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.theme import restyle

if TYPE_CHECKING:
    from agent_desktop.ui.account_list import AccountList
    from agent_desktop.ui.dial_rules import DialRules

DEVICES = {"phone.speaker": "output", "phone.microphone": "input", "phone.ring_device": "output"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingControls", text)


class Spec(msgspec.Struct, frozen=True):
    """One setting as its declaration says: ``group.name``, type, and what Meta holds."""

    key: str
    type: Any
    meta: Meta

    @property
    def title(self) -> str:
        return QCoreApplication.translate("settings", self.meta.title or self.key)

    @property
    def help(self) -> str:
        return QCoreApplication.translate("settings", self.meta.description or "")


def specs(group: str, struct: type[msgspec.Struct]) -> tuple[Spec, ...]:
    """The declared settings of a group, in their order."""
    hints = get_type_hints(struct, include_extras=True)
    found = []
    for name in struct.__struct_fields__:
        kind, *metas = get_args(hints[name])
        found.append(Spec(f"{group}.{name}", kind, next(meta for meta in metas if isinstance(meta, Meta))))
    return tuple(found)


class Control(Protocol):
    """An input with a value, as a form of settings sees it."""

    @property
    def changed(self) -> SignalInstance: ...

    @property
    def widget(self) -> QWidget: ...

    def value(self) -> Any: ...

    def set_value(self, value: Any, /) -> None: ...

    def problem(self) -> str:
        """Why the value cannot be kept, empty if it can."""

    def problem_so_far(self) -> str:
        """What is to be said of it while it is still being filled in."""

    def insist(self) -> None:
        """Somebody wants it kept: what is still empty is a problem from now on."""

    def show_problem(self, words: str, /) -> None: ...

    def setParent(self, parent: QObject, /) -> None: ...


class Input(QObject):
    """What the controls have in common; each has ``value`` and ``set_value`` of its own. Signal: changed."""

    changed = Signal()
    widget: QWidget

    def problem(self) -> str:
        return ""

    def problem_so_far(self) -> str:
        return self.problem()

    def insist(self) -> None:
        pass

    def show_problem(self, words: str) -> None:
        self.widget.setAccessibleDescription(words)
        restyle(self.widget, error="true" if words else "")


class _NoWheel(QObject):
    """Lets the wheel scroll the page instead of changing a value that has no focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def let_wheel_scroll(widget: QWidget) -> None:
    """The wheel scrolls the page, not the value of an input that has no focus."""
    widget.installEventFilter(_NoWheel(widget))


class Choice(Input):
    """One of a few words, side by side."""

    def __init__(self, spec: Spec):
        super().__init__()
        self._values = get_args(spec.type)
        self.widget = self._segments = Segments([_words(value) for value in self._values], None, spec.title)
        self._segments.changed.connect(lambda _index: self.changed.emit())

    def value(self) -> Any:
        return self._values[self._segments.chosen() or 0]

    def set_value(self, value: Any) -> None:
        self._segments.choose(self._values.index(value))


class Switch(Input):
    """On or off."""

    def __init__(self, spec: Spec):
        super().__init__()
        self.widget = self._box = QCheckBox(_tr("On"))
        theme.size(self._box, minimum_height=30)
        self._box.setAccessibleName(spec.title)
        self._box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(value)


def inset_text(spin: QAbstractSpinBox) -> None:
    """As high as other inputs, the text off the border: a styled spin box gives its own text field no padding."""
    theme.size(spin, fixed_height=32)
    edit = spin.findChild(QLineEdit)
    if isinstance(edit, QLineEdit):
        edit.setTextMargins(8, 0, 4, 0)


class Number(Input):
    """A whole number within its bounds."""

    def __init__(self, spec: Spec):
        super().__init__()
        self.widget = self._spin = QSpinBox()
        low, high = spec.meta.ge, spec.meta.le
        self._spin.setRange(int(low) if low is not None else -(2**31), int(high) if high is not None else 2**31 - 1)
        theme.size(self._spin, fixed_width=110)
        inset_text(self._spin)
        self._spin.valueChanged.connect(lambda _value: self.changed.emit())

    def value(self) -> int:
        return self._spin.value()

    def set_value(self, value: Any) -> None:
        self._spin.setValue(value)


class Text(Input):
    """A line of text, checked against its pattern."""

    def __init__(self, spec: Spec):
        super().__init__()
        self._pattern = spec.meta.pattern
        self.widget = self._edit = QLineEdit()
        self._edit.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> Any:
        return self._edit.text().strip()

    def set_value(self, value: Any) -> None:
        self._edit.setText(value)
        self._edit.setCursorPosition(0)

    def problem(self) -> str:
        fits = self._pattern is None or re.search(self._pattern, self._edit.text().strip())
        return "" if fits else _tr("This does not have the right form")


class Listing(Text):
    """Several texts with commas between."""

    def value(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._edit.text().split(",") if part.strip())

    def set_value(self, value: Any) -> None:
        super().set_value(", ".join(value))


class Picker(Input):
    """One of many, as a list that opens; a value nobody offers any more stays and says so."""

    def __init__(self, options: Sequence[tuple[str, str]]):
        super().__init__()
        self.widget = self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        self.set_options(options)
        self._box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """(value, words); the chosen value stays."""
        kept = self.value() if self._box.count() else ""
        self._box.blockSignals(True)
        self._box.clear()
        for value, words in options:
            self._box.addItem(words, value)
        self._box.blockSignals(False)
        self._put(kept)

    def _put(self, value: str) -> None:
        if self._box.findData(value) < 0:
            self._box.addItem(_tr("{0} (not found)").format(value), value)
        self._box.setCurrentIndex(self._box.findData(value))

    def value(self) -> str:
        return str(self._box.currentData() or "")

    def set_value(self, value: Any) -> None:
        self._put(value)


class TableControl(Input):
    """A table as a setting's control. It marks by itself what is wrong in it."""

    def __init__(self, table: "DialRules | AccountList"):
        super().__init__()
        self.widget = self._table = table
        table.changed.connect(self.changed)

    def value(self) -> Any:
        return self._table.value()

    def set_value(self, value: Any) -> None:
        self._table.set_value(value)

    def problem(self) -> str:
        return self._table.problem()

    def show_problem(self, words: str) -> None:
        self.widget.setAccessibleDescription(words)


class AccountsControl(TableControl):
    """Accounts are filled in one input after the other: what is still empty is no problem before it is kept."""

    def __init__(self, table: "AccountList"):
        super().__init__(table)
        self._accounts = table

    def problem_so_far(self) -> str:
        return self._accounts.problem(so_far=True)

    def insist(self) -> None:
        self._accounts.insist()

    def show_problem(self, words: str) -> None:
        super().show_problem(words)
        self._accounts.show_problems()


def make(spec: Spec) -> Control:
    """The control that fits a setting."""
    control: Control
    if spec.key in DEVICES:
        control = Picker([("", _tr("The system’s choice"))])
    elif spec.key == "numbers.region":
        control = Picker(countries())
    elif spec.key == "numbers.rules":
        from agent_desktop.ui.dial_rules import DialRules  # it is made of the parts here

        control = TableControl(DialRules())
    elif spec.key == "phone.more_accounts":
        from agent_desktop.ui.account_list import AccountList

        control = AccountsControl(AccountList())
    elif spec.key == "look.language":
        control = Picker(languages())
    elif get_origin(spec.type) is Literal:
        control = Choice(spec)
    elif spec.type is bool:
        control = Switch(spec)
    elif spec.type is int:
        control = Number(spec)
    elif spec.type is str:
        control = Text(spec)
    elif get_origin(spec.type) is tuple:
        control = Listing(spec)
    else:
        raise TypeError(f"no control for {spec.key}: {spec.type}")
    if not isinstance(control, Choice):  # Segments tell their name and value themselves
        control.widget.setAccessibleName(spec.title)
    if isinstance(control, Picker | Number):
        let_wheel_scroll(control.widget)
    return control


def _words(value: str | int) -> str:
    words = {
        "account": _tr("PBX account"),
        "ask": _tr("Ask each time"),
        "announced": _tr("Announced"),
        "one_party": _tr("One party is enough"),
        "direct": _tr("Direct, without a PBX"),
        "udp": "UDP",
        "tcp": "TCP",
        "tls": "TLS",
        "off": _tr("Off"),
        "preferred": _tr("Preferred"),
        "required": _tr("Required"),
        "system": _tr("As the desktop"),
        "light": _tr("Light"),
        "dark": _tr("Dark"),
        "covered": _tr("When not in front"),
        "always": _tr("At every call"),
        "never": _tr("Never"),
        "front": _tr("The one I point at"),
        "primary": _tr("The first"),
        "all": _tr("All"),
    }
    if value in theme.STATE_ICONS:
        return theme.state_label(str(value))
    return f"{value} %" if isinstance(value, int) else words.get(value, value)


def countries() -> list[tuple[str, str]]:
    """(ISO 3166 code, name) of every country, by name."""
    everywhere = QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    )
    territories = {locale.territory() for locale in everywhere}
    found = {QLocale.territoryToCode(territory): QLocale.territoryToString(territory) for territory in territories}
    home = QLocale()
    if home.language() not in (QLocale.Language.English, QLocale.Language.C):  # Qt has English names, and each its own
        found[QLocale.territoryToCode(home.territory())] = home.nativeTerritoryName()
    return sorted(((code, name) for code, name in found.items() if re.fullmatch("[A-Z]{2}", code)), key=lambda c: c[1])


def languages() -> list[tuple[str, str]]:
    """(code, name) of what the program can speak; the first is the system's own choice."""
    found = {"en", *(file.stem.rpartition("agent_desktop_")[2] for file in paths.resource("i18n").glob("*.qm"))}
    named = sorted((wording.language(code), code) for code in found)
    return [("", _tr("The system’s choice")), *((code, name) for name, code in named)]
