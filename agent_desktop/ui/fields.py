"""An input with its name above it, a field to search in, and a fact that is only shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from agent_desktop.ui import icons, theme
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, row


def search_field(placeholder: str, name: str = "") -> QLineEdit:
    """A quiet text field with a magnifier and a clear button."""
    edit = QLineEdit()
    edit.setPlaceholderText(placeholder)
    edit.setAccessibleName(name or placeholder)
    as_search(edit)
    return edit


def as_search(edit: QLineEdit) -> None:
    """Give a text field the quiet look, the magnifier and the clear button of a search."""
    edit.setProperty("quiet", True)
    theme.dress(edit, "body")
    edit.addAction(icons.icon("search", "text3", 14), QLineEdit.ActionPosition.LeadingPosition)
    edit.setClearButtonEnabled(True)


def field(name: str, widget: QWidget, *, hint: str = "", required: bool = False) -> QVBoxLayout:
    """A label above its input; a required one carries an asterisk."""
    caption = label(name + (" *" if required else ""), "small-b", "2")
    caption.setBuddy(widget)
    if not widget.accessibleName():
        widget.setAccessibleName(name)
    head = row(caption, None)
    if hint:
        head.addWidget(label(hint, "caption", "3"))
    return column(head, widget, spacing=5)


def fact(name: str, value: str) -> QHBoxLayout:
    """A name and its value on one line, as on the customer card."""
    right = elided(value, "small", tabular=True)
    right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row(label(name, "small", "3"), (right, 1))


def tall(widget: QWidget, height: float) -> QWidget:
    """Around a text field whose own height the style sheet would take back."""
    result = QWidget()
    result.setLayout(column(widget))
    theme.size(result, fixed_height=height)
    return result
