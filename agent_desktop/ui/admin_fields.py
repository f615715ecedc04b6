"""The inputs of an administrator's form: one declared field, one control that fits its kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from agent_desktop import clock
from agent_desktop.data.admin_rows import Administration, Record
from agent_desktop.data.folding import fold
from agent_desktop.ui import dates, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field as titled_field
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.labels import label, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.setting_controls import Control, Input, inset_text, let_wheel_scroll
from agent_desktop.ui.theme import restyle

Options = Callable[[Administration], Sequence[tuple[Any, str]]]
Names = dict[UUID, str]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Administration", text)


def _always(_now: Administration, _record: Record) -> bool:
    return True


def _free(_now: Administration, _record: Record) -> str:
    return ""


@dataclass(frozen=True)
class Field:
    """One attribute of a record. ``kind``: text, number, percent, switch, choice, people, lines or end.

    ``low`` and ``high`` bound a number, ``unit`` stands behind it, ``nothing`` is said for its lowest value. ``shown``
    says whether the field is there at all, ``locked`` why it cannot be changed (empty: it can).
    """

    name: str
    title: str
    kind: str = "text"
    hint: str = ""
    required: bool = False
    beside: bool = False  # in one row with the field before it
    low: int = 0
    high: int = 86_400
    unit: str = ""
    nothing: str = ""
    options: Options | None = None
    shown: Callable[[Administration, Record], bool] = _always
    locked: Callable[[Administration, Record], str] = _free


class _Text(Input):
    def __init__(self, field: Field):
        super().__init__()
        self.widget = self._edit = QLineEdit()
        self._edit.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        return self._edit.text().strip()

    def set_value(self, value: Any) -> None:
        if value != self.value():
            self._edit.setText(value)
            self._edit.setCursorPosition(0)


class _Number(Input):
    """A whole number; for a percentage the record holds a hundredth of it."""

    def __init__(self, field: Field):
        super().__init__()
        self._parts = 100 if field.kind == "percent" else 1
        self.widget = self._spin = QSpinBox()
        self._spin.setRange(field.low, field.high)
        self._spin.setSuffix(f" {field.unit}" if field.unit else "")
        self._spin.setSpecialValueText(field.nothing)
        theme.size(self._spin, minimum_width=96)
        inset_text(self._spin)
        let_wheel_scroll(self._spin)
        self._spin.valueChanged.connect(lambda _value: self.changed.emit())

    def value(self) -> Any:
        return self._spin.value() / self._parts if self._parts > 1 else self._spin.value()

    def set_value(self, value: Any) -> None:
        self._spin.setValue(round(value * self._parts))


class _Switch(Input):
    def __init__(self, field: Field):
        super().__init__()
        self.widget = self._box = QCheckBox(field.title)
        theme.size(self._box, minimum_height=30)
        self._box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(value)


class Choice(Input):
    """One of the records there are; one that is switched off stays where it was chosen, and says so."""

    def __init__(self, field: Field):
        super().__init__()
        self._values: list[Any] = []
        self.widget = self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(8)
        let_wheel_scroll(self._box)
        self._box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        kept = self.value() if self._values else None
        had = bool(self._values)
        self._box.blockSignals(True)
        self._box.clear()
        self._values = [value for value, _ in options]
        self._box.addItems([words for _, words in options])
        self._box.blockSignals(False)
        if had:
            self.set_value(kept)

    def value(self) -> Any:
        at = self._box.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: Any) -> None:
        if value not in self._values:
            self._values.append(value)
            self._box.addItem(_tr("Switched off") if isinstance(value, UUID) else str(value or _tr("None")))
        self._box.setCurrentIndex(self._values.index(value))


class _Lines(Input):
    """Several texts, a line each."""

    def __init__(self, field: Field):
        super().__init__()
        self.widget = self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        theme.dress(self._edit, "body")
        theme.size(self._edit, fixed_height=92)
        self._edit.textChanged.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self._edit.toPlainText().split("\n") if line.strip())

    def set_value(self, value: Any) -> None:
        if tuple(value) != self.value():
            self._edit.setPlainText("\n".join(value))


class _End(Input):
    """A moment, or none."""

    def __init__(self, field: Field):
        super().__init__()
        self._box = QCheckBox(_tr("Ends"))
        self._box.setAccessibleName(field.title)
        self._edit = QDateTimeEdit()
        self._edit.setDisplayFormat(_tr("ddd d MMM yyyy  HH:mm"))
        self._edit.setAccessibleName(_tr("{0}, from then on").format(field.title))
        inset_text(self._edit)
        let_wheel_scroll(self._edit)
        theme.size(self._box, minimum_height=30)
        self.widget = QWidget()
        self.widget.setLayout(row(self._box, (self._edit, 1), spacing=12))
        self.widget.setFocusProxy(self._box)
        self._exact: datetime | None = None
        self._box.toggled.connect(self._toggled)
        self._edit.dateTimeChanged.connect(lambda _value: self.changed.emit())

    def _toggled(self, on: bool) -> None:
        self._edit.setVisible(on)
        self.changed.emit()

    def value(self) -> datetime | None:
        if not self._box.isChecked():
            return None
        shown = dates.from_edit(self._edit.dateTime())
        exact = self._exact
        return exact if exact is not None and dates.from_edit(dates.to_edit(exact)) == shown else shown

    def set_value(self, value: Any) -> None:
        self._exact = value
        tomorrow = dates.local(clock.now()).replace(hour=0, minute=0, second=0) + timedelta(days=1)
        self._edit.setDateTime(dates.to_edit(value or tomorrow))
        self._box.setChecked(value is not None)
        self._edit.setVisible(value is not None)


class People(Input):
    """Who belongs to something: ticked in a list that can be filtered; those chosen stand first when it is filled."""

    def __init__(self, field: Field):
        super().__init__()
        self._names: list[tuple[UUID, str]] = []
        self._chosen: set[UUID] = set()
        self._filling = False
        self.query = search_field(_tr("Find"), _tr("{0}: find").format(field.title))
        self._count = label("", "small", "3", tabular=True)
        self.list = QListWidget()
        self.list.setAccessibleName(field.title)
        self.list.setObjectName("people")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.dress(self.list, "body")
        theme.size(self.list, fixed_height=172)
        self.widget = frame(column(row((self.query, 1), self._count), self.list, spacing=4, margins=6),
                                       inset=True)  # fmt: skip
        self.widget.setFocusProxy(self.query)
        self.query.textChanged.connect(lambda _text: self._fill())
        self.list.itemChanged.connect(self._ticked)

    def set_people(self, names: Sequence[tuple[UUID, str]]) -> None:
        self._names = list(names)

    def value(self) -> tuple[UUID, ...]:
        return tuple(sorted(self._chosen))

    def set_value(self, value: Any) -> None:
        if set(value) != self._chosen or self.list.count() != len(self._names):
            self._chosen = set(value)
            self.query.blockSignals(True)
            self.query.clear()
            self.query.blockSignals(False)
            self._fill()

    def _fill(self) -> None:
        sought = fold(self.query.text())
        fitting = [pair for pair in self._names if sought in fold(pair[1])]
        self._filling = True
        self.list.clear()
        for key, name in sorted(fitting, key=lambda pair: pair[0] not in self._chosen):
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if key in self._chosen else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme.px(30)))
            item.setToolTip(plain_tooltip(name))
            self.list.addItem(item)
        self._filling = False
        self._tell()

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        key = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == Qt.CheckState.Checked:
            self._chosen.add(key)
        else:
            self._chosen.discard(key)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._count.setText(_tr("{0} of {1}").format(len(self._chosen), len(self._names)))


_KINDS: dict[str, Callable[[Field], Control]] = {
    "text": _Text,
    "number": _Number,
    "percent": _Number,
    "switch": _Switch,
    "choice": Choice,
    "people": People,
    "lines": _Lines,
    "end": _End,
}


class FieldBox(QWidget):
    """A titled input with room for an error and for what somebody else stored. Signals: changed, take_theirs."""

    changed = Signal()
    take_theirs = Signal()

    def __init__(self, field: Field):
        super().__init__()
        self.field = field
        self.control = _KINDS[field.kind](field)
        self.control.setParent(self)
        self.control.changed.connect(self.changed)
        self._error = label("", "caption", "bad", wrap=True)
        self._locked = label("", "caption", "3", wrap=True)
        self._theirs = label("", "caption", "warn", wrap=True)
        self._take = Button(_tr("Use this"), "undo-2", kind="link", height=24)
        self._take.setAccessibleName(_tr("Use the stored value of {0}").format(field.title))
        self._take.clicked.connect(self.take_theirs)
        self._clash = QWidget()
        self._clash.setLayout(row((self._theirs, 1), self._take))
        widget = self.control.widget
        hint = label(field.hint, "caption", "3", wrap=True)
        if not field.hint:
            hint.hide()
        titled = (
            row(widget, None) if field.kind == "switch" else titled_field(field.title, widget, required=field.required)
        )
        body = column(titled, hint, spacing=3)
        self.setLayout(column(body, self._error, self._locked, self._clash, spacing=3))
        for extra in (self._error, self._locked, self._clash):
            extra.hide()

    def fill(self, now: Administration, names: Sequence[tuple[UUID, str]], record: Record) -> None:
        """What there is to choose from, whether the field is shown for this record, and whether it can be changed."""
        if isinstance(self.control, Choice) and self.field.options is not None:
            self.control.set_options(self.field.options(now))
        if isinstance(self.control, People):
            self.control.set_people(names)
        why = self.field.locked(now, record)
        self.control.widget.setEnabled(not why)
        self._locked.setText(why)
        self._locked.setVisible(bool(why))
        self.setVisible(self.field.shown(now, record))

    def set_error(self, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.control.widget.setAccessibleDescription(words)
        restyle(self.control.widget, error="true" if words else "")

    def set_theirs(self, words: str | None) -> None:
        self._theirs.setText(_tr("Stored meanwhile: {0}").format(wording.breakable(words or "")))
        self._clash.setVisible(words is not None)
