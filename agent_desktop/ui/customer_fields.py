"""The inputs of the form in which a customer is edited, each with room for what is wrong and what others stored."""

from functools import lru_cache
from zoneinfo import available_timezones

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from agent_desktop.ui import fields, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.theme import restyle

LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "it", "ja", "ko", "lt",
    "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip


class FieldBox(QWidget):
    """A titled input with room for an error, and for the value somebody else stored meanwhile."""

    take_theirs = Signal()

    def __init__(self, title: str, widget: QWidget, hint: str, *, required: bool):
        super().__init__()
        self._widget = widget
        self._error = label("", "caption", "bad", wrap=True)
        self._theirs = label("", "caption", "warn", wrap=True)
        self._take = Button(self.tr("Use this"), "undo-2", kind="link", height=24)
        self._take.setAccessibleName(self.tr("Use the stored value of {0}").format(title))
        self._take.clicked.connect(self.take_theirs)
        self._clash = QWidget()
        self._clash.setLayout(row((self._theirs, 1), self._take))
        body = fields.field(title, widget, hint=hint, required=required)
        self.setLayout(column(body, self._error, self._clash, spacing=3))
        self._error.hide()
        self._clash.hide()

    def set_error(self, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self._widget.setAccessibleDescription(words)
        restyle(self._widget, error="true" if words else "")

    def set_theirs(self, value: str | None) -> None:
        self._theirs.setText(self.tr("Stored meanwhile: {0}").format(wording.breakable(value or "")))
        self._clash.setVisible(value is not None)


def short_text() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    theme.dress(edit, "body")
    theme.size(edit, fixed_height=58)
    return edit


def language_choice(unknown: str) -> QComboBox:
    choice = QComboBox()
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
    choice.addItem(unknown, "")
    for name, code in sorted((wording.language(code), code) for code in LANGUAGES):
        choice.addItem(name, code)
    return choice


def set_text(widget: QLineEdit | QPlainTextEdit | QComboBox, value: str) -> None:
    if isinstance(widget, QComboBox):
        if widget.findData(value) < 0:
            widget.addItem(wording.language(value), value)
        widget.setCurrentIndex(widget.findData(value))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(value)
    else:
        widget.setText(value)
        widget.setCursorPosition(0)


def text_of(widget: QLineEdit | QPlainTextEdit | QComboBox) -> str:
    if isinstance(widget, QComboBox):
        return str(widget.currentData())
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()


@lru_cache(maxsize=1)
def zones() -> list[str]:
    return sorted(available_timezones())
