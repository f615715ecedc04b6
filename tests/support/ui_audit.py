"""What a widget must satisfy whatever the language, direction and text size; each check returns the offenders.

Call them on a widget that is shown: ``assert not ui_audit.clipped_labels(page)``.
"""

import re
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Label
from agent_desktop.ui.segments import Segments


class Flashes(QObject):
    """Within it, whatever comes up as a window of its own is noted.

    A widget that is told to be visible before it has a parent is a window: it flashes on the screen and takes the
    keyboard from the one in which somebody types. Use ``hide()`` where it must not be seen, and nothing where it must.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName() or watched.accessibleName()}")
        return False

    def __enter__(self) -> "Flashes":
        QCoreApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        QCoreApplication.instance().removeEventFilter(self)


_FILLER = " ýet môre wörds of å language thåt needs ä løng breath för everything"
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíöüýÁÉÍÖÜÝçñšž")
_KEPT = re.compile(r"\{\w*(?::[^}]*)?\}|%L?\d+|%n|&\w+;|<[^>]*>")
_installed: list[QTranslator] = []


class PseudoTranslator(QTranslator):
    """Lengthens every text by ``factor`` and puts accents on it; what is filled in later stays as it is."""

    def __init__(self, factor: float):
        super().__init__()
        self._factor = factor

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return source if context == "keys" else lengthened(source, self._factor)  # a keyboard's caps have no sentences


def lengthened(source: str, factor: float) -> str:
    """``source`` with accents and ``factor`` times as long."""
    if not any(letter.isalpha() for letter in source):
        return source
    kept = _KEPT.findall(source)
    plain = _KEPT.split(source)
    accented = "".join(part.translate(_ACCENTS) + (kept[at] if at < len(kept) else "") for at, part in enumerate(plain))
    extra = round(len(source) * (factor - 1))
    return accented + (_FILLER * (extra // len(_FILLER) + 1))[:extra].rstrip().ljust(extra, "~")


def pseudo_translate(app: QCoreApplication, factor: float = 1.4) -> QTranslator:
    """Install the pseudo-language; build widgets after this. tests/ui/conftest.py takes it away after each test."""
    translator = PseudoTranslator(factor)
    _installed.append(translator)  # Qt keeps no reference of its own
    app.installTranslator(translator)
    return translator


def right_to_left(app: QCoreApplication) -> None:
    """Mirror the application; tests/ui/conftest.py turns it back after each test."""
    assert isinstance(app, QApplication)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def restore(app: QCoreApplication) -> None:
    """Take back what ``pseudo_translate`` and ``right_to_left`` did."""
    while _installed:
        app.removeTranslator(_installed.pop())
    if isinstance(app, QApplication) and app.layoutDirection() != Qt.LayoutDirection.LeftToRight:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


# ----------------------------------------------------------------------- checks


def focusable_without_name(widget: QWidget) -> list[str]:
    """What the Tab key reaches and a screen reader has no name for."""
    found = []
    for child in _visible(widget):
        if not child.focusPolicy() & Qt.FocusPolicy.TabFocus or child.focusProxy() is not None:
            continue
        if _part_of_another(child):
            continue
        interface = QAccessible.queryAccessibleInterface(child)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name.strip():
            found.append(f"{_called(child)} has no accessible name")
    return found


def clipped_labels(widget: QWidget) -> list[str]:
    """Labels, buttons and tabs whose text has less room than it needs; those set to elide do not count."""
    found = []
    for child in _visible(widget):
        if isinstance(child, QTabBar):
            found += _clipped_tabs(child)
        elif isinstance(child, QLabel):
            found += _clipped_label(child)
        elif isinstance(child, Button | QCheckBox | QRadioButton | QPushButton | QToolButton):
            if _part_of_another(child) or not child.text() or _icon_only(child):
                continue
            wanted = child.sizeHint().width()
            if wanted > child.width() + 1:
                found.append(f"{_called(child)} needs {wanted} px and has {child.width()}")
    return found


def _icon_only(button: QWidget) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly


def _clipped_label(label: QLabel) -> list[str]:
    if not label.text() or (isinstance(label, Label) and label._elide) or not label.pixmap().isNull():
        return []
    room = label.contentsRect()
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        needs = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), int(Qt.TextFlag.TextWordWrap), label.text())
        if needs.height() > room.height() + 2 or needs.width() > room.width() + 2:
            return [
                f"{_called(label)} needs {needs.width()}x{needs.height()} px and has {room.width()}x{room.height()}"
            ]
        return []
    wanted = max(metrics.horizontalAdvance(line) for line in label.text().splitlines())
    if wanted > room.width() + 1:
        return [f"{_called(label)} needs {wanted} px and has {room.width()}"]
    return []


def _clipped_tabs(bar: QTabBar) -> list[str]:
    found = []
    for index in range(bar.count()):
        if not bar.isTabVisible(index):
            continue
        wanted, has = bar.tabSizeHint(index).width(), bar.tabRect(index)
        if wanted > has.width() + 1 or not bar.rect().adjusted(-1, 0, 1, 0).contains(has):
            found.append(f"tab {bar.tabText(index)!r} needs {wanted} px and has {has.width()} of {bar.width()}")
    return found


def outside_window(widget: QWidget) -> list[str]:
    """Visible widgets of which a part lies outside their parent or the window; scrolled content does not count."""
    found = []
    window = widget.window()
    for child in _visible(widget):
        parent = child.parentWidget()
        if child is window or parent is None or _scrolled(child):
            continue
        spot = QRect(child.mapTo(window, QPoint(0, 0)), child.size())
        if not window.rect().adjusted(-1, -1, 1, 1).contains(spot):
            found.append(f"{_called(child)} at {spot.getRect()} is outside of {window.width()}x{window.height()}")
        elif not parent.rect().adjusted(-1, -1, 1, 1).contains(child.geometry()) and not _part_of_another(child):
            at, within = child.geometry().getRect(), parent.size().toTuple()
            found.append(f"{_called(child)} at {at} is cut by {_called(parent)} {within}")
    return found


def overlapping(widget: QWidget) -> list[str]:
    """Neighbours in one layout that lie on each other: what a layout does when there is too little room."""
    found = []
    for parent in [widget, *_visible(widget)]:
        layout = parent.layout()
        if layout is None or _part_of_another(parent):
            continue
        children = [c for c in parent.children() if isinstance(c, QWidget) and c.isVisible() and _managed(layout, c)]
        for at, one in enumerate(children):
            for other in children[at + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{_called(one)} and {_called(other)} overlap by {common.size().toTuple()}")
    return found


def small_targets(widget: QWidget, least: int = 24) -> list[str]:
    """What is clicked and is less than ``least`` pixels wide or high."""
    kinds = QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox | QTabBar | Segments
    found = []
    for child in _visible(widget):
        if not isinstance(child, kinds) or not child.isEnabled() or _part_of_another(child):
            continue
        if min(child.width(), child.height()) < least:
            found.append(f"{_called(child)} is {child.width()}x{child.height()}")
    return found


def everything(widget: QWidget) -> list[str]:
    """All checks at once."""
    return [
        *focusable_without_name(widget),
        *clipped_labels(widget),
        *outside_window(widget),
        *overlapping(widget),
        *small_targets(widget),
    ]


# ---------------------------------------------------------------------- helpers


def _visible(widget: QWidget) -> Iterator[QWidget]:
    for child in [widget, *widget.findChildren(QWidget)]:
        if child.isVisible():
            yield child


def _part_of_another(widget: QWidget) -> bool:
    """A clear button in a field, a field in a spin box, the arrows of a tab bar: their owner answers for them."""
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit | QAbstractSpinBox | QComboBox | QTabBar | QAbstractScrollArea)


def _scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _managed(layout, child: QWidget) -> bool:  # a QLayout, nested ones searched too
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item.widget() is child or (item.layout() is not None and _managed(item.layout(), child)):
            return type(layout).__name__ != "QStackedLayout"
    return False


def _called(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    shown = text() if callable(text) else ""
    name = widget.accessibleName() or widget.objectName() or shown
    return f"{type(widget).__name__} {name[:60]!r}"
