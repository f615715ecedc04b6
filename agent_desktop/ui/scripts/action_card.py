"""One action of a step as a form: what is done, when it is offered, and the fields of its kind."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from agent_desktop.core.scripts import model
from agent_desktop.core.scripts.actions import may_be_allowed
from agent_desktop.core.scripts.model import Action
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field, tall
from agent_desktop.ui.labels import flowing
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.form_facts import ANSWERS, Named, Scene, takes_fields, write
from agent_desktop.ui.setting_controls import let_wheel_scroll

KINDS: dict[str, type[Any]] = {
    "open_ticket": model.OpenTicketAction, "set_disposition": model.SetDispositionAction,
    "schedule_callback": model.CallbackAction, "start_handoff": model.HandoffAction, "call_url": model.UrlAction,
}  # fmt: skip
_TEXTS = ("label", "subject", "body", "note")
_LONG = ("body", "note")
_CHOICES = ("priority", "queue", "disposition", "target", "at", "number", "amount")
# The fields of each kind, side by side where two stand together.
_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "open_ticket": (("subject",), ("body",), ("priority", "queue")),
    "set_disposition": (("disposition",), ("by_itself",)),
    "schedule_callback": (("at", "in_minutes"), ("number",), ("note",)),
    "start_handoff": (("target", "amount"), ("note",)),
    "call_url": (("url",),),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActionCard", text)


def kind_words() -> dict[str, str]:
    """What an action can be, by its name in the file."""
    return {
        "open_ticket": _tr("Open a ticket"), "set_disposition": _tr("Set the result"),
        "schedule_callback": _tr("Schedule a callback"), "start_handoff": _tr("Hand over to a menu"),
        "call_url": _tr("Open a page"),
    }  # fmt: skip


def kind_of(action: Action) -> str:
    return str(action.__struct_config__.tag)


def made(kind: str, before: Action | None = None) -> Action:
    """A fresh action of a kind, with what it has in common with the one before."""
    required: dict[str, Any] = {"subject": "", "disposition": "", "target": "payment", "url": ""}
    cls = KINDS[kind]
    values = {name: value for name, value in required.items() if name in cls.__struct_fields__}
    if before is not None:
        common = (name for name in ("label", "when", "note") if name in cls.__struct_fields__ and hasattr(before, name))
        values |= {name: getattr(before, name) for name in common}
    result: Action = cls(**values)
    return result


def _titles() -> dict[str, str]:
    return {
        "label": _tr("On the button"), "when": _tr("Offered when"), "subject": _tr("Subject"),
        "body": _tr("Text"), "note": _tr("Note"), "priority": _tr("Priority"), "queue": _tr("Queue"),
        "disposition": _tr("Result"), "by_itself": _tr("Chosen by itself"),
        "target": _tr("Menu"), "amount": _tr("Amount"), "at": _tr("On the day"), "in_minutes": _tr("In minutes"),
        "number": _tr("Number"), "url": _tr("Address"),
    }  # fmt: skip


class ActionCard(QFrame):
    """Signals: edited(field) with a name for what is being typed in; wanted(what) of remove, up, down."""

    edited = Signal(str)
    wanted = Signal(str)

    def __init__(self, kind: str, number: int):
        super().__init__()
        self.setProperty("inset", True)
        self.kind_shown, self._number, self._scene, self._filling = kind, number, None, False
        self._action: Action = made(kind)
        self.kind = Choice(_tr("Action {0}").format(number))
        for name, words in kind_words().items():
            self.kind.addItem(words, name)
        self.up = ToolButton("arrow-up", _tr("Move action {0} up").format(number))
        self.down = ToolButton("arrow-down", _tr("Move action {0} down").format(number))
        self.away = ToolButton("x", _tr("Remove action {0}").format(number))
        self.fields: dict[str, QWidget] = {}
        self.result = flowing("", "caption", "3")
        self.note = flowing("", "caption", "warn")
        head = row((self.kind, 1), self.up, self.down, self.away, spacing=4)
        lines = [self._line(names) for names in (("label", "when"), *_ROWS[kind])]
        self.setLayout(column(head, lines[0], self.result, *lines[1:], self.note, spacing=8, margins=(12, 10, 12, 12)))
        self.kind.currentIndexChanged.connect(lambda _index: self._tell(""))
        for what, button in (("up", self.up), ("down", self.down), ("remove", self.away)):
            button.clicked.connect(lambda _on=False, what=what: self.wanted.emit(what))

    _scene: Scene | None

    # ------------------------------------------------------------------ built

    def _line(self, names: tuple[str, ...]) -> QWidget:
        boxes = [self._boxed(name) for name in names]
        result = QWidget()
        result.setLayout(row(*((box, 1) for box in boxes), spacing=10))
        return result

    def _boxed(self, name: str) -> QWidget:
        widget = self.fields[name] = self._made(name)
        title = _titles()[name]
        widget.setAccessibleName(_tr("Action {0}: {1}").format(self._number, title))
        if isinstance(widget, QCheckBox):
            return widget
        result = QWidget()
        theme.size(result, minimum_width=80)
        result.setLayout(field(title, tall(widget, 64) if isinstance(widget, QPlainTextEdit) else widget))
        return result

    def _made(self, name: str) -> QWidget:
        if name == "by_itself":
            switch = QCheckBox(_titles()[name])
            theme.size(switch, minimum_height=28)
            switch.setToolTip(_tr("As soon as the step is shown, without being asked"))
            switch.clicked.connect(lambda _on=False: self._tell(""))
            return switch
        if name == "in_minutes":
            spin = QSpinBox()
            spin.setRange(1, 60 * 24 * 60)
            let_wheel_scroll(spin)
            spin.valueChanged.connect(lambda _value: self._tell(name))
            return spin
        if name in _CHOICES:
            choice = Choice(name)
            choice.currentIndexChanged.connect(lambda _index: self._tell(""))
            return choice
        if name in _LONG:
            text = QPlainTextEdit()
            text.setTabChangesFocus(True)
            text.setUndoRedoEnabled(False)
            theme.dress(text, "body")
            takes_fields(text)
            text.textChanged.connect(lambda: self._tell(name))
            return text
        edit = QLineEdit()
        takes_fields(edit, formula=name == "when")
        if name == "when":
            edit.setPlaceholderText(_tr("always"))
        theme.size(edit, minimum_width=60)
        edit.textEdited.connect(lambda _text: self._tell(name))
        return edit

    def _tell(self, name: str) -> None:
        if not self._filling:
            self.edited.emit(f"actions.{self._number}.{name}" if name else "")

    # ------------------------------------------------------------------ shown

    def set(self, action: Action, scene: Scene) -> None:
        """Show an action of this card's kind."""
        self._action, self._scene, self._filling = action, scene, True
        self.kind.choose(self.kind_shown)
        for name, widget in self.fields.items():
            value = getattr(action, name)
            if isinstance(widget, QCheckBox):
                widget.setChecked(value)
            elif isinstance(widget, QSpinBox):
                if widget.value() != value:
                    widget.setValue(value)
            elif isinstance(widget, Choice):
                _offer(widget, self._options(name, scene), str(value))
            elif isinstance(widget, QLineEdit | QPlainTextEdit):
                write(widget, scene.read(value) if name in _TEXTS else str(value))
        if "in_minutes" in self.fields:
            self.fields["in_minutes"].setEnabled(not getattr(action, "at", ""))
        note = self._warning(scene)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._filling = False

    def _options(self, name: str, scene: Scene) -> Named:
        if name == "priority":
            return (("low", _tr("Low")), ("normal", _tr("Normal")), ("high", _tr("High")), ("urgent", _tr("Urgent")))
        if name == "queue":
            return (("", _tr("The call’s own")), *scene.facts.queues)
        if name == "disposition":
            return (("", _tr("Choose a result")), *((each, each) for each in scene.facts.results))
        if name == "target":
            return (("payment", _tr("Card payment")), ("survey", _tr("Survey after the call")))
        nothing = {"at": _tr("None: in minutes"), "number": _tr("The caller’s number"), "amount": _tr("Asked there")}
        return (("", nothing[name]), *((each, each) for each in scene.answers(ANSWERS[name])))

    def _warning(self, scene: Scene) -> str:
        """What the centre would not let it do."""
        action, facts = self._action, scene.facts
        if isinstance(action, model.UrlAction) and action.url and not may_be_allowed(action.url, facts.pages):
            return _tr(
                "This page is not opened: Settings, Work, “Pages of scripts” names no address that it begins with."
            )
        return ""

    def set_result(self, words: str, tone: str) -> None:
        """What became of its condition with the made-up caller."""
        self.result.setText(words)
        self.result.set_tone(tone)
        self.result.setVisible(bool(words))

    # ------------------------------------------------------------------- read

    def action(self) -> Action:
        """What the card says now."""
        kind = str(self.kind.currentData() or self.kind_shown)
        if kind != self.kind_shown:
            return made(kind, self._action)
        read: dict[type[QWidget], Callable[[Any], Any]] = {
            QCheckBox: lambda box: box.isChecked(), QSpinBox: lambda spin: spin.value(),
            Choice: lambda choice: str(choice.currentData() or ""), QLineEdit: lambda edit: edit.text(),
            QPlainTextEdit: lambda edit: edit.toPlainText(),
        }  # fmt: skip
        values: dict[str, Any] = {}
        for name, widget in self.fields.items():
            value = read[type(widget)](widget)
            if name in _TEXTS and self._scene is not None:
                value = self._scene.put(getattr(self._action, name), value)
            values[name] = value.strip() if name in ("when", "url") else value
        changed: Action = msgspec.structs.replace(self._action, **values)
        return changed

    def focus_first(self) -> None:
        self.fields["label"].setFocus()


def _offer(choice: Choice, options: Named, value: str) -> None:
    """A value that is not among the options stays, and says so."""
    wanted = [*options]
    if value not in (each for each, _ in wanted):
        wanted.append((value, _tr("{0} (not there)").format(value)))
    if [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())] != wanted:
        choice.clear()
        for data, words in wanted:
            choice.addItem(words, data)
    choice.choose(value)
