"""The names that a text or a formula of a script may say, as a menu at the field that is being typed in."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from agent_desktop.ui.scripts.form_facts import TEMPLATE


def takes_names(widget: QWidget | None) -> bool:
    """Whether it is a field that may name something."""
    return isinstance(widget, QLineEdit | QPlainTextEdit) and bool(widget.property(TEMPLATE))


def field_menu(edit: QWidget, names: Iterable[str]) -> QMenu:
    """Names of a group ("customer.name") in a menu of their own, answers and computed values after them."""
    menu = QMenu(edit)
    groups: dict[str, QMenu] = {}
    alone: list[str] = []
    for name in names:
        group, dot, field = name.partition(".")
        if not dot:
            alone.append(name)
            continue
        if group not in groups:
            groups[group] = menu.addMenu(_words().get(group, group))
        _offer(groups[group], edit, name, field)
    if alone:
        menu.addSeparator()
    for name in alone:
        _offer(menu, edit, name, name)
    return menu


def open_menu(edit: QWidget, names: Iterable[str]) -> None:
    """The menu below where is being typed, the first entry under the keyboard."""
    menu = field_menu(edit, names)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setActiveAction(menu.actions()[0])
    spot = edit.cursorRect().bottomLeft() if isinstance(edit, QPlainTextEdit) else QPoint(0, edit.height())
    menu.popup(edit.mapToGlobal(spot))


def _offer(menu: QMenu, edit: QWidget, name: str, shown: str) -> None:
    menu.addAction(shown.replace("&", "&&")).triggered.connect(lambda _on=False: _insert(edit, name))


def _insert(edit: QWidget, name: str) -> None:
    text = name if edit.property(TEMPLATE) == "formula" else f"{{{{ {name} }}}}"
    if isinstance(edit, QPlainTextEdit):
        edit.insertPlainText(text)
    elif isinstance(edit, QLineEdit):
        edit.insert(text)
        edit.textEdited.emit(edit.text())
    edit.setFocus()


def _words() -> dict[str, str]:
    def tr(text: str) -> str:
        return QCoreApplication.translate("FieldMenu", text)

    return {"customer": tr("Customer"), "call": tr("Call"), "agent": tr("Agent"), "company": tr("Company")}
