"""A field for several names, typed with commas or picked from a list of those there are."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu

from agent_desktop.ui import icons

Named = Sequence[tuple[str, str]]  # a value, and how people read it


class PickField(QLineEdit):
    """What stands in it are people's words; ``values`` are the names behind them, and what nobody knows as it is typed.

    The arrow down or a click on the sign opens the list; each entry picked goes in or out, and is told by textEdited.
    """

    def __init__(self, nothing: str = "") -> None:
        super().__init__()
        self._options: tuple[tuple[str, str], ...] = ()
        self.setPlaceholderText(nothing)
        sign = self.addAction(icons.icon("chevron-down", "text3", 14), QLineEdit.ActionPosition.TrailingPosition)
        sign.setToolTip(self.tr("Pick from the list"))
        sign.triggered.connect(self.open_list)

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """What there is; what is chosen stays."""
        chosen = self.values()
        self._options = tuple((value, words) for value, words in options)
        self.set_values(chosen)

    def set_values(self, values: Iterable[str]) -> None:
        said = ", ".join(self._words(value) for value in values)
        if said != self.text():
            self.setText(said)

    def values(self) -> tuple[str, ...]:
        """The names, each once."""
        typed = (part.strip() for part in self.text().split(","))
        return tuple(dict.fromkeys(self._value(part) for part in typed if part))

    def _words(self, value: str) -> str:
        words = next((words for each, words in self._options if each.casefold() == value.casefold()), value)
        return value if "," in words else words

    def _value(self, typed: str) -> str:
        wanted = typed.casefold()
        found = (value for value, words in self._options if wanted in (words.casefold(), value.casefold()))
        return next(found, typed)

    def menu(self) -> QMenu:
        """The list, those chosen checked."""
        menu, chosen = QMenu(self), {value.casefold() for value in self.values()}
        for value, words in self._options:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value.casefold() in chosen)
            action.triggered.connect(lambda on, value=value: self._pick(value, on=on))
        if not self._options:
            menu.addAction(self.tr("None are known yet")).setEnabled(False)
        return menu

    def open_list(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _pick(self, value: str, *, on: bool) -> None:
        others = [each for each in self.values() if each.casefold() != value.casefold()]
        self.set_values([*others, value] if on else others)
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not event.modifiers() & ~_KEYPAD:
            self.open_list()
        else:
            super().keyPressEvent(event)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
