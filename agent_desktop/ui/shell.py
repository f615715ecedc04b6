"""The window's frame: rail, top line, call bar, banners, and the pages, each built when first wanted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from agent_desktop.core.views import Notice
from agent_desktop.ui import actions
from agent_desktop.ui.banner import BannerStack
from agent_desktop.ui.call_bar import CallBar
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.overlay import Overlay, Toasts, move_focus
from agent_desktop.ui.rail import Rail
from agent_desktop.ui.toast_place import spare
from agent_desktop.ui.top_bar import TopBar


def is_typing() -> bool:
    """Whether the agent is in the middle of a text: a text field has focus and is not empty, or a list is open."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit):
        return bool(focused.text()) and not focused.isReadOnly()
    if isinstance(focused, QPlainTextEdit | QTextEdit):
        return not focused.isReadOnly()
    return isinstance(focused, QComboBox | QAbstractSpinBox)


class Shell(QWidget):
    """Signals: page_shown(name), undo(notice)."""

    page_shown = Signal(str)
    undo = Signal(object)

    def __init__(self, screens: Sequence[str] = actions.SCREENS, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._built: dict[str, QWidget] = {}
        self._current = ""
        self.rail, self.top_bar, self.call_bar, self.banners = Rail(screens), TopBar(), CallBar(), BannerStack()
        self._pages = QStackedWidget()
        self._strips = QWidget()
        self._strips.setLayout(column(spacing=1))
        self.setLayout(
            row(
                self.rail,
                (column(self.top_bar, self.call_bar, self._strips, self.banners, (self._pages, 1), spacing=0), 1),
                spacing=0,
            )
        )
        spare(self.rail, self.top_bar, self.call_bar)
        self.toasts = Toasts(self)
        self.toasts.undo.connect(self.undo)
        self.call_bar.rings.connect(self._spare_call_bar)

    def add_strip(self, strip: QWidget) -> None:
        """Something that goes on beside the calls, across the window below the call bar while it is not hidden."""
        layout = self._strips.layout()
        assert layout is not None
        layout.addWidget(strip)

    # ----------------------------------------------------------------- pages

    def add_page(self, name: str, factory: Callable[[], QWidget]) -> None:
        """A page that ``factory`` builds when it is first shown; the rail offers what has been added."""
        self._factories[name] = factory
        self.rail.set_entries(self._factories)

    def set_page(self, name: str, factory: Callable[[], QWidget], offered: bool) -> None:
        """Add a page, or offer it no more; what it holds stays, should it be added again."""
        if offered:
            self.add_page(name, factory)
            return
        if self.current() == name:
            self.show_page("workspace")
        if self._factories.pop(name, None) is not None:
            self.rail.set_entries(self._factories)

    def build_page(self, name: str) -> QWidget:
        """The page, built now if it was not yet."""
        if name not in self._built:
            self._built[name] = self._factories[name]()
            self._pages.addWidget(self._built[name])
        return self._built[name]

    def show_page(self, name: str) -> QWidget:
        """Go to a page because the user asked."""
        page = self.build_page(name)
        self._pages.setCurrentWidget(page)
        self.rail.set_current(name)
        if name != self._current:
            self._current = name
            self.page_shown.emit(name)
        return page

    def offer_page(self, name: str) -> bool:
        """Go to a page because something happened, unless that took the agent out of a text; then mark it on the rail.

        Returns whether the page is on view.
        """
        focused = QApplication.focusWidget()
        in_page = focused is not None and self._pages.isAncestorOf(focused)
        covered = Overlay.of(self).top_card() is not None
        if name != self._current and ((in_page and is_typing()) or covered):
            self.rail.set_attention(name)
            return False
        self.show_page(name)
        return True

    def current(self) -> str:
        """The name of the page on view."""
        return self._current

    def built(self, name: str) -> QWidget | None:
        """The page if it was ever shown."""
        return self._built.get(name)

    # --------------------------------------------------------------- notices

    def notify(self, notice: Notice) -> None:
        """A line where it covers nothing that is needed, kept behind the bell."""
        self.toasts.show(notice)
        self.top_bar.add_notice(notice)

    def overlay(self) -> Overlay:
        return Overlay.of(self)

    def _spare_call_bar(self, rings: bool) -> None:
        Overlay.of(self).spare(self.call_bar if rings else None)

    # ----------------------------------------------------------------- focus

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.window().focusWidget() is None:
            self.call_bar.focus_dial()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes call bar, banners, page, top line, rail, and stays inside a card that is open.

        Qt's own order is that of construction, which pages built later and lists filled anew would upset.
        """
        groups: list[QWidget] = [self.call_bar, self._strips, self.banners, self._pages, self.top_bar, self.rail]
        card = Overlay.of(self).top_card()
        return move_focus([card] if card is not None else groups, forward=forward)
