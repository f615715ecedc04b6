"""Beside the form of a step: the step as agents see it, to be played through, and what the checks found."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from agent_desktop.core.scripts.findings import Finding
from agent_desktop.core.scripts.tryout import CALLER
from agent_desktop.ui import icons, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import tall
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import flowing, plain_tooltip
from agent_desktop.ui.layouts import column, rule
from agent_desktop.ui.scripts import finding_words
from agent_desktop.ui.scripts.script_panel import ScriptPanel
from agent_desktop.ui.wording import breakable


class PreviewPane(QWidget):
    """The panel as it will be. Signals: begin_wanted(), caller_changed(str)."""

    begin_wanted = Signal()
    caller_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.begin = Button(self.tr("Test from the start"), "play", height=30)
        self.who = Button(self.tr("Made-up caller"), "user", kind="ghost", height=30)
        self.who.setCheckable(True)
        self.caller = QPlainTextEdit(CALLER)
        self.caller.setAccessibleName(self.tr("What is known of the made-up caller, a line each"))
        self.caller.setTabChangesFocus(True)
        theme.dress(self.caller, "small")
        self._caller = tall(self.caller, 150)
        self._caller.hide()
        self.trouble = flowing("", "small", "bad")
        self.trouble.hide()
        self.panel = ScriptPanel()
        self.panel.change.hide()
        top = column(flow(self.begin, self.who), self._caller, self.trouble, spacing=8,
                     margins=(16, 10, 16, 8))  # fmt: skip
        self.setLayout(column(top, rule(), (self.panel, 1), spacing=0))
        self.begin.clicked.connect(self.begin_wanted)
        self.who.toggled.connect(self._caller.setVisible)
        self.caller.textChanged.connect(lambda: self.caller_changed.emit(self.caller.toPlainText()))

    def set_trouble(self, words: str) -> None:
        """Why the step cannot be tried out; empty where it can."""
        self.trouble.setText(breakable(words))
        self.trouble.setVisible(bool(words))


class FindingList(QWidget):
    """What the checks found; a click or Enter goes to the step. Signal: step_wanted(step id)."""

    step_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Finding, ...] = ()
        self.head = flowing("", "small", "2")
        self.list = QListWidget()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(self.tr("What the checks found"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.dress(self.list, "small")
        self.setLayout(column(self.head, (self.list, 1), spacing=8, margins=(14, 12, 10, 10)))
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.set(())

    def set(self, found: tuple[Finding, ...]) -> None:
        """Everything found, those first that forbid publishing."""
        self._found = tuple(sorted(found, key=lambda each: not each.forbids))
        forbidding = sum(each.forbids for each in found)
        if not found:
            words = self.tr("Nothing is wrong with this script.")
        elif forbidding:
            words = self.tr("{0} to be mended before it can be published, {1} to think about")
            words = words.format(forbidding, len(found) - forbidding)
        else:
            words = self.tr("{0} to think about").format(len(found))
        self.head.setText(words)
        self.list.clear()
        for each in self._found:
            said = finding_words.say(each)
            item = QListWidgetItem(breakable(f"{each.step}: {said}" if each.step else said))
            item.setToolTip(plain_tooltip("\n".join(part for part in (said, each.field) if part)))
            self.list.addItem(item)
        self._dress()

    def _dress(self) -> None:
        size = theme.px(15)
        self.list.setIconSize(QSize(size, size))
        for at, each in enumerate(self._found):
            name, tone = ("circle-x", "bad") if each.forbids else ("triangle-alert", "warn")
            self.list.item(at).setIcon(icons.icon(name, tone, size))

    def _go(self, item: QListWidgetItem) -> None:
        step = self._found[self.list.row(item)].step
        if step:
            self.step_wanted.emit(step)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_found"):
            self._dress()
